"""What a corpus of emotions holds, painted: its six groups and its commonest emotions."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.tabs.emotions_names import corpus_names
from engine.emotions.codes import GROUPS
from engine.emotions.distribution import Distribution, LabelCount

_COLUMNS = 3
_SERIES = dict(zip(GROUPS, (2, 4, 0, 3, 1, 5), strict=True))
"""Which of the theme's series a group has: anger orange, sadness blue, joy gold."""
_MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class GroupsChart(QWidget):
    """The six groups as one bar, with a legend below: name, count, share."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("emotionsGroups")
        self._groups: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Names and counts that are shown."""
        return list(self._groups)

    def set_distribution(self, distribution: Distribution) -> None:
        """Show the groups of *distribution*."""
        names = corpus_names()
        self._groups = [(names[group], distribution.groups[group]) for group in GROUPS]
        self.setAccessibleDescription(", ".join(f"{name} {n:,}" for name, n in self._groups))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the bar and two lines of legend."""
        return QSize(theme.px(320), theme.px(78))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(200), theme.px(78))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and the legend."""
        total = sum(count for _, count in self._groups)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._bar(painter, total)
        painter.setFont(theme.font(13))
        cell, line, dot = self.width() / _COLUMNS, theme.px(24), theme.px(10)
        for index, (name, count) in enumerate(self._groups):
            left = index % _COLUMNS * cell
            top = theme.px(28) + index // _COLUMNS * line
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.series(_SERIES[GROUPS[index]]))
            painter.drawEllipse(QRectF(left, top + (line - dot) / 2, dot, dot))
            painter.setPen(theme.color("text"))
            words = QRectF(left + theme.px(18), top, cell - theme.px(24), line)
            text = f"{name} {count:,} ({count / total:.1%})"
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, _MIDDLE_LEFT, shown)

    def _bar(self, painter: QPainter, total: int) -> None:
        outline = QPainterPath()
        bar = QRectF(0, 0, self.width(), theme.px(16))
        outline.addRoundedRect(bar, theme.px(8), theme.px(8))
        painter.setClipPath(outline)
        left = 0.0
        for index, (_, count) in enumerate(self._groups):
            wide = bar.width() * count / total
            painter.fillRect(
                QRectF(left, 0, wide, bar.height()), theme.series(_SERIES[GROUPS[index]])
            )
            left += wide
        painter.setClipping(False)


class TopChart(QWidget):
    """The commonest emotions as bars in the colours of their groups, with count and share."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("emotionsTop")
        self._rows: tuple[LabelCount, ...] = ()
        self._names: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    @property
    def rows(self) -> tuple[LabelCount, ...]:
        """What is shown, the commonest first."""
        return self._rows

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions."""
        self._rows, self._names = rows, corpus_names()
        text = ", ".join(f"{self._names[row.name]} {row.count:,}" for row in rows)
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(theme.px(320), theme.px(32) * max(len(self._rows), 1))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, bar, count and share of each."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        metrics = painter.fontMetrics()
        figures = [f"{row.count:,} ({row.share:.1%})" for row in self._rows]
        right = max(map(metrics.horizontalAdvance, figures))
        names = [f"{self._names[row.name]}  {row.code}" for row in self._rows]
        left = min(max(map(metrics.horizontalAdvance, names)) + 1, int(self.width() * 0.42))
        line = min(self.height() / len(self._rows), theme.px(48))
        gap, thick = theme.px(10), theme.px(12)
        room = max(self.width() - left - right - 2 * gap, theme.px(16))
        most = self._rows[0].count
        for index, row in enumerate(self._rows):
            top = index * line
            self._name(painter, metrics, names[index], QRectF(0, top, left, line))
            wide = max(room * row.count / most, thick)
            bar = QRectF(left + gap, top + (line - thick) / 2, wide, thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.series(_SERIES[row.group]))
            painter.drawRoundedRect(bar, thick / 2, thick / 2)
            painter.setPen(theme.color("text_muted"))
            field = QRectF(self.width() - right, top, right, line)
            painter.drawText(field, _MIDDLE_RIGHT, figures[index])

    def _name(self, painter: QPainter, metrics: QFontMetrics, name: str, field: QRectF) -> None:
        painter.setPen(theme.color("text"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(field.width()))
        painter.drawText(field, _MIDDLE_LEFT, shown)
