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
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.strokes import SHEET, Drawing, Point, Stroke, draw_stroke

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

THINNEST, THICKEST = 6, 40
_STEP = 2
_MOUSE = 0.5  # the pressure of what has none


class Canvas(QWidget):
    """The sheet; ``changed()``, ``history_changed()`` and ``thickness_changed(int)``."""

    changed = Signal()
    history_changed = Signal()
    thickness_changed = Signal(int)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._thickness = 18
        self._drawing = Drawing()
        self._layer: QImage | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(220), theme.px(220))
        theme.notifier().changed.connect(self._redraw)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn."""
        return self._drawing.all_strokes

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self._drawing.all_strokes

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._drawing.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone change to make again."""
        return self._drawing.can_redo

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
        self._tell(self._drawing.undo())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._tell(self._drawing.redo())

    def clear(self) -> None:
        """Take a new sheet; this can be undone."""
        self._tell(self._drawing.clear())

    def to_image(self, side: int = SHEET) -> QImage:
        """Return the drawing as black ink on white, grey, *side* pixels square."""
        image = QImage(side, side, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        for stroke in self.strokes:
            draw_stroke(painter, stroke, side, QColor(Qt.GlobalColor.black))
        painter.end()
        return image

    def to_array(self, side: int = SHEET) -> npt.NDArray[np.uint8]:
        """Return the drawing as (side, side) uint8, black ink on white."""
        import numpy as np

        image = self.to_image(side)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(side, image.bytesPerLine())
        return rows[:, :side].copy()

    def sizeHint(self) -> QSize:
        """Return a comfortable size; the layout may give more or less."""
        return QSize(theme.px(340), theme.px(340))

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything anew at the new size."""
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, hint, finished strokes and the stroke under way."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self._sheet()
        _draw_paper(painter, sheet, self.hasFocus())
        if self.is_empty:
            _draw_hint(painter, sheet, self._hint)
            return
        painter.drawImage(sheet.topLeft(), self._finished())
        current = self._drawing.current
        if current is not None:
            painter.setClipRect(sheet)
            painter.translate(sheet.topLeft())
            draw_stroke(painter, current, sheet.width(), theme.color("ink"))

    def _sheet(self) -> QRectF:
        """Return the square that is drawn on, in widget coordinates."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _finished(self) -> QImage:
        """Return the finished strokes at the screen's resolution, drawn once."""
        if self._layer is None:
            ratio, side = self.devicePixelRatioF(), self._sheet().width()
            pixels = max(1, round(side * ratio))
            layer = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
            layer.setDevicePixelRatio(ratio)
            layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(layer)
            for stroke in self._drawing.strokes:
                draw_stroke(painter, stroke, side, theme.color("ink"))
            painter.end()
            self._layer = layer
        return self._layer

    def _begin(self, place: QPointF, pressure: float) -> None:
        self._drawing.begin(self._point(place, pressure), self._thickness / SHEET)
        self._redraw()
        self.changed.emit()

    def _move(self, place: QPointF, pressure: float) -> None:
        if self._drawing.move(self._point(place, pressure)):
            self.update()
            self.changed.emit()

    def _finish(self) -> None:
        self._tell(self._drawing.finish())

    def _point(self, place: QPointF, pressure: float) -> Point:
        sheet = self._sheet()
        at = (place - sheet.topLeft()) / sheet.width()
        return Point(at.x(), at.y(), pressure)

    def _tell(self, changed: bool) -> None:
        if changed:
            self._redraw()
            self.history_changed.emit()
            self.changed.emit()

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    def _touch(self, event: QTouchEvent) -> None:
        """Draw with the first finger; further ones draw nothing."""
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self._drawing.abandon()
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


def _draw_paper(painter: QPainter, sheet: QRectF, focused: bool) -> None:
    radius = theme.px(12)
    painter.setPen(QPen(theme.color("focus" if focused else "border_strong"), 1.5))
    painter.setBrush(theme.color("paper"))
    painter.drawRoundedRect(sheet.adjusted(1, 1, -1, -1), radius, radius)


def _draw_hint(painter: QPainter, sheet: QRectF, text: str) -> None:
    inset = sheet.width() * 4 / 28  # the 20-pixel box in MNIST's field of 28
    box = sheet.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(theme.color("border"), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.px(10), theme.px(10))
    painter.setPen(theme.color("text_faint"))
    painter.setFont(theme.font(15))
    how = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(box.adjusted(8, 8, -8, -8), how, text)
