"""Five stars in half steps, gold on grey.

Use::

    stars = StarRating(size=28)
    stars.set_stars(3.5)
    stars.set_stars(None)           # no answer yet: all grey
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.tables import PaintedRows

LEAST = 0.0005
"""Less than this is written as 0.0 % and has no bar."""


class ProbabilityBars(PaintedRows):
    """One row a value: name, bar, percent. Values are shown in the order given."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(24 if compact else 30, 260, 160, parent)
        self._values: list[tuple[str, float]] = []
        self._highlights: tuple[str, ...] = ()

    @property
    def values(self) -> list[tuple[str, float]]:
        """What is shown."""
        return list(self._values)

    @property
    def highlight(self) -> str | None:
        """The (first) name whose bar has the accent colour."""
        return self._highlights[0] if self._highlights else None

    def set_values(
        self, values: list[tuple[str, float]], highlight: str | Sequence[str] | None = None
    ) -> None:
        """Show (name, probability in 0..1) rows; *highlight* (names) defaults to the largest."""
        self._values = [(name, float(value)) for name, value in values]
        if highlight is None and self._values:
            highlight = max(self._values, key=lambda item: item[1])[0]
        self._highlights = (highlight,) if isinstance(highlight, str) else tuple(highlight or ())
        words = ", ".join(f"{n} {v:.0%}" for n, v in self._values)
        self._show_rows(len(self._values), words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain, bold = theme.font(13), theme.font(13, bold=True)
        metrics = QFontMetrics(bold)
        names = max((metrics.horizontalAdvance(name) for name, _ in self._values), default=0)
        names = min(names, int(self.width() * 0.45))
        percent = metrics.horizontalAdvance("100.0%")
        gap, thick, row = theme.px(12), theme.px(8), theme.px(self._row)
        for index, (name, value) in enumerate(self._values):
            chosen = name in self._highlights
            painter.setFont(bold if chosen else plain)
            painter.setPen(theme.color("text" if chosen else "text_muted"))
            top = index * row
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names + 1)
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(0, top, names + 1, row), left, shown)
            painter.drawText(
                QRectF(self.width() - percent, top, percent, row), right, f"{value:.1%}"
            )
            width = self.width() - names - percent - 2 * gap
            track = QRectF(names + gap, top + (row - thick) / 2, width, thick)
            _bar(painter, track, value, "accent" if chosen else "border_strong")


def _bar(painter: QPainter, track: QRectF, value: float, role: str) -> None:
    radius = track.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(track, radius, radius)
    if value >= LEAST:
        filled = QRectF(track)
        filled.setWidth(max(track.height(), track.width() * min(value, 1.0)))
        painter.setBrush(theme.color(role))
        painter.drawRoundedRect(filled, radius, radius)


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
