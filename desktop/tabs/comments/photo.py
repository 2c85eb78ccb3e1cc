"""The photo with its boxes above the strip of its album, or the area to drop photos on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.comments.filmstrip import AlbumModel, Strip
from desktop.theme import fonts
from desktop.widgets import files
from desktop.widgets.buttons import IconButton
from desktop.widgets.files import DropArea
from desktop.widgets.image_view import ImageView, to_qimage
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card
from engine.comments import PhotoResult
from engine.comments.labels import shown
from engine.faces.names import EXPRESSIONS
from engine.media.images import Bgr

_FACE_SERIES = 3


@dataclass(frozen=True)
class Mark:
    """One box to paint.

    Attributes:
        box: in pixels of the photo.
        text: what stands at its corner.
        label: the label that it gave, None when it gave none.
        colour: index of :func:`desktop.theme.series`.
    """

    box: QRectF
    text: str
    label: str | None
    colour: int


@dataclass(frozen=True)
class Look:
    """How boxes are painted.

    Attributes:
        used: labels whose boxes are strong; the others are faint.
        hot: the marks under the pointer; while there are any, the others step back.
        scale: painter's pixels a pixel of the photo.
        unit: painter's pixels a thin line is wide.
    """

    used: Collection[str]
    hot: Collection[Mark] = ()
    scale: float = 1.0
    unit: float = 1.0


def marks(result: PhotoResult, language: str = "ko") -> list[Mark]:
    """Return the boxes of a photo, large ones first so that small ones lie on top."""
    kinds = list(dict.fromkeys(item.name_ko for item in result.objects))
    colours = [i for i in range(7) if i != _FACE_SERIES]
    made = [
        Mark(
            QRectF(*item.box),
            f"{shown(item.name_ko, language)} {item.confidence:.0%}",
            item.name_ko,
            colours[kinds.index(item.name_ko) % len(colours)],
        )
        for item in result.objects
    ]
    made += [
        Mark(
            QRectF(*face.box),
            f"{EXPRESSIONS[face.expression].text(language)} {face.confidence:.0%}",
            face.label,
            _FACE_SERIES,
        )
        for face in result.faces
    ]
    return sorted(made, key=lambda mark: -mark.box.width() * mark.box.height())


def below(found: Sequence[Mark], point: QPointF) -> Mark | None:
    """Return the smallest mark that *point*, in pixels of the photo, lies in."""
    hit = [mark for mark in found if mark.box.contains(point)]
    return hit[-1] if hit else None


def paint(photo: QImage, found: Sequence[Mark], used: Collection[str]) -> QImage:
    """Return a copy of the photo with its boxes; those whose label is not in *used* are faint."""
    picture = photo.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    unit = max(picture.width(), picture.height()) / 900  # one pixel of a photo shown at 900
    draw(painter, QRectF(picture.rect()), found, Look(used, unit=unit))
    painter.end()
    return picture


def draw(painter: QPainter, room: QRectF, found: Sequence[Mark], look: Look) -> None:
    """Paint the boxes of a photo that lies in *room*."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(fonts.family())
    font.setPixelSize(max(round(15 * look.unit), 6))
    font.setBold(True)
    painter.setFont(font)
    for mark in sorted(found, key=lambda mark: (mark in look.hot, mark.label in look.used)):
        _frame(painter, mark, room, look)
    taken: list[QRectF] = []
    for mark in reversed(found):
        if mark in look.hot or (mark.label in look.used and not look.hot):
            _tag(painter, mark, room, look, taken)


def _place(mark: Mark, room: QRectF, scale: float) -> QRectF:
    corner = room.topLeft() + mark.box.topLeft() * scale
    return QRectF(corner, mark.box.size() * scale)


def _frame(painter: QPainter, mark: Mark, room: QRectF, look: Look) -> None:
    ink, fill = QColor(theme.series(mark.colour)), QColor(theme.series(mark.colour))
    fill.setAlphaF(0.22 if mark in look.hot else 0.0)
    pen = QPen(ink, (4 if mark in look.hot else 3) * look.unit)
    if mark not in look.hot and (look.hot or mark.label not in look.used):
        ink = QColor(Qt.GlobalColor.white)
        ink.setAlphaF(0.75)
        pen = QPen(ink, 1.5 * look.unit, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(fill)
    half = pen.widthF() / 2
    radius = 6 * look.unit
    place = _place(mark, room, look.scale).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(place, radius, radius)


def _tag(painter: QPainter, mark: Mark, room: QRectF, look: Look, taken: list[QRectF]) -> None:
    metrics, unit = QFontMetricsF(painter.font()), look.unit
    width = metrics.horizontalAdvance(mark.text) + 14 * unit
    height = metrics.height() + 5 * unit
    box = _place(mark, room, look.scale)
    top = box.top() - height if box.top() - height >= room.top() else box.top()
    place = QRectF(box.left(), top, width, height)
    place.moveLeft(min(max(place.left(), room.left()), max(room.right() - width, room.left())))
    for other in taken:  # a step down where two names would cover one another
        if place.intersects(other):
            place.moveTop(other.bottom() + 2 * unit)
    taken.append(place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.series(mark.colour))
    painter.drawRoundedRect(place, 5 * unit, 5 * unit)
    painter.setPen(theme.color("on_accent"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark.text)


class PhotoCard(Card):
    """The photo.

    Signals:
        dropped(list[Path]): photos and folders.
        picked(str): the label of the box that was clicked.
        hovered(str): the label of the box below the pointer, empty for none.
        emptied(): the user wants the album gone.
    """

    dropped = Signal(list)
    picked = Signal(str)
    hovered = Signal(str)
    emptied = Signal()

    def __init__(
        self, context: AppContext, model: AlbumModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._language = context.language
        self.set_title(self.tr("사진"))
        self._marks: list[Mark] = []
        self._hot: list[Mark] = []
        self._used: Collection[str] = ()
        self._drop = DropArea(
            self.tr("사진을 여기에 놓으세요"),
            self.tr("여러 장이나 폴더도 좋아요 · JPG, PNG, HEIC, WEBP · 이 컴퓨터를 떠나지 않아요"),
            "image",
            files.image_filter(),
            context.settings,
            many=True,
        )
        self._drop.setObjectName("commentDrop")
        self._drop.dropped.connect(self.dropped)
        self._view = ImageView()
        self._view.setObjectName("commentView")
        self._view.setMouseTracking(True)
        self._view.installEventFilter(self)
        self._view.clicked.connect(self._pick)
        self._failed = EmptyState("error", "")
        self._failed.setObjectName("commentFailed")
        self._stack = QStackedWidget()
        for page in (self._drop, self._view, self._failed):
            self._stack.addWidget(page)
        self._found = Label(role="small", wrap=True, selectable=True)
        self._found.setObjectName("commentFound")
        self._found.setMinimumHeight(theme.px(18))
        self._empty = IconButton("trash", self.tr("앨범 비우기"))
        self._empty.setObjectName("commentEmpty")
        self._empty.clicked.connect(self.emptied)
        self.header.addWidget(self._empty)
        self.strip = Strip(model)
        self.add(self._stack, 1)
        self.add(self._found)
        self.add(self.strip)
        model.rowsInserted.connect(self._count)
        model.modelReset.connect(self._count)
        self._count()
        theme.notifier().changed.connect(self._view.update)

    @property
    def image(self) -> QImage | None:
        """The photo that is shown, without boxes; None if there is none."""
        front = self._stack.currentWidget() is self._view
        return self._view.image if front and not self._view.image.isNull() else None

    @property
    def found(self) -> list[Mark]:
        """The boxes of the photo that is shown."""
        return list(self._marks)

    def choose(self) -> None:
        """Ask for photos."""
        self._drop.choose()

    def show_nothing(self) -> None:
        """Go back to the area to drop photos on."""
        self.show_result(None)
        self._view.clear()
        self._stack.setCurrentWidget(self._drop)

    def show_failed(self, name: str, reason: str) -> None:
        """Say why a photo cannot be shown."""
        self.show_result(None)
        self._view.clear()
        self._failed.set_text(name, reason)
        self._stack.setCurrentWidget(self._failed)

    def show_image(self, image: Bgr | None) -> None:
        """Show another photo, without boxes; None: it is still being read."""
        self._hot = []
        if image is None:
            self._view.clear()
        else:
            self._view.set_image(to_qimage(image))
            self._view.set_overlay(self._paint)
        self._stack.setCurrentWidget(self._view)

    def show_result(self, result: PhotoResult | None) -> None:
        """Show what was found in the photo."""
        self._marks, self._hot = (marks(result, self._language) if result else []), []
        text = ""
        if result is not None:
            text = self.tr("얼굴 {faces} · 사물 {objects} · {ms:.0f} ms · {models}").format(
                faces=len(result.faces),
                objects=", ".join(self._counted(result)) or 0,
                ms=result.milliseconds,
                models=", ".join(result.models),
            )
        self._found.setText(text)
        self._view.update()

    def _counted(self, result: PhotoResult) -> Sequence[str]:
        """Return the objects as they are counted aloud, or in English as a list has them."""
        if self._language == "ko":
            return result.counted
        return [f"{number} × {shown(name, 'en')}" for name, number in result.counts.items()]

    def set_used(self, labels: Collection[str]) -> None:
        """Paint the boxes of these labels strongly, the others faintly."""
        self._used = labels
        self._view.update()

    def set_hot(self, label: str) -> None:
        """Bring out the boxes of a label; an empty one: none."""
        self._hot = [mark for mark in self._marks if label and mark.label == label]
        self._view.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer over the photo."""
        if watched is self._view:
            if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
                if not event.buttons():
                    self._hover(below(self._marks, self._view.to_image(event.position())))
            elif event.type() == QEvent.Type.Leave:
                self._hover(None)
        return super().eventFilter(watched, event)

    def _hover(self, mark: Mark | None) -> None:
        hot = [mark] if mark is not None else []
        if hot != self._hot:
            self._hot = hot
            self._view.setCursor(
                Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor
            )
            self._view.update()
            self.hovered.emit(mark.label or "" if mark else "")

    def _paint(self, painter: QPainter, room: QRectF, scale: float) -> None:
        look = Look(self._used, self._hot, scale, theme.px(10) / 10)
        draw(painter, room, self._marks, look)

    def _pick(self, point: QPointF) -> None:
        mark = below([mark for mark in self._marks if mark.label], point)
        if mark is not None:
            self.picked.emit(mark.label)

    def _count(self) -> None:
        photos = self.strip.model().rowCount()
        self.strip.setVisible(photos > 1)
        self._empty.setVisible(photos > 0)
        many = self.tr("사진 {n}장").format(n=photos)
        self.set_title(many if photos > 1 else self.tr("사진"))
