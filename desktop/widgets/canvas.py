"""A square sheet to draw on: mouse, pen with pressure, finger; undo, redo, clear.

Use::

    canvas = Canvas(self.tr("여기에 숫자를 그려 주세요"))
    canvas.changed.connect(self._read)            # while drawing, and after undo or clear
    canvas.history_changed.connect(self._update_buttons)   # can_undo, can_redo, is_empty
    canvas.set_thickness(18)                      # of a sheet of 280
    image = canvas.to_array()                     # (280, 280) uint8, black ink on white

Keys while it has the focus: Ctrl+Z undoes, Ctrl+Y or Ctrl+Shift+Z redoes, Delete clears,
[ and ] make the pen thinner and thicker.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.widgets.sheet import Sheet
from desktop.widgets.strokes import SHEET, Point

THINNEST, THICKEST = 6, 40
_STEP = 2
_MOUSE = 0.5  # the pressure of what has none


class Canvas(Sheet):
    """The sheet; ``changed()``, ``history_changed()`` and ``thickness_changed(int)``."""

    changed = Signal()
    history_changed = Signal()
    thickness_changed = Signal(int)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, parent)
        self._thickness = 18
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self.drawing.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone change to make again."""
        return self.drawing.can_redo

    @property
    def thickness(self) -> int:
        """The pen's width, on a sheet of 280."""
        return self._thickness

    def set_thickness(self, width: int) -> None:
        """Choose the pen's width for the next strokes, 6 to 40 on a sheet of 280."""
        width = min(max(int(width), THINNEST), THICKEST)
        if width != self._thickness:
            self._thickness = width
            self.thickness_changed.emit(width)

    def undo(self) -> None:
        """Take back the last stroke or the clearing."""
        self._tell(self.drawing.undo())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._tell(self.drawing.redo())

    def clear(self) -> None:
        """Take a new sheet; this can be undone."""
        self._tell(self.drawing.clear())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _MOUSE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position(), _MOUSE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen, as thick as it is pressed."""
        kind, pressure = event.type(), event.pressure()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position(), pressure)
        elif kind == QEvent.Type.TabletMove:
            self._move(event.position(), pressure)
        elif kind == QEvent.Type.TabletRelease:
            self._finish()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take touches, and keys that a menu would take otherwise."""
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._action(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, redo, clear, thinner, thicker."""
        action = self._action(event)
        if action is None:
            super().keyPressEvent(event)
            return
        action()

    def _begin(self, place: QPointF, pressure: float) -> None:
        self.drawing.begin(self._point(place, pressure), self._thickness / SHEET)
        self.redraw()
        self.changed.emit()

    def _move(self, place: QPointF, pressure: float) -> None:
        if self.drawing.move(self._point(place, pressure)):
            self.update()
            self.changed.emit()

    def _finish(self) -> None:
        self._tell(self.drawing.finish())

    def _point(self, place: QPointF, pressure: float) -> Point:
        sheet = self.area()
        at = (place - sheet.topLeft()) / sheet.width()
        return Point(at.x(), at.y(), pressure)

    def _tell(self, changed: bool) -> None:
        if changed:
            self.redraw()
            self.history_changed.emit()
            self.changed.emit()

    def _touch(self, event: QTouchEvent) -> None:
        """Draw with the first finger; further ones draw nothing."""
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self.drawing.abandon()
            self._tell(True)
            return
        first = event.points()[0]
        pressure = first.pressure() or _MOUSE
        if first.state() == QEventPoint.State.Pressed:
            self._begin(first.position(), pressure)
        elif first.state() == QEventPoint.State.Updated:
            self._move(first.position(), pressure)
        elif first.state() == QEventPoint.State.Released:
            self._finish()

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does here, ``None`` for other keys."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo
        control_y = event.keyCombination() == Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_Y
        if event.matches(QKeySequence.StandardKey.Redo) or control_y:
            return self.redo
        actions: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Delete: self.clear,
            Qt.Key.Key_Backspace: self.clear,
            Qt.Key.Key_BracketLeft: lambda: self.set_thickness(self._thickness - _STEP),
            Qt.Key.Key_BracketRight: lambda: self.set_thickness(self._thickness + _STEP),
        }
        return actions.get(event.key())
