"""Boxes and names of faces and objects, painted on a copy of the photo."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from desktop import fonts, theme
from engine.comments.result import PhotoResult

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


def marks(result: PhotoResult) -> list[Mark]:
    """Return the boxes of a photo, large ones first so that small ones lie on top."""
    kinds = list(dict.fromkeys(item.name_ko for item in result.objects))
    colours = [i for i in range(7) if i != _FACE_SERIES]
    made = [
        Mark(
            QRectF(*item.box),
            f"{item.name_ko} {item.confidence:.0%}",
            item.name_ko,
            colours[kinds.index(item.name_ko) % len(colours)],
        )
        for item in result.objects
    ]
    made += [
        Mark(
            QRectF(*face.box), f"{face.expression} {face.confidence:.0%}", face.label, _FACE_SERIES
        )
        for face in result.faces
    ]
    return sorted(made, key=lambda mark: -mark.box.width() * mark.box.height())


def paint(photo: QImage, found: list[Mark], used: Collection[str]) -> QImage:
    """Return the photo with its boxes; those whose label is not in *used* are faint."""
    picture = photo.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = max(picture.width(), picture.height()) / 900  # one pixel of a photo shown at 900
    font = QFont(fonts.family())
    font.setPixelSize(max(round(17 * unit), 6))
    font.setBold(True)
    painter.setFont(font)
    for mark in sorted(found, key=lambda mark: mark.label in used):
        _frame(painter, mark, mark.label in used, unit)
    taken: list[QRectF] = []
    for mark in reversed(found):
        if mark.label in used:
            _tag(painter, mark, unit, QRectF(picture.rect()), taken)
    painter.end()
    return picture


def _frame(painter: QPainter, mark: Mark, used: bool, unit: float) -> None:
    ink = theme.series(mark.colour)
    pen = QPen(ink, 3 * unit)
    if not used:
        ink = QColor(Qt.GlobalColor.white)
        ink.setAlphaF(0.75)
        pen = QPen(ink, 1.5 * unit, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = pen.widthF() / 2
    radius = 6 * unit
    painter.drawRoundedRect(mark.box.adjusted(half, half, -half, -half), radius, radius)


def _tag(painter: QPainter, mark: Mark, unit: float, room: QRectF, taken: list[QRectF]) -> None:
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(mark.text) + 14 * unit
    height = metrics.height() + 5 * unit
    top = mark.box.top() - height if mark.box.top() >= height else mark.box.top()
    place = QRectF(mark.box.left(), top, width, height)
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
