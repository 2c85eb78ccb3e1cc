"""Painting one person's line over time: expressions, attention, blinks, marks, the axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop import theme
from engine.faces import LABELS
from engine.faces.sessions.chart import DARK, LIGHT, clock, ticks
from engine.faces.sessions.session import Curve, Event

LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def colour(label: str) -> QColor:
    """Return the colour of an expression on the window's ground."""
    return QColor((DARK if theme.is_dark() else LIGHT)[label])


@dataclass(frozen=True)
class Room:
    """Where the parts of a timeline lie, in the widget's pixels, for a part of the session.

    Attributes:
        plot, attention, blinks, axis, flags: the parts; they share left and right.
        start, end: seconds that these are.
    """

    plot: QRectF
    attention: QRectF
    blinks: QRectF
    axis: QRectF
    flags: QRectF
    start: float
    end: float

    @classmethod
    def of(cls, width: int, height: int, start: float, end: float) -> Room:
        """Lay a timeline out."""
        left, right = theme.px(58), width - theme.px(10)
        wide = max(right - left, 1)
        axis, band, gap, flags = theme.px(22), theme.px(12), theme.px(5), theme.px(22)
        bottom = height - axis
        blinks = QRectF(left, bottom - band - gap, wide, band)
        attention = QRectF(left, blinks.top() - band - gap, wide, band)
        plot = QRectF(left, flags, wide, max(attention.top() - gap - flags, 1))
        lines = QRectF(left, bottom, wide, axis), QRectF(left, 0, wide, flags)
        return cls(plot, attention, blinks, *lines, start, end)

    def x(self, seconds: float) -> float:
        """Return where a time lies."""
        return self.plot.left() + (seconds - self.start) / self._span * self.plot.width()

    def seconds(self, x: float) -> float:
        """Return the time of a place, within what is shown."""
        share = (x - self.plot.left()) / self.plot.width()
        return self.start + min(max(share, 0.0), 1.0) * self._span

    @property
    def _span(self) -> float:
        return max(self.end - self.start, 1e-6)


def ground(painter: QPainter, room: Room) -> None:
    """Draw the frame: levels of the plot, names of the bands, times."""
    painter.fillRect(room.plot, theme.color("surface_alt", 0.5))
    painter.setFont(theme.font(11))
    gutter = room.plot.left() - theme.px(8)
    for share in (0.0, 0.5, 1.0):
        y = room.plot.bottom() - share * room.plot.height()
        painter.setPen(theme.color("border"))
        painter.drawLine(QPointF(room.plot.left(), y), QPointF(room.plot.right(), y))
        painter.setPen(theme.color("text_faint"))
        if share:  # the lowest would lie upon the name of the band below it
            painter.drawText(QRectF(0, y - 8, gutter, 16), RIGHT, f"{share:.0%}")
    painter.setPen(theme.color("text_faint"))
    painter.setFont(theme.font(12))
    most = max(int(room.plot.width() / theme.px(80)), 1)
    tenths = room.end - room.start < most
    for place in ticks(room.start, room.end, most):
        x = room.x(place)
        painter.setPen(theme.color("border_strong"))
        painter.drawLine(QPointF(x, room.axis.top()), QPointF(x, room.axis.top() + theme.px(4)))
        painter.setPen(theme.color("text_faint"))
        words = QRectF(x - theme.px(40), room.axis.top() + theme.px(4), theme.px(80), theme.px(18))
        words.moveLeft(min(words.left(), room.plot.right() + theme.px(10) - words.width()))
        side = CENTRE if words.center().x() - x > -1 else RIGHT
        painter.drawText(words, side, clock(place, tenths=tenths))


def names(painter: QPainter, room: Room, attention: str, blinks: str) -> None:
    """Write what the two bands below the plot are."""
    painter.setFont(theme.font(11))
    painter.setPen(theme.color("text_faint"))
    for band, text in ((room.attention, attention), (room.blinks, blinks)):
        field = QRectF(0, band.center().y() - 9, band.left() - theme.px(8), 18)
        painter.drawText(field, RIGHT, text)


def areas(painter: QPainter, room: Room, curve: Curve, strong: str) -> None:
    """Draw the expressions one above the other; *strong* is the one that is pointed at."""
    painter.setPen(Qt.PenStyle.NoPen)
    base, tall = room.plot.bottom(), room.plot.height()
    for piece in curve.pieces():
        xs = [room.x(t) for t in curve.times[piece].tolist()]
        if len(xs) == 1:
            xs, rows = [xs[0] - 1, xs[0] + 1], curve.mean[piece].repeat(2, axis=0)
        else:
            rows = curve.mean[piece]
        lower = [base] * len(xs)
        heights = rows.cumsum(axis=1).clip(0, 1)
        for number, label in enumerate(LABELS):
            upper = [base - tall * share for share in heights[:, number].tolist()]
            tint = colour(label)
            tint.setAlphaF(0.25 if strong and strong != label else 0.92)
            painter.setBrush(tint)
            painter.drawPolygon(_polygon(xs, upper, lower))
            lower = upper


def lines(painter: QPainter, room: Room, curve: Curve, strong: str) -> None:
    """Draw a line an expression, with the peaks that the mean of a pixel hides faintly."""
    base, tall = room.plot.bottom(), room.plot.height()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    order = sorted(enumerate(LABELS), key=lambda item: item[1] == strong)
    for number, label in order:
        for piece in curve.pieces():
            xs = [room.x(t) for t in curve.times[piece].tolist()]
            tint = colour(label)
            tint.setAlphaF(0.2 if strong and strong != label else 1.0)
            for values, wide, share in ((curve.peak, 1.0, 0.35), (curve.mean, 1.8, 1.0)):
                faint = QColor(tint)
                faint.setAlphaF(tint.alphaF() * share)
                painter.setPen(QPen(faint, theme.px(10) / 10 * wide))
                ys = [base - tall * value for value in values[piece, number].tolist()]
                painter.drawPolyline(
                    QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])
                )


def attention(painter: QPainter, room: Room, curve: Curve) -> None:
    """Draw how much of the time the person was attentive; hatched where it is unknown."""
    painter.setPen(Qt.PenStyle.NoPen)
    area = room.attention
    painter.setBrush(theme.color("track"))
    for piece in curve.pieces():
        xs = [room.x(t) for t in curve.times[piece].tolist()]
        wide = QRectF(xs[0], area.top(), max(xs[-1] - xs[0], 1.5), area.height())
        painter.setBrush(theme.color("track"))
        painter.drawRect(wide)
        shares = [0.0 if v != v else v for v in curve.attention[piece].tolist()]
        ys = [area.bottom() - area.height() * share for share in shares]
        painter.setBrush(theme.color("accent"))
        painter.drawPolygon(_polygon(xs, ys, [area.bottom()] * len(xs)))


def blinks(painter: QPainter, room: Room, times: Sequence[float], yawns: Sequence[float]) -> None:
    """Draw a tick a blink, and a dot a yawn."""
    painter.setPen(QPen(theme.color("text_muted"), 1.2))
    area = room.blinks
    for x in map(room.x, times):
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("warning"))
    for x in map(room.x, yawns):
        painter.drawEllipse(QPointF(x, area.center().y()), theme.px(4), theme.px(4))


def events(painter: QPainter, room: Room, marked: Sequence[Event]) -> None:
    """Draw the marks as flags; their names where there is room up to the next."""
    painter.setFont(theme.font(12))
    metrics = painter.fontMetrics()
    shown = [event for event in marked if room.start <= event.time <= room.end]
    ends = [*(room.x(event.time) for event in shown), room.plot.right() + theme.px(10)][1:]
    for event, end in zip(shown, ends, strict=True):
        x, tint = room.x(event.time), QColor(event.colour)
        painter.setPen(QPen(tint, theme.px(2)))
        painter.drawLine(QPointF(x, theme.px(4)), QPointF(x, room.blinks.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawPolygon(_flag(x))
        wide = end - x - theme.px(18)
        if wide > theme.px(16):
            painter.setPen(theme.color("text"))
            text = metrics.elidedText(event.label, Qt.TextElideMode.ElideRight, int(wide))
            painter.drawText(QRectF(x + theme.px(13), 0, wide, room.flags.height()), LEFT, text)


def cursor(painter: QPainter, room: Room, seconds: float) -> None:
    """Draw the line of the moment that is looked at."""
    if not room.start <= seconds <= room.end:
        return
    x = room.x(seconds)
    painter.setPen(QPen(theme.color("text"), theme.px(2)))
    painter.drawLine(QPointF(x, room.flags.bottom() - 4), QPointF(x, room.axis.top()))
    painter.setBrush(theme.color("text"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(x, room.axis.top()), theme.px(4), theme.px(4))


def note(
    painter: QPainter, room: Room, x: float, rows: Sequence[tuple[str, QColor | None]]
) -> None:
    """Draw words beside the pointer at *x*, each with a dot of its colour."""
    painter.setFont(theme.font(12))
    metrics = painter.fontMetrics()
    line, pad, dot = theme.px(18), theme.px(8), theme.px(8)
    wide = max(metrics.horizontalAdvance(text) for text, _ in rows) + 2 * pad + dot + theme.px(6)
    box = QRectF(x + theme.px(12), room.plot.top() + theme.px(6), wide, line * len(rows) + pad)
    if box.right() > room.plot.right():
        box.moveRight(x - theme.px(12))
    painter.setPen(theme.color("border_strong"))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, theme.px(6), theme.px(6))
    for number, (text, tint) in enumerate(rows):
        top = box.top() + pad / 2 + number * line
        if tint is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawEllipse(
                QPointF(box.left() + pad + dot / 2, top + line / 2), dot / 2, dot / 2
            )
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(box.left() + pad + dot + theme.px(6), top, wide, line), LEFT, text)


LOOKS: dict[str, Callable[[QPainter, Room, Curve, str], None]] = {"areas": areas, "lines": lines}


def _polygon(xs: list[float], upper: list[float], lower: list[float]) -> QPolygonF:
    there = [QPointF(x, y) for x, y in zip(xs, upper, strict=True)]
    back = [QPointF(x, y) for x, y in zip(reversed(xs), reversed(lower), strict=True)]
    return QPolygonF(there + back)


def _flag(x: float) -> QPolygonF:
    top, tall = theme.px(4), theme.px(11)
    return QPolygonF([QPointF(x, top), QPointF(x + tall, top + tall / 2), QPointF(x, top + tall)])
