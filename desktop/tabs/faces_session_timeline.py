"""The timeline of a session: one person's expressions, to be zoomed, pointed at, scrubbed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.tabs.faces_session_canvas import Canvas


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
