"""A hand that draws on a canvas with real mouse events."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.canvas import Canvas
from tests.engine.digit_drawings import STROKES, Path


def place(canvas: Canvas, x: float, y: float) -> QPoint:
    """Return where a point of the unit square lies on the widget."""
    area = canvas.area()
    return QPoint(round(area.x() + x * area.width()), round(area.y() + y * area.height()))


def draw_path(qtbot: QtBot, canvas: Canvas, path: Path) -> None:
    """Put the pen down, follow *path*, lift the pen."""
    points = [place(canvas, x, y) for x, y in path]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(canvas, point)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])


def draw_digit(qtbot: QtBot, canvas: Canvas, digit: str) -> None:
    """Draw a digit with all its strokes."""
    for path in STROKES[digit]:
        draw_path(qtbot, canvas, path)
