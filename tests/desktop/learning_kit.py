"""What the tests of the learning tab draw, press and read."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.digits.tab import DigitsTab
from desktop.tabs.learning.tab import LearningTab
from desktop.widgets.canvas import Canvas
from engine import digits
from engine.media.images import encode_png
from tests.desktop.pen import draw_path
from tests.engine.digit_drawings import STROKES, drawn
from tests.engine.digit_drawings import Path as Line

SECONDS = 120_000  # patience in ms; nothing is timed

SIGN: Line = [(0.3, 0.3), (0.7, 0.3), (0.7, 0.55), (0.3, 0.55), (0.3, 0.3), (0.3, 0.8), (0.6, 0.8)]
"""A sign that is no digit, so that the user may decide what it shall mean."""


def child(tab: QWidget, name: str) -> QWidget:
    found = tab.findChild(QWidget, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, tab: QWidget, name: str) -> None:
    button = child(tab, name)
    assert button.isVisible() and button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def rows(tab: LearningTab, name: str = "learningCorrections") -> list[str]:
    found = child(tab, name)
    assert isinstance(found, QListWidget)
    return [found.item(index).text() for index in range(found.count())]


def retrain(qtbot: QtBot, tab: LearningTab) -> None:
    click(qtbot, tab, "learningRetrain")
    assert tab.job_bar.isVisible() and not child(tab, "learningRetrain").isEnabled()
    qtbot.waitUntil(lambda: tab._job is None, timeout=SECONDS)


def add_digit(context: AppContext, image: np.ndarray, label: str) -> None:
    result = digits.predict(image)
    preview = encode_png(np.repeat(result.prepared[:, :, None], 3, axis=2))
    context.library.add_correction(
        "digits", result.payload, result.label, label, result.model, preview
    )


def add_signs(context: AppContext, count: int = 3) -> str:
    """Store the sign, drawn in several ways, as another digit than it is taken for."""
    answer = digits.predict(sign(0)).label
    wanted = "4" if answer != "4" else "9"
    for number in range(count):
        add_digit(context, sign(number), wanted)
    return wanted


def sign(number: int) -> np.ndarray:
    STROKES["sign"] = [[(x + 0.012 * number * y, y) for x, y in SIGN]]
    try:
        return drawn("sign", width=16 + number)
    finally:
        del STROKES["sign"]


def draw_sign(qtbot: QtBot, tab: DigitsTab, number: int) -> str:
    """Draw the sign on the canvas, wait for its answer, and return it."""
    canvas = tab.findChild(Canvas, "digitCanvas")
    assert canvas is not None
    canvas.clear()
    qtbot.waitUntil(lambda: tab._panel.result is None, timeout=SECONDS)
    draw_path(qtbot, canvas, [(x + 0.012 * number * y, y) for x, y in SIGN])
    qtbot.waitUntil(
        lambda: tab._panel.result is not None and not tab._live.busy and not tab._frame.isActive(),
        timeout=SECONDS,
    )
    return tab._panel.answer.text()
