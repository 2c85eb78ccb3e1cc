"""Named probabilities as horizontal bars, the answer in the accent colour.

Use::

    bars = ProbabilityBars()
    bars.set_values([("행복", 0.91), ("중립", 0.06), ("슬픔", 0.03)], highlight="행복")
    bars.set_values([])                           # nothing yet
    bars.set_values(values, highlight=["기쁨", "감동"])    # of several that may hold at once
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.widgets.rows import PaintedRows

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
