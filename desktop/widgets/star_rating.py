"""Five stars in half steps, gold on grey.

Use::

    stars = StarRating(size=28)
    stars.set_stars(3.5)
    stars.set_stars(None)           # no answer yet: all grey
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

COUNT = 5


class StarRating(QWidget):
    """Shows 0..5 stars; any value is rounded to halves."""

    def __init__(self, parent: QWidget | None = None, *, size: int = 26) -> None:
        super().__init__(parent)
        self._size = size
        self._stars: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def stars(self) -> float | None:
        """The value shown, in halves, or None."""
        return self._stars

    def set_stars(self, stars: float | None) -> None:
        """Show *stars* of five."""
        self._stars = None if stars is None else min(max(round(stars * 2) / 2, 0.0), float(COUNT))
        text = "" if self._stars is None else self.tr("별 {n}개").format(n=f"{self._stars:g}")
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for five stars."""
        side = theme.px(self._size)
        return QSize(side * COUNT + theme.px(4) * (COUNT - 1), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grey stars, then the golden part of each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        side, gap = theme.px(self._size), theme.px(4)
        for index in range(COUNT):
            box = QRectF(index * (side + gap), 0, side, side)
            shape = star_shape(box)
            painter.setBrush(theme.color("star_empty"))
            painter.drawPolygon(shape)
            part = min(max((self._stars or 0.0) - index, 0.0), 1.0)
            if part > 0:
                painter.save()
                painter.setClipRect(QRectF(box.x(), box.y(), box.width() * part, box.height()))
                painter.setBrush(theme.color("star"))
                painter.drawPolygon(shape)
                painter.restore()


def star_shape(box: QRectF) -> QPolygonF:
    """Return the ten corners of a star inside *box*."""
    centre, outer = box.center() + QPointF(0, box.height() * 0.03), box.width() / 2
    points = []
    for corner in range(2 * COUNT):
        radius = outer if corner % 2 == 0 else outer * 0.46
        angle = math.pi * corner / COUNT - math.pi / 2
        points.append(centre + QPointF(math.cos(angle), math.sin(angle)) * radius)
    return QPolygonF(points)
