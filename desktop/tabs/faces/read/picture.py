"""The card of the picture: source, picture with what was read on it, layers, status line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.live.live import SourceBar
from desktop.tabs.faces.read.annotated_frame import Overlay, Shot
from desktop.tabs.faces.read.layers import LayersButton
from desktop.widgets import files
from desktop.widgets.buttons import Button, Chip
from desktop.widgets.files import DropArea
from desktop.widgets.image_view import ImageView
from desktop.widgets.labels import Label
from desktop.widgets.notices import JobBar
from desktop.widgets.page import Card
from desktop.workers import JobHandle
from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.faces import FaceReader, FacesResult
from engine.faces.overlay.layers import Layers
from engine.faces.overlay.marks import Mark
from engine.media.images import Bgr, read_image

READING = Message("사진을 읽는 중…", "Reading the photo…")
LOOKING = Message("얼굴을 찾는 중…", "Looking for faces…")
LOOKING_MORE = Message("작고 돌아간 얼굴까지 찾는 중…", "Looking for small and turned faces too…")


class PhotoJob(QObject):
    """Runs the reading of the newest photo; an older one is cancelled.

    Signals:
        begun(): a photo is about to be read.
        done(str, Shot): the photo's name and what was read.
        note(str): after that, why a face has no landmarks, or that there is none.
        failed(Exception): why it could not be read.
    """

    begun = Signal()
    done = Signal(str, object)
    note = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext, bar: JobBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._job: JobHandle | None = None

    def read(self, path: Path, use_rules: bool) -> None:
        """Read the faces of an image file."""
        self._start(path.name, lambda progress: read_photo(path, use_rules, progress))

    def again(self, name: str, image: Bgr, use_rules: bool, more: bool) -> None:
        """Read a picture that is in memory; *more*: with the second look in any case."""
        self._start(name, lambda progress: read_again(image, use_rules, progress, more=more))

    def warm_up(self) -> None:
        """Load the models before the first photo."""
        self._context.workers.run(
            lambda progress: FaceReader().close(), failed=self.failed.emit, owner=self
        )

    def stop(self) -> None:
        """Cancel what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._bar.finish()

    def _start(self, name: str, work: Callable[[Progress], Shot]) -> None:
        self.begun.emit()
        self.stop()
        self._job = self._context.workers.run(
            work,
            done=lambda shot: self._end(name, shot),
            failed=self._fail,
            progress=self._bar.set_progress,
            cancelled=self._bar.finish,
            owner=self,
            language=self._context.language,
        )
        self._bar.start(self.tr("얼굴을 찾는 중…"), self._job.cancel)

    def _end(self, name: str, shot: Shot) -> None:
        self._bar.finish()
        self.done.emit(name, shot)
        unread = shot.result.faces_without_landmarks
        if unread:
            reasons = dict.fromkeys(self._context.say(face.reason) for face in unread)
            self.note.emit(" ".join(reasons))
        elif not shot.result.faces:
            self.note.emit(
                self.tr("얼굴을 찾지 못했어요. 얼굴이 더 크고 정면을 보는 사진을 써 보세요.")
            )

    def _fail(self, error: Exception) -> None:
        self._bar.finish()
        self.failed.emit(error)


def read_photo(path: Path, use_rules: bool, progress: Progress) -> Shot:
    """Read the faces of an image file."""
    progress.report(None, READING)
    return read_again(read_image(path), use_rules, progress)


def read_again(image: Bgr, use_rules: bool, progress: Progress, more: bool = False) -> Shot:
    """Read the faces of a picture that is in memory; *more*: look twice in any case."""
    progress.report(None, LOOKING_MORE if more else LOOKING)
    with FaceReader(use_rules=use_rules) as reader:
        progress.raise_if_cancelled()
        result = reader.read(image, second_look=more or None)
    return Shot(image, result)


QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own bound of a widget's height, which PySide does not name."""


class PictureCard(Card):
    """Shows one picture.

    Signals:
        dropped(list): files that were dropped or chosen.
        clicked(QPointF): where, in pixels of the picture.
        more_asked(): look for more faces in the photo.
        private_toggled(bool): hide the faces of live pictures, or not.
    """

    dropped = Signal(list)
    clicked = Signal(QPointF)
    more_asked = Signal()
    private_toggled = Signal(bool)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("화면"))
        self.source = SourceBar(context)
        self._drop = DropArea(
            self.tr("사진이나 영상을 여기에 놓으세요"),
            self.tr("JPG, PNG, MP4, AVI … · 얼굴은 이 컴퓨터를 떠나지 않아요"),
            "faces",
            f"{files.image_filter()};;{files.video_filter()}",
            context.settings,
        )
        self._drop.setObjectName("faceDrop")
        self._drop.dropped.connect(self.dropped)
        self.view = ImageView()
        self.view.setObjectName("faceView")
        self.view.setMinimumHeight(theme.px(260))
        self.view.clicked.connect(self.clicked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._drop)
        self._stack.addWidget(self.view)
        self._context = context
        self._shot: Shot | None = None
        self._chosen = 0
        self._marks: list[Mark] = []
        self._layers = LayersButton(context)
        self._layers.changed.connect(self._mark)
        self._status = Label(role="small", wrap=True, selectable=True)
        self._status.setObjectName("faceStatus")
        self._build_header()
        self.add(self.source)
        self.add(self._stack, 1)
        below = QHBoxLayout()
        below.addWidget(self._status, 1)
        below.addWidget(self._layers, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(below)
        self.body.addStretch()

    def _build_header(self) -> None:
        self._more = Button(self.tr("더 찾아보기"), "search")
        self._more.setObjectName("faceMore")
        self._more.setToolTip(self.tr("작거나 돌아간 얼굴, 옆모습까지 꼼꼼히 찾아요"))
        self._more.clicked.connect(self.more_asked)
        self._more.hide()
        private = Chip(self.tr("실시간 가리기"))
        private.setObjectName("facePrivate")
        private.setToolTip(self.tr("카메라와 영상의 얼굴을 모자이크로 가려서 보여 줘요"))
        private.toggled.connect(self.private_toggled)
        self.header.addWidget(self._more)
        self.header.addWidget(private)

    @property
    def layers(self) -> Layers:
        """Which layers are laid over the picture."""
        return self._layers.layers

    def choose_file(self) -> None:
        """Ask for a photo or video."""
        self._drop.choose()

    def show_shot(self, shot: Shot) -> None:
        """Show a picture with its layers over it."""
        self._shot = shot
        self.view.set_image(shot.image)
        self._mark()
        self._stack.setCurrentWidget(self.view)
        self._fit()

    def look_at(self, number: int) -> None:
        """Look at one of the picture's faces."""
        if number != self._chosen:
            self._chosen = number
            self._mark()

    def show_empty(self) -> None:
        """Go back to the empty state."""
        self._shot = None
        self.view.clear()
        self._stack.setCurrentWidget(self._drop)
        self._fit()
        self.tell("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture's room in shape."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give a picture no more height than it needs, so that it begins at the top."""
        most = QWIDGETSIZE_MAX
        if self._shot is not None and self._stack.currentWidget() is self.view:
            width, height = self._shot.result.image_size
            most = max(round(self._stack.width() * height / width), self.view.minimumHeight())
        if self._stack.maximumHeight() != most:
            self._stack.setMaximumHeight(most)

    def tell_facts(self, result: FacesResult, frames_a_second: float) -> None:
        """Show size, number of faces and time below the picture, and the rate when live."""
        width, height = result.image_size
        parts = [
            f"{width}×{height}",
            self.tr("얼굴 {n}").format(n=len(result.faces)),
            f"{result.milliseconds:.0f} ms",
        ]
        if result.faces_without_landmarks:
            count = len(result.faces_without_landmarks)
            parts.insert(2, self.tr("점 없는 얼굴 {n}").format(n=count))
        if frames_a_second:
            parts.append(self.tr("초당 {n:.0f}장").format(n=frames_a_second))
        self.tell(" · ".join(parts))
        self._more.setVisible(not self.source.live)

    def tell(self, text: str) -> None:
        """Show a line of status."""
        self._more.hide()
        self._status.setText(text)

    def _mark(self) -> None:
        if self._shot is not None:
            self._marks = self._shot.marks(self.layers, self._context.language, self._chosen)
            self.view.set_overlay(self._paint)

    def _paint(self, painter: QPainter, target: QRectF, scale: float) -> None:
        room = target.intersected(QRectF(self.view.rect()))
        Overlay(painter, target, scale, room).paint(self._marks)
