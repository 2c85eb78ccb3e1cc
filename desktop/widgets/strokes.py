"""Strokes of a pen: points with pressure, what was undone, and the smooth line they make.

Coordinates and widths are fractions of the sheet's side, so that a drawing keeps its shape
when the window grows.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

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
