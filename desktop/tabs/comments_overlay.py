"""Boxes and names of faces and objects: over the photo on the screen, and on a copy to save."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from desktop import fonts, theme
from engine.comments.labels import shown
from engine.comments.result import PhotoResult
from engine.faces.names import EXPRESSIONS

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
