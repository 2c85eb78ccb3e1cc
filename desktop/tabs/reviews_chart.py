"""What a file amounts to, painted: the split of labels and the spread of stars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.tabs.reviews_names import label_name
from engine.reviews import NEGATIVE, POSITIVE
from engine.reviews.batch import Summary


class SplitBar(QWidget):
    """Positive against negative as one bar with both shares written below."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewsSplit")
        self._summary: Summary | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_summary(self, summary: Summary) -> None:
        """Show the counts of *summary*."""
        self._summary = summary
        self.setAccessibleName(
            f"{label_name(POSITIVE)} {summary.positive:,}, "
            f"{label_name(NEGATIVE)} {summary.negative:,}"
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return the bar and one line of text."""
        return QSize(theme.px(220), theme.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        if self._summary is None or not self._summary.judged:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self._summary.positive / self._summary.judged
        bar = QRectF(0, 0, self.width(), theme.px(16))
        outline = QPainterPath()
        outline.addRoundedRect(bar, theme.px(8), theme.px(8))
        painter.setClipPath(outline)
        painter.fillRect(bar, theme.color("negative"))
        painter.fillRect(QRectF(0, 0, bar.width() * share, bar.height()), theme.color("positive"))
        painter.setClipping(False)
        painter.setFont(theme.font(13, bold=True))
        line = QRectF(0, theme.px(22), self.width(), theme.px(22))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("positive"))
        left = f"{label_name(POSITIVE)} {self._summary.positive:,} ({share:.0%})"
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), left)
        painter.setPen(theme.color("negative"))
        right = f"{label_name(NEGATIVE)} {self._summary.negative:,} ({1 - share:.0%})"
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), right)


class StarsChart(QWidget):
    """How many reviews got 0, 0.5 … 5 stars, as columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewsStars")
        self._counts: tuple[int, ...] = ()
        self.setMinimumHeight(theme.px(130))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_counts(self, counts: tuple[int, ...]) -> None:
        """Show *counts* (11,), by half stars."""
        self._counts = counts
        text = ", ".join(f"{step / 2:g}: {count:,}" for step, count in enumerate(counts))
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low, wide chart."""
        return QSize(theme.px(320), theme.px(140))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw columns, counts and the scale."""
        if not self._counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        most = max(max(self._counts), 1)
        scale, head = theme.px(22), theme.px(18)
        step = self.width() / len(self._counts)
        room = max(self.height() - scale - head, 1)
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        for index, count in enumerate(self._counts):
            left = index * step
            tall = max(room * count / most, theme.px(2))
            column = QRectF(left + step * 0.16, head + room - tall, step * 0.68, tall)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("star" if count else "track"))
            painter.drawRoundedRect(column, theme.px(3), theme.px(3))
            painter.setPen(theme.color("text_muted"))
            base = QRectF(left, self.height() - scale, step, scale)
            if index % 2 == 0:
                painter.drawText(base, centre, f"★{index // 2}")
            if count:
                above = QRectF(left - step / 2, column.top() - head, step * 2, head)
                painter.drawText(above, centre, _short(count))


def _short(count: int) -> str:
    """Return a count that fits above a column.

    >>> _short(950), _short(12_300)
    ('950', '12k')
    """
    return f"{count:,}" if count < 10_000 else f"{count / 1000:.0f}k"
