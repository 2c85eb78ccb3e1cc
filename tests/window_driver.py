"""The real window on a data folder of its own, with hands that type, draw, press and wait."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.application import Application
from desktop.shell.window import MainWindow
from desktop.widgets.notices import Banner

PATIENCE = 90.0
"""Seconds that a tab may be busy."""

W = TypeVar("W", bound=QWidget)


class Stage:
    """A window on an empty data folder, with hands that type, draw, press and wait."""

    def __init__(self, app: QApplication, folder: Path, size: tuple[int, int]) -> None:
        os.environ["MAUMGYEOL_DATA"] = str(folder)
        self.running = Application(app, folder / "maumgyeol.log")
        self.window: MainWindow = self.running.window
        self.window.resize(*size)
        self.window.show()
        self.wait(0.3)

    def close(self) -> None:
        """Close the window and end what runs."""
        self.window.close()
        self.running.close()

    def show(self, key: str) -> None:
        """Go to a tab."""
        index = self.window.tabs.index_of(key)
        if index is None:
            raise LookupError(f"there is no tab {key!r}")
        self.window.navigation.buttons()[index].click()
        self.settle()

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget called *name* of the current tab."""
        found = self.window.tabs.tab(self.window.tabs.current).findChild(kind, name)
        if found is None:
            raise LookupError(f"the tab has no {kind.__name__} called {name!r}")
        return found

    def draw(self, name: str, points: Sequence[tuple[float, float]]) -> None:
        """Draw a smooth stroke on a widget with the mouse; points in parts of its square."""
        sheet = self.find(QWidget, name)
        side = min(sheet.width(), sheet.height())
        corner = QPointF(sheet.width() - side, sheet.height() - side) / 2
        places = [corner + QPointF(x, y) * side for x, y in _smooth(points)]
        self._mouse(sheet, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            self._mouse(sheet, QEvent.Type.MouseMove, place)
        self._mouse(sheet, QEvent.Type.MouseButtonRelease, places[-1])

    def wait(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            flags = QEventLoop.ProcessEventsFlag.AllEvents
            QCoreApplication.processEvents(flags, 20)
            time.sleep(0.002)

    def settle(self) -> None:
        """Wait until nothing has run for a moment.

        Raises:
            TimeoutError: something runs on and on.
        """
        end, quiet = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() - quiet < 0.5:
            self.wait(0.02)
            if self.running.context.workers.busy:
                quiet = time.monotonic()
            if time.monotonic() > end:
                raise TimeoutError(f"a tab was still busy after {PATIENCE:g} s")

    def check(self) -> None:
        """Raise RuntimeError if the current tab shows an error."""
        for banner in self.window.tabs.tab(self.window.tabs.current).findChildren(Banner):
            if banner.kind == "error" and banner.text():
                raise RuntimeError(banner.text())

    def picture(self, theme: str) -> QPixmap:
        """Return the window as it looks in a theme."""
        self.window.set_theme(theme)
        self.wait(0.2)
        return self.window.grab()

    def _mouse(self, widget: QWidget, kind: QEvent.Type, place: QPointF) -> None:
        button = Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        cause = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        there = QPointF(widget.mapToGlobal(place))
        modifiers = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QMouseEvent(kind, place, there, cause, held, modifiers))


def _smooth(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points along the Catmull-Rom curve through *points*."""
    padded = [points[0], *points, points[-1]]
    made = [points[0]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(1, 9):
            t = step / 8
            made.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return made


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = 2 * a - 5 * b + 4 * c - d
    twist = 3 * b - a - 3 * c + d
    return 0.5 * (2 * b + (c - a) * t + bend * t * t + twist * t * t * t)
