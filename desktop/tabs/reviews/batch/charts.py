"""The shares of 긍정 and 부정 over time, and how many rows each stretch of time has, painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.tabs.reviews.batch.preview import VERDICT_FILL, percent
from desktop.tabs.reviews.result import label_name
from engine.reviews.batch import BatchSummary, Period

LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_SHARPNESS = 2.0
"""Pixels of a saved picture a device-independent pixel, at least."""


class Chart(QWidget):
    """A painted figure. Subclasses say in ``part_at`` what lies under the pointer."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hovered: int | None = None

    def part_at(self, place: QPointF) -> int | None:
        """Return the number of the part at *place*, ``None`` where there is none."""
        return None

    def tip(self, part: int) -> str:
        """Return the numbers of a part as a sentence."""
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the part under the pointer and say its numbers."""
        part = self.part_at(event.position())
        if part != self.hovered:
            self.hovered = part
            self.update()
        if part is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.tip(part), self)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self.hovered = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def begin(self) -> QPainter:
        """Return a painter for smooth edges and small text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        return painter


def fill(painter: QPainter, box: QRectF, colour: QColor, radius: float) -> None:
    """Draw a filled, rounded box."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = min(radius, box.width() / 2, box.height() / 2)
    painter.drawRoundedRect(box, radius, radius)


def words(painter: QPainter, box: QRectF, how: int, text: str) -> None:
    """Write *text* into *box*, cut off with an ellipsis where there is no room."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, how | int(Qt.TextFlag.TextSingleLine), shown)


def width_of(text: str, font: QFont) -> int:
    """Return how wide *text* is in *font*, in pixels."""
    return QFontMetrics(font).horizontalAdvance(text)


def picture(widget: QWidget, title: str) -> QImage:
    """Return a widget as a sharp picture on the page's own ground, with a title above it."""
    ratio = max(_SHARPNESS, widget.devicePixelRatioF())
    side, head = theme.px(18), theme.px(46)
    size = widget.size() + QSize(2 * side, head + side)
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.color("background"))
    painter = QPainter(image)
    painter.setFont(theme.font(16, bold=True))
    painter.setPen(theme.color("text"))
    words(painter, QRectF(side, 0, widget.width(), head), LEFT, title)
    flags = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.IgnoreMask
    widget.render(painter, QPoint(side, head), renderFlags=flags)
    painter.end()
    return image


# ----------------------------------------------------------------------------------------
# The split of a batch into 긍정, 중립 and 부정, and the spread of its stars, painted.

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


_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
_DOT = 3.5


class TimeChart(Chart):
    """Two lines with soft areas, and below them columns of the number of rows."""

    def __init__(self) -> None:
        super().__init__("reviewsTime")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.periods: tuple[Period, ...] = ()

    def set_periods(self, periods: tuple[Period, ...]) -> None:
        """Show these stretches of time, oldest first."""
        self.periods = periods
        self.hovered = None
        filled = [part for part, period in enumerate(periods) if period.judged]
        self.setAccessibleDescription(". ".join(self.tip(part) for part in filled[-12:]))
        self.update()

    def tip(self, part: int) -> str:
        """Return the numbers of a stretch of time."""
        period = self.periods[part]
        if not period.judged:
            return QCoreApplication.translate("reviews", "{time}: 글이 없어요").format(
                time=period.label
            )
        text = QCoreApplication.translate(
            "reviews", "{time}: 글 {n}개, 긍정 {positive}, 중립 {neutral}, 부정 {negative}"
        )
        return text.format(
            time=period.label,
            n=f"{period.judged:,}",
            positive=percent(period.positive_share, 1),
            neutral=percent(max(0.0, 1 - period.positive_share - period.negative_share), 1),
            negative=percent(period.negative_share, 1),
        )

    def part_at(self, place: QPointF) -> int | None:
        """Return the stretch of time above or below the pointer."""
        plot = self._plot()
        if not self.periods or not plot.left() <= place.x() < plot.right():
            return None
        return int((place.x() - plot.left()) / self._step())

    def sizeHint(self) -> QSize:
        """Return a wide chart."""
        return QSize(theme.px(520), theme.px(330))

    def minimumSizeHint(self) -> QSize:
        """Return what still can be read."""
        return QSize(theme.px(320), theme.px(300))

    # Places

    def _plot(self) -> QRectF:
        left = width_of("100%", theme.font(12)) + theme.px(12)
        top, below = theme.px(34), theme.px(26) + theme.px(54)
        return QRectF(left, top, self.width() - left - theme.px(6), self.height() - top - below)

    def _volume(self) -> QRectF:
        plot = self._plot()
        return QRectF(plot.left(), plot.bottom() + theme.px(10), plot.width(), theme.px(38))

    def _step(self) -> float:
        return self._plot().width() / max(len(self.periods), 1)

    def _x(self, part: int) -> float:
        return self._plot().left() + (part + 0.5) * self._step()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid, areas, columns, names and the mark under the pointer."""
        if not self.periods:
            return
        painter = self.begin()
        plot = self._plot()
        self._draw_legend(painter)
        self._draw_grid(painter, plot)
        self._draw_volume(painter)
        for name, role in (("부정", "negative"), ("긍정", "positive")):
            shares = [
                period.positive_share if name == "긍정" else period.negative_share
                for period in self.periods
            ]
            for run in self._runs():
                self._draw_run(painter, plot, run, shares, role)
        self._draw_names(painter)
        if self.hovered is not None and self.hovered < len(self.periods):
            painter.setPen(QPen(theme.color("text_faint"), 1))
            x = self._x(self.hovered)
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, self._volume().bottom()))

    def _runs(self) -> Iterator[list[int]]:
        """Yield stretches of neighbours that all have rows: a gap is no share of zero."""
        run: list[int] = []
        for part, period in enumerate(self.periods):
            if period.judged:
                run.append(part)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _draw_legend(self, painter: QPainter) -> None:
        left = self._plot().left()
        dot, line = theme.px(10), theme.px(24)
        for name, role in (("긍정", "positive"), ("부정", "negative")):
            fill(painter, QRectF(left, (line - dot) / 2, dot, dot), theme.color(role), dot)
            text = label_name(name)
            room = width_of(text, painter.font()) + theme.px(4)
            painter.setPen(theme.color("text"))
            words(painter, QRectF(left + theme.px(16), 0, room, line), LEFT, text)
            left += theme.px(16) + room + theme.px(14)

    def _draw_grid(self, painter: QPainter, plot: QRectF) -> None:
        painter.setFont(theme.font(12))
        for level in _LEVELS:
            y = plot.bottom() - level * plot.height()
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("text_faint"))
            half = theme.px(9)
            box = QRectF(0, y - half, plot.left() - theme.px(8), 2 * half)
            words(painter, box, RIGHT, f"{level:.0%}")

    def _draw_run(
        self, painter: QPainter, plot: QRectF, run: list[int], shares: Sequence[float], role: str
    ) -> None:
        places = [
            QPointF(self._x(part), plot.bottom() - shares[part] * plot.height()) for part in run
        ]
        line = QPainterPath(places[0])
        for place in places[1:]:
            line.lineTo(place)
        area = QPainterPath(line)
        area.lineTo(QPointF(places[-1].x(), plot.bottom()))
        area.lineTo(QPointF(places[0].x(), plot.bottom()))
        painter.fillPath(area, theme.color(role, 0.12))
        painter.strokePath(line, QPen(theme.color(role), theme.px(2)))
        radius = theme.px(_DOT)
        for part, place in zip(run, places, strict=True):
            if len(self.periods) <= 40 or len(run) == 1 or part == self.hovered:
                spot = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
                fill(painter, spot, theme.color(role), radius)

    def _draw_volume(self, painter: QPainter) -> None:
        box = self._volume()
        most = max(period.judged for period in self.periods)
        step = self._step()
        for part, period in enumerate(self.periods):
            if not period.judged:
                continue
            tall = max(box.height() * period.judged / most, theme.px(2))
            wide = max(step * 0.7, 1.0)
            column = QRectF(self._x(part) - wide / 2, box.bottom() - tall, wide, tall)
            role = "accent" if part == self.hovered else "border_strong"
            fill(painter, column, theme.color(role, 0.7), theme.px(3))

    def _draw_names(self, painter: QPainter) -> None:
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_muted"))
        box = self._volume()
        room = width_of(self.periods[-1].label, painter.font()) + theme.px(14)
        every = max(1, -(-room // max(int(self._step()), 1)))
        for part in range(0, len(self.periods), every):
            middle = self._x(part)
            left = min(max(middle - room / 2, 0.0), self.width() - room)
            line = QRectF(left, box.bottom() + theme.px(4), room, theme.px(22))
            words(painter, line, CENTRE, self.periods[part].label)
