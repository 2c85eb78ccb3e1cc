"""The card of the picture: source, picture with what was read on it, layers, status line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_names import LAYERS
from desktop.tabs.faces_source import SourceBar
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.drop_area import DropArea
from desktop.widgets.image_view import ImageView
from desktop.widgets.labels import Label
from engine.faces import FacesResult
from engine.faces.overlay import Layers
from engine.images import Bgr


class PictureCard(Card):
    """Shows one picture.

    Signals:
        dropped(list): files that were dropped or chosen.
        layers_changed(): a layer was switched on or off.
        clicked(QPointF): where, in pixels of the picture.
        more_asked(): look for more faces in the photo.
        private_toggled(bool): hide the faces of live pictures, or not.
    """

    dropped = Signal(list)
    layers_changed = Signal()
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
        self._view = ImageView()
        self._view.setObjectName("faceView")
        self._view.setMinimumHeight(theme.px(260))
        self._view.clicked.connect(self.clicked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._drop)
        self._stack.addWidget(self._view)
        self._layers = ChipRow()
        self._layers.setObjectName("faceLayers")
        drawn = Layers()
        for name, said in LAYERS.items():
            self._layers.add_chip(context.say(said), checked=getattr(drawn, name))
        self._layers.changed.connect(self.layers_changed)
        self._status = Label(role="small", wrap=True, selectable=True)
        self._status.setObjectName("faceStatus")
        self._status.hide()
        self._build_header()
        self.add(self.source)
        self.add(self._stack, 1)
        self.add(self._layers)
        self.add(self._status)

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
    def image(self) -> QImage:
        """The picture as it is shown."""
        return self._view.image

    def choose_file(self) -> None:
        """Ask for a photo or video."""
        self._drop.choose()

    def show_picture(self, image: Bgr) -> None:
        """Show a picture with its layers drawn."""
        self._view.set_image(image)
        self._stack.setCurrentWidget(self._view)

    def show_empty(self) -> None:
        """Go back to the empty state."""
        self._stack.setCurrentWidget(self._drop)
        self.tell("")

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
        """Show a line of status; an empty one takes no room."""
        self._more.hide()
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def layers(self) -> Layers:
        """Return which layers are switched on."""
        chips = self._layers.chips()
        return Layers(**{n: c.isChecked() for n, c in zip(LAYERS, chips, strict=True)})
