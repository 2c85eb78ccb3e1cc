"""The timeline of a session: one person's expressions, to be zoomed, pointed at, scrubbed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.names import EXPRESSIONS, dot
from desktop.tabs.faces.sessions import paint
from desktop.tabs.faces.sessions.paint import Room, colour
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Label
from engine.faces import LABELS
from engine.faces.overlay.layers import colour as person_colour
from engine.faces.sessions.chart import clock
from engine.faces.sessions.session import Event, Session, Track


class Legend(QWidget):
    """A list of persons and a name an expression, which stands out while it is pointed at.

    Signals:
        chosen(int): number of the person whose line is to be shown.
        pointed(str): expression that is to stand out; empty for none.
    """

    chosen = Signal(int)
    pointed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = ""
        self._persons = QComboBox()
        self._persons.setObjectName("sessionPerson")
        self._persons.setAccessibleName(self.tr("누구의 시간 흐름인지"))
        self._persons.activated.connect(
            lambda row: self.chosen.emit(int(self._persons.itemData(row)))
        )
        self._none = Label(self.tr("이 세션에는 얼굴이 나오지 않아요."), "muted")
        names = QWidget()
        flow = FlowLayout(names)
        self._names: dict[str, _Name] = {}
        for label in LABELS:
            name = _Name(context.say(EXPRESSIONS[label]), label)
            name.setObjectName(f"sessionShow{LABELS.index(label)}")
            name.pointed.connect(lambda on, text=label: self._point(text if on else ""))
            name.toggled.connect(lambda on, text=label: self._hold(text if on else ""))
            flow.addWidget(name)
            self._names[label] = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._persons)
        row.addWidget(self._none)
        row.addWidget(names, 1)
        theme.notifier().changed.connect(self._draw)
        self._draw()

    def show_persons(self, persons: Sequence[int], current: int) -> None:
        """List the persons of another session."""
        self._persons.clear()
        for person in persons:
            text = self.tr("사람 {n}").format(n=person)
            self._persons.addItem(dot(person_colour(person)), text, person)
        self._persons.setVisible(bool(persons))
        self._none.setVisible(not persons)
        self.set_person(current)

    def set_person(self, person: int) -> None:
        """Show who is chosen, without telling."""
        self._persons.setCurrentIndex(self._persons.findData(person))

    def _point(self, label: str) -> None:
        self.pointed.emit(label or self._held)

    def _hold(self, label: str) -> None:
        self._held = label
        for other, name in self._names.items():
            if other != label and name.isChecked():
                name.blockSignals(True)
                name.setChecked(False)
                name.blockSignals(False)
        self.pointed.emit(label)

    def _draw(self) -> None:
        for label, name in self._names.items():
            tint = colour(label)
            name.setIcon(dot((tint.blue(), tint.green(), tint.red())))


class _Name(QPushButton):
    """``pointed(bool)``: the pointer has come, or gone."""

    pointed = Signal(bool)

    def __init__(self, text: str, label: str) -> None:
        super().__init__(text)
        self.label = label
        self.setProperty("role", "quiet")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setStyleSheet("padding: 3px 6px; min-width: 0;")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell of the pointer."""
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it has gone."""
        self.pointed.emit(False)
        super().leaveEvent(event)


# ----------------------------------------------------------------------------------------
# What a timeline shows: part of a session, one person, cursor, marks, and the read-out.

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


class Timeline(Canvas):
    """Takes the user's mouse and keys.

    Arrow keys move by a sample (with Shift: 5 s), Home and End to the ends, + and - zoom, 0
    shows all, Space plays, M marks. The wheel zooms, with Shift it moves.

    Signals:
        moved(float): the user has put the cursor to that second.
        play_asked(): space.
        mark_asked(float): mark that second.
    """

    moved = Signal(float)
    play_asked = Signal()
    mark_asked = Signal(float)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("sessionTimeline")
        self.setAccessibleName(self.tr("세션의 시간 흐름"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self._room().seconds(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out what is pointed at; scrub while the button is held."""
        self._hover = self._room().seconds(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(self._hover)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Mark that moment."""
        self.mark_asked.emit(self._room().seconds(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._hover = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer, or move along."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not event.angleDelta().y():
            step = -turned / 1200 * (self._end - self._start)
            self.show_part(self._start + step, self._end + step)
        else:
            self.zoom_by(1.25 ** (turned / 120), self._room().seconds(event.position().x()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, play and mark by keys."""
        key, wide = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1, wide)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0.0 if key == Qt.Key.Key_Home else self._duration)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(0.8 if key == Qt.Key.Key_Minus else 1.25)
        elif key == Qt.Key.Key_0:
            self.show_part(0.0, self._duration)
        elif key == Qt.Key.Key_Space:
            self.play_asked.emit()
        elif key == Qt.Key.Key_M:
            self.mark_asked.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def _step(self, way: int, wide: bool) -> None:
        if self._session is None or not len(self._session.times):
            return
        times = self._session.times
        ms = round(self._cursor * 1000)
        place = int(times.searchsorted(ms, side="right" if way > 0 else "left"))
        place = min(max(place if way > 0 else place - 1, 0), len(times) - 1)
        self._go(self._cursor + 5.0 * way if wide else float(times[place]) / 1000)

    def _go(self, seconds: float) -> None:
        self.set_cursor(seconds)
        self.moved.emit(self._cursor)
