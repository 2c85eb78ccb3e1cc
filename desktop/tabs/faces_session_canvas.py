"""What a timeline shows: part of a session, one person, cursor, marks, and the read-out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs import faces_session_paint as paint
from desktop.tabs.faces_names import EXPRESSIONS
from desktop.tabs.faces_session_paint import Room
from engine.faces import LABELS
from engine.faces.session import Event, Session
from engine.faces.session_axis import clock
from engine.faces.session_track import Track

CLOSEST = 0.5
"""Seconds that are shown at the highest zoom."""

MOST = 1200
"""Points that are drawn at most, a little under a pixel each."""


class Canvas(QWidget):
    """Paints what can be seen once, and the cursor over it; a million samples are no slower.

    Signals:
        shown(float, float): another part is shown.
    """

    shown = Signal(float, float)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session: Session | None = None
        self._track: Track | None = None
        self._events: tuple[Event, ...] = ()
        self._start = self._end = self._duration = self._cursor = 0.0
        self._hover: float | None = None
        self._strong, self._look = "", "areas"
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self._renew)

    @property
    def cursor_time(self) -> float:
        """Second at which the cursor stands."""
        return self._cursor

    @property
    def part(self) -> tuple[float, float]:
        """First and last second that are shown."""
        return self._start, self._end

    @property
    def track(self) -> Track | None:
        """Whose line is shown."""
        return self._track

    def show_session(self, session: Session) -> None:
        """Show a session from its start to its end."""
        self._session, self._duration = session, max(session.duration, 1e-3)
        self._events, self._cursor, self._hover = session.events, 0.0, None
        self._track = None
        self.show_part(0.0, self._duration)

    def show_track(self, track: Track | None) -> None:
        """Show another person."""
        self._track = track
        self._renew()

    def show_events(self, events: tuple[Event, ...]) -> None:
        """Show other marks."""
        self._events = events
        self._renew()

    def set_look(self, look: str) -> None:
        """Draw ``areas`` or ``lines``."""
        self._look = look
        self._renew()

    def set_strong(self, label: str) -> None:
        """Let one expression stand out, or ("") none."""
        self._strong = label
        self._renew()

    def set_cursor(self, seconds: float) -> None:
        """Put the cursor to a time, and scroll there."""
        self._cursor = min(max(seconds, 0.0), self._duration)
        span = self._end - self._start
        if not self._start <= self._cursor <= self._end:
            self.show_part(self._cursor - 0.1 * span, self._cursor + 0.9 * span)
        self.update()

    def show_part(self, start: float, end: float) -> None:
        """Show the seconds from *start* to *end*, as far as there are any."""
        span = min(max(end - start, min(CLOSEST, self._duration)), self._duration)
        self._start = min(max(start, 0.0), self._duration - span)
        self._end = self._start + span
        self._renew()
        self.shown.emit(self._start, self._end)

    def zoom_by(self, factor: float, around: float | None = None) -> None:
        """Show less (*factor* above 1) or more around a second."""
        around = self._cursor if around is None else around
        self.show_part(
            around - (around - self._start) / factor, around + (self._end - around) / factor
        )

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.px(640), theme.px(200))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which all can still be read."""
        return QSize(theme.px(280), theme.px(180))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, renewed only if something else is to be seen, and the cursor."""
        if self._session is None:
            return
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._picture)
        room = self._room()
        paint.cursor(painter, room, self._cursor)
        if self._hover is not None and self._track is not None:
            paint.note(painter, room, room.x(self._hover), self._said(self._hover))
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(6), theme.px(6))

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._room()
        paint.ground(painter, room)
        paint.names(painter, room, self.tr("주의"), self.tr("깜빡임"))
        track = self._track
        if track is not None:
            most = min(max(int(room.plot.width()), 2), MOST)
            part = (self._start, self._end, most)
            curve = track.curve(*part)
            painter.setClipRect(room.plot.adjusted(0, 0, 0, 60))
            paint.LOOKS[self._look](painter, room, curve, self._strong)
            paint.attention(painter, room, curve)
            ticks = [track.marks(times, *part).tolist() for times in (track.blinks, track.yawns)]
            paint.blinks(painter, room, *ticks)
            painter.setClipping(False)
        paint.events(painter, room, self._events)
        painter.end()
        return picture

    def _said(self, seconds: float) -> list[tuple[str, QColor | None]]:
        """Return the read-out of a moment."""
        rows: list[tuple[str, QColor | None]] = [(clock(seconds, tenths=True), None)]
        sample = self._track.near(seconds) if self._track else None
        if sample is None:
            return [*rows, (self.tr("화면에 없음"), None)]
        order = sorted(LABELS, key=lambda label: -sample.probabilities[label])[:3]
        for label in order:
            share = f"{sample.probabilities[label]:.0%}"
            name = self._context.say(EXPRESSIONS[label])
            rows.append((f"{name} {share}", paint.colour(label)))
        if sample.attentive is not None:
            said = self.tr("화면을 봄") if sample.attentive else self.tr("다른 데를 봄")
            rows.append((said, theme.color("accent" if sample.attentive else "track")))
        return rows

    def _room(self) -> Room:
        return Room.of(self.width(), self.height(), self._start, self._end)

    def _renew(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._renew()
