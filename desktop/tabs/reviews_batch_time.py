"""The shares of 긍정 and 부정 over time, and how many rows each stretch of time has, painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop import theme
from desktop.tabs.reviews_batch_chart import CENTRE, LEFT, RIGHT, Chart, fill, width_of, words
from desktop.tabs.reviews_batch_names import percent
from desktop.tabs.reviews_names import label_name
from engine.batch import Period

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
