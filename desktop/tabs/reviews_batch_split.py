"""The split of a batch into 긍정, 중립 and 부정, and the spread of its stars, painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent

from desktop import theme
from desktop.tabs.reviews_batch_chart import CENTRE, LEFT, RIGHT, Chart, fill, width_of, words
from desktop.tabs.reviews_batch_names import VERDICT_FILL, percent
from desktop.tabs.reviews_names import label_name
from engine.batch import BatchSummary

ORDER = ("긍정", "중립", "부정")
_BAR, _ROW = 18, 30


class SplitChart(Chart):
    """One bar of three parts, and below each part's name, count and share."""

    def __init__(self) -> None:
        super().__init__("reviewsSplit")
        self.counts: tuple[int, int, int] = (0, 0, 0)

    def set_summary(self, summary: BatchSummary) -> None:
        """Show the counts of *summary*."""
        self.counts = (summary.positive, summary.neutral, summary.negative)
        self.setAccessibleDescription(", ".join(self.tip(part) for part in range(3)))
        self.update()

    def tip(self, part: int) -> str:
        """Return a part's name, count and share."""
        count, share = self.counts[part], percent(self.counts[part], sum(self.counts))
        return f"{label_name(ORDER[part])} {count:,} ({share})"

    def part_at(self, place: QPointF) -> int | None:
        """Return the part of the bar, or the row of the legend."""
        if place.y() >= self._top():
            row = int((place.y() - self._top()) // theme.px(_ROW))
            return row if row < len(ORDER) else None
        total, left = sum(self.counts), 0.0
        for part, count in enumerate(self.counts):
            left += self.width() * count / total if total else 0
            if place.x() < left:
                return part
        return None

    def sizeHint(self) -> QSize:
        """Return the bar and three lines."""
        return QSize(theme.px(260), self._top() + theme.px(_ROW) * len(ORDER))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(180), self.sizeHint().height())

    def _top(self) -> int:
        return theme.px(_BAR) + theme.px(10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar and legend."""
        painter = self.begin()
        draw_split(painter, QRectF(0, 0, self.width(), theme.px(_BAR)), self.counts)
        total, row, dot = sum(self.counts), theme.px(_ROW), theme.px(10)
        side = theme.px(64)
        for part, (name, count) in enumerate(zip(ORDER, self.counts, strict=True)):
            line = QRectF(0, self._top() + part * row, self.width(), row)
            spot = QRectF(0, line.center().y() - dot / 2, dot, dot)
            fill(painter, spot, theme.color(VERDICT_FILL[name]), dot)
            painter.setFont(theme.font(14, bold=part == self.hovered))
            painter.setPen(theme.color("text"))
            words(painter, line.adjusted(theme.px(20), 0, 0, 0), LEFT, label_name(name))
            words(painter, line.adjusted(0, 0, -side, 0), RIGHT, f"{count:,}")
            painter.setFont(theme.font(14, bold=True))
            words(painter, line, RIGHT, percent(count, total))


def draw_split(painter: QPainter, bar: QRectF, parts: tuple[float, float, float]) -> None:
    """Draw the parts of 긍정, 중립 and 부정 as one rounded bar; a track without any."""
    outline = QPainterPath()
    radius = bar.height() / 2
    outline.addRoundedRect(bar, radius, radius)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(bar, theme.color("track"))
    left, total = bar.left(), sum(parts)
    for name, part in zip(ORDER, parts, strict=True):
        wide = bar.width() * part / total if total else 0.0
        painter.fillRect(
            QRectF(left, bar.top(), wide, bar.height()), theme.color(VERDICT_FILL[name])
        )
        left += wide
    painter.restore()


class StarsChart(Chart):
    """How many reviews got 0, 0.5 … 5 stars, as columns."""

    def __init__(self) -> None:
        super().__init__("reviewsStars")
        self.counts: tuple[int, ...] = (0,) * 11

    def set_counts(self, counts: tuple[int, ...]) -> None:
        """Show *counts* (11,), by half stars."""
        self.counts = counts
        said = ", ".join(f"{step / 2:g}: {count:,}" for step, count in enumerate(counts))
        self.setAccessibleDescription(said)
        self.update()

    def tip(self, part: int) -> str:
        """Return the count and share of a column."""
        text = QCoreApplication.translate("reviews", "별 {stars}개: {n}줄 ({share})")
        count = self.counts[part]
        return text.format(
            stars=f"{part / 2:g}", n=f"{count:,}", share=percent(count, sum(self.counts))
        )

    def part_at(self, place: QPointF) -> int | None:
        """Return the column under the pointer."""
        column = int(place.x() / max(self.width(), 1) * len(self.counts))
        return column if 0 <= column < len(self.counts) else None

    def sizeHint(self) -> QSize:
        """Return a low, wide chart."""
        return QSize(theme.px(320), theme.px(150))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(220), theme.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw columns, counts and the scale."""
        painter = self.begin()
        painter.setFont(theme.font(12))
        most = max(*self.counts, 1)
        scale, head = theme.px(22), theme.px(20)
        step = self.width() / len(self.counts)
        room = max(self.height() - scale - head, 1)
        for index, count in enumerate(self.counts):
            left = index * step
            tall = max(room * count / most, theme.px(3))
            column = QRectF(left + step * 0.14, head + room - tall, step * 0.72, tall)
            ink = theme.color("star" if count else "track")
            fill(painter, column, ink.lighter(115) if index == self.hovered else ink, theme.px(5))
            painter.setPen(theme.color("text_muted"))
            if index % 2 == 0:
                words(
                    painter,
                    QRectF(left - step / 2, self.height() - scale, step * 2, scale),
                    CENTRE,
                    f"★{index // 2}",
                )
            if count:
                above = QRectF(left - step / 2, column.top() - head, step * 2, head)
                full = f"{count:,}"
                fits = width_of(full, painter.font()) < step
                words(painter, above, CENTRE, full if fits else short(count))


def short(count: int) -> str:
    """Return a count that fits above a narrow column.

    >>> short(950), short(7_708), short(12_300), short(1_234_567)
    ('950', '7.7k', '12k', '1.2M')
    """
    if count < 1_000:
        return str(count)
    if count < 1_000_000:
        return f"{count / 1e3:.1f}k" if count < 10_000 else f"{count / 1e3:.0f}k"
    return f"{count / 1e6:.1f}M"
