"""Uses every tab of the real window once, as a person would, and looks at the memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PATIENCE = 120.0
"""Seconds for one tab to answer."""


def probe(idle: float = 2.0) -> dict[str, float]:
    """Open the window, let each tab answer one input, and return the resident bytes.

    Args:
        idle: seconds that the window then stands untouched.

    Raises:
        RuntimeError: a tab did not answer.
    """
    import psutil
    from PySide6.QtWidgets import QApplication

    from desktop.app.application import Application

    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        running = Application(app, Path(folder) / "log.txt")
        window = running.window
        window.show()
        library = running.context.library

        def answered(domain: str) -> Callable[[], bool]:
            return lambda: bool(library.history(domain, 1))

        for index, spec in enumerate(window.specs):
            window.navigation.buttons()[index].click()
            if spec.key == "emotions":
                running.context.signals.text_handed.emit(spec.key, "오늘은 정말 행복한 날이었다")
                _wait(answered(spec.key), spec.key)
                continue
            if spec.key == "chat":
                _say(window, "오늘은 정말 행복한 날이었다")
                _wait(answered(spec.key), spec.key)
                continue
            given = _input(spec.key, Path(folder))
            if given is not None:
                window.open_paths([given])
                _wait(answered(spec.key), spec.key)
        end = time.monotonic() + idle
        _wait(lambda: time.monotonic() > end, "the end")
        resident = psutil.Process().memory_info().rss
        window.close()
        running.close()
    return {"bytes": float(resident)}


def _say(window: QWidget, text: str) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    line = window.findChild(QLineEdit, "chatInput")
    button = window.findChild(QAbstractButton, "chatSend")
    if line is None or button is None:
        raise RuntimeError("the chat has no line or no button")
    line.setText(text)
    button.click()


def _input(tab: str, folder: Path) -> Path | None:
    """Return a file for the tab to open; None for the tab that opens none."""
    from engine.core import paths
    from tests.benchmarks.texts import reviews

    samples = paths.resources_dir() / "samples"
    if tab == "reviews":
        table = folder / "reviews.txt"
        table.write_text("\n".join(reviews(200)[0]), encoding="utf-8")
        return table
    name = {"faces": "face.jpg", "digits": "digit-5.png", "comments": "face.jpg"}.get(tab)
    return samples / name if name else None


def _wait(ready: Callable[[], bool], what: str) -> None:
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"no answer from {what} in {PATIENCE:g} s")
        QCoreApplication.processEvents()
        time.sleep(0.01)
