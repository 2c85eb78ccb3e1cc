"""The drawing canvas under mouse, pen, finger and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.canvas import SHEET, THICKEST, THINNEST, Canvas
from tests.desktop.pen import draw_digit, draw_path, place

DIAGONAL = [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)]


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    made = Canvas("그려 주세요")
    qtbot.addWidget(made)
    made.resize(400, 320)
    made.show()
    made.setFocus()
    return made


def ink(canvas: Canvas) -> int:
    return int((canvas.to_array() < 128).sum())


def test_a_stroke_becomes_smooth_black_ink_on_white(qtbot: QtBot, canvas: Canvas) -> None:
    assert canvas.is_empty and (canvas.to_array() == 255).all()
    with qtbot.waitSignals([canvas.changed, canvas.history_changed]):
        draw_path(qtbot, canvas, DIAGONAL)
    image = canvas.to_array()
    assert image.shape == (SHEET, SHEET) and image.dtype == np.uint8
    assert image[140, 140] == 0 and image[140, 30] == 255
    assert len(np.unique(image)) > 10  # soft edges
    assert len(canvas.strokes) == 1 and canvas.can_undo


def test_the_drawing_follows_the_pen_before_it_is_lifted(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, 0.3, 0.3))
    before = ink(canvas)
    assert before > 0  # a tap leaves a dot
    with qtbot.waitSignal(canvas.changed):
        qtbot.mouseMove(canvas, place(canvas, 0.6, 0.3))
    assert ink(canvas) > before and not canvas.can_undo


def test_undo_redo_and_clear_are_steps(qtbot: QtBot, canvas: Canvas) -> None:
    draw_digit(qtbot, canvas, "4")
    assert len(canvas.strokes) == 2
    canvas.undo()
    assert len(canvas.strokes) == 1 and canvas.can_redo
    canvas.redo()
    assert len(canvas.strokes) == 2
    canvas.clear()
    assert canvas.is_empty
    canvas.undo()
    assert len(canvas.strokes) == 2  # the clearing is taken back
    canvas.undo()
    draw_path(qtbot, canvas, DIAGONAL)
    assert not canvas.can_redo
    for _ in range(5):
        canvas.undo()
    assert canvas.is_empty and not canvas.can_undo


def test_keys(qtbot: QtBot, canvas: Canvas) -> None:
    draw_digit(qtbot, canvas, "4")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control)
    assert len(canvas.strokes) == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Y, control)
    assert len(canvas.strokes) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control)
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert len(canvas.strokes) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.is_empty
    width = canvas.thickness
    qtbot.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert canvas.thickness == width + 2
    qtbot.keyClick(canvas, Qt.Key.Key_BracketLeft)
    qtbot.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert canvas.thickness == width - 2


def test_thickness_is_bounded_and_seen(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.set_thickness(0)
    assert canvas.thickness == THINNEST
    draw_path(qtbot, canvas, DIAGONAL)
    thin = ink(canvas)
    canvas.clear()
    canvas.set_thickness(1000)
    assert canvas.thickness == THICKEST
    draw_path(qtbot, canvas, DIAGONAL)
    assert ink(canvas) > 3 * thin


def test_the_right_button_draws_nothing(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.RightButton, pos=place(canvas, 0.3, 0.3))
    qtbot.mouseMove(canvas, place(canvas, 0.6, 0.3))
    qtbot.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=place(canvas, 0.6, 0.3))
    assert canvas.is_empty


def test_strokes_beyond_the_edge_stay_on_the_sheet(qtbot: QtBot, canvas: Canvas) -> None:
    draw_path(qtbot, canvas, [(0.5, 0.5), (1.6, 0.5), (-0.7, 0.9)])
    points = canvas.strokes[0].points
    assert all(0 <= value <= 1 for point in points for value in point[:2])


def test_the_drawing_keeps_its_shape_when_the_window_grows(qtbot: QtBot, canvas: Canvas) -> None:
    draw_digit(qtbot, canvas, "5")
    before = canvas.to_array()
    canvas.resize(700, 900)
    qtbot.waitUntil(lambda: canvas.width() == 700)
    np.testing.assert_array_equal(canvas.to_array(), before)
    assert not canvas.grab().isNull()


def _pen(canvas: Canvas, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    spot = QPointF(place(canvas, x, y))
    down = Qt.MouseButton.NoButton if pressure == 0 else Qt.MouseButton.LeftButton
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    event = QTabletEvent(
        kind, device, spot, QPointF(canvas.mapToGlobal(spot)), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, down,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def _pen_line(canvas: Canvas, pressures: tuple[float, float, float]) -> int:
    canvas.clear()
    _pen(canvas, QEvent.Type.TabletPress, 0.2, 0.5, pressures[0])
    _pen(canvas, QEvent.Type.TabletMove, 0.5, 0.5, pressures[1])
    _pen(canvas, QEvent.Type.TabletMove, 0.8, 0.5, pressures[2])
    _pen(canvas, QEvent.Type.TabletRelease, 0.8, 0.5, 0.0)
    return ink(canvas)


def test_a_pen_draws_as_thick_as_it_is_pressed(canvas: Canvas) -> None:
    light, firm = _pen_line(canvas, (0.1, 0.1, 0.1)), _pen_line(canvas, (0.9, 0.9, 0.9))
    swelling = _pen_line(canvas, (0.1, 0.5, 0.9))
    assert light < swelling < firm
    assert len(canvas.strokes) == 1 and canvas.can_undo


def test_a_hovering_pen_draws_nothing(canvas: Canvas) -> None:
    _pen(canvas, QEvent.Type.TabletMove, 0.5, 0.5, 0.0)
    assert canvas.is_empty


def test_a_finger_draws_and_a_second_one_does_not_disturb(qtbot: QtBot, canvas: Canvas) -> None:
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(canvas, device)
    touch.press(0, place(canvas, 0.2, 0.2), canvas).commit()
    touch.move(0, place(canvas, 0.5, 0.5), canvas).commit()
    touch.stationary(0).press(1, place(canvas, 0.9, 0.1), canvas).commit()
    touch.move(0, place(canvas, 0.8, 0.8), canvas).stationary(1).commit()
    touch.release(0, place(canvas, 0.8, 0.8), canvas).release(
        1, place(canvas, 0.9, 0.1), canvas
    ).commit()
    assert len(canvas.strokes) == 1
    assert canvas.to_array()[140, 140] == 0 and canvas.to_array()[28, 252] == 255
