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

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHEET = 280
"""Side of the sheet that pen widths are named on, and of the picture handed on."""

_MAX_UNDO = 200


class Point(NamedTuple):
    """A place on the sheet, 0..1 from left and top, and the pen's pressure, 0..1."""

    x: float
    y: float
    pressure: float = 0.5


@dataclass(frozen=True)
class Stroke:
    """One line from pen down to pen up; *width* at pressure 0.5, as a fraction of the side."""

    points: tuple[Point, ...]
    width: float


class Drawing:
    """What is on a sheet: finished strokes, the one under way, and the way back."""

    def __init__(self) -> None:
        self.strokes: tuple[Stroke, ...] = ()
        self._points: list[Point] = []
        self._width = 0.0
        self._undo: list[tuple[Stroke, ...]] = []
        self._redo: list[tuple[Stroke, ...]] = []

    @property
    def current(self) -> Stroke | None:
        """The stroke under way."""
        return Stroke(tuple(self._points), self._width) if self._points else None

    @property
    def all_strokes(self) -> tuple[Stroke, ...]:
        """Every stroke, the one under way included."""
        current = self.current
        return self.strokes if current is None else (*self.strokes, current)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone change to make again."""
        return bool(self._redo)

    def begin(self, point: Point, width: float) -> None:
        """Put the pen down."""
        self.finish()
        self._width = width
        self._points = [_inside(point)]

    def move(self, point: Point) -> bool:
        """Draw on; returns whether anything is new."""
        point = _inside(point)
        if not self._points or self._points[-1] == point:
            return False
        self._points.append(point)
        return True

    def finish(self) -> bool:
        """Lift the pen; returns whether it was down."""
        current, self._points = self.current, []
        if current is not None:
            self._change((*self.strokes, current))
        return current is not None

    def abandon(self) -> None:
        """Forget the stroke under way."""
        self._points = []

    def undo(self) -> bool:
        """Take back the last change; returns whether there was one."""
        self.finish()
        if not self._undo:
            return False
        self._redo.append(self.strokes)
        self.strokes = self._undo.pop()
        return True

    def redo(self) -> bool:
        """Make the change again that was taken back last; returns whether there was one."""
        if not self._redo:
            return False
        self._undo.append(self.strokes)
        self.strokes = self._redo.pop()
        return True

    def clear(self) -> bool:
        """Take a new sheet, which can be undone; returns whether there was anything on it."""
        self.finish()
        if self.strokes:
            self._change(())
            return True
        return False

    def _change(self, strokes: tuple[Stroke, ...]) -> None:
        self._undo = [*self._undo[-_MAX_UNDO:], self.strokes]
        self._redo = []
        self.strokes = strokes


def _inside(point: Point) -> Point:
    x, y = (min(max(value, 0.0), 1.0) for value in (point.x, point.y))
    return Point(x, y, min(max(point.pressure, 0.0), 1.0))


def draw_stroke(painter: QPainter, stroke: Stroke, side: float, colour: QColor) -> None:
    """Draw *stroke* on a sheet of *side* units: curves through the middles of its points."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = [QPointF(point.x * side, point.y * side) for point in stroke.points]
    pressures = [point.pressure for point in stroke.points]
    if max(pressures) - min(pressures) < 0.02:
        path = QPainterPath(points[0])
        for curve in _curves(points):
            path.quadTo(curve[1], curve[2])
        _draw(painter, path, _width(stroke, side, pressures[0]), colour)
        return
    for (start, middle, end), pressure in zip(_curves(points), pressures, strict=True):
        path = QPainterPath(start)
        path.quadTo(middle, end)
        _draw(painter, path, _width(stroke, side, pressure), colour)


def _curves(points: list[QPointF]) -> list[tuple[QPointF, QPointF, QPointF]]:
    """Return a quadratic curve (start, control, end) for each point; they join smoothly."""
    first, last = points[0], points[-1]
    if len(points) == 1:  # a tap leaves a dot: a line of no length has round ends
        return [(first, first, first + QPointF(0.01, 0))]
    middles = [(a + b) / 2 for a, b in itertools.pairwise(points)]
    starts, ends = [first, *middles], [*middles, last]
    return list(zip(starts, points, ends, strict=True))


def _width(stroke: Stroke, side: float, pressure: float) -> float:
    return stroke.width * side * (0.4 + 1.2 * pressure)


def _draw(painter: QPainter, path: QPainterPath, width: float, colour: QColor) -> None:
    round_ends, round_joins = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, round_ends, round_joins))
    painter.drawPath(path)


# ----------------------------------------------------------------------------------------
# A square sheet that shows a drawing: paper, hint, smooth ink; sharp on every screen.
#
# Use :class:`desktop.widgets.canvas.Canvas` to draw on it.


class Sheet(QWidget):
    """Shows ``drawing``; call :meth:`redraw` after a finished stroke has come or gone."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = Drawing()
        self._hint = hint
        self._layer: QImage | None = None
        self.setAccessibleName(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(220), theme.px(220))
        theme.notifier().changed.connect(self.redraw)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn."""
        return self.drawing.all_strokes

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self.drawing.all_strokes

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything anew at the new size."""
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, hint, finished strokes and the stroke under way."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self.area()
        _draw_paper(painter, sheet, self.hasFocus())
        if self.is_empty:
            _draw_hint(painter, sheet, self._hint)
            return
        painter.drawImage(sheet.topLeft(), self._finished())
        current = self.drawing.current
        if current is not None:
            painter.setClipRect(sheet)
            painter.translate(sheet.topLeft())
            draw_stroke(painter, current, sheet.width(), theme.color("ink"))

    def area(self) -> QRectF:
        """Return the square that is drawn on, in widget coordinates."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _finished(self) -> QImage:
        """Return the finished strokes at the screen's resolution, drawn once."""
        if self._layer is None:
            ratio, side = self.devicePixelRatioF(), self.area().width()
            pixels = max(1, round(side * ratio))
            layer = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
            layer.setDevicePixelRatio(ratio)
            layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(layer)
            for stroke in self.drawing.strokes:
                draw_stroke(painter, stroke, side, theme.color("ink"))
            painter.end()
            self._layer = layer
        return self._layer

    def redraw(self) -> None:
        """Draw the finished strokes anew."""
        self._layer = None
        self.update()


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
