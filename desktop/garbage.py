"""Python's cyclic garbage, collected without the window standing still.

A full collection looks at every container that lives. With the engines loaded that takes some
50 ms, every few seconds while a camera runs, and nothing else may run meanwhile. So what has
survived a slow one is set aside (``gc.freeze``), and looked at again only now and then.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

SLOW_SECONDS = 0.005
"""A collection that takes longer could be seen: a screen of 60 Hz is painted every 17 ms."""

EVERYTHING_MS = 5 * 60 * 1000
"""How often what was set aside is looked at again, so that no cycle in it stays for ever."""


class Garbage(QObject):
    """Sets aside what survives slow collections, from :meth:`start` to :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._began = 0.0
        self._timer = QTimer(self, interval=EVERYTHING_MS)
        self._timer.timeout.connect(self.collect_everything)

    def start(self) -> None:
        """Collect automatically from now on; what lives now is set aside at once.

        Safe to call twice: a window in another language is another first drawing.
        """
        gc.enable()
        if self._collecting in gc.callbacks:
            return
        gc.freeze()
        gc.callbacks.append(self._collecting)
        self._timer.start()

    def stop(self) -> None:
        """Collect as Python does; safe to call twice, and before :meth:`start`."""
        self._timer.stop()
        if self._collecting in gc.callbacks:
            gc.callbacks.remove(self._collecting)
            gc.unfreeze()

    def collect_everything(self) -> None:
        """Collect what was set aside too, and set aside what is left."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _collecting(self, phase: str, info: dict[str, int]) -> None:
        """Python is about to collect, or has just done so, in whichever thread."""
        if info["generation"] < 2:
            return
        if phase == "start":
            self._began = time.perf_counter()
        elif time.perf_counter() - self._began > SLOW_SECONDS:
            gc.freeze()
