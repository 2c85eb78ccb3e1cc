"""The running application: logging, language, theme, the window, and its end."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.app import i18n, logs
from desktop.app import settings as keys
from desktop.app.context import AppContext, make_context
from desktop.shell.tabs import TABS, TabSpec
from desktop.shell.window import MainWindow
from desktop.theme import fonts

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


QUIT_AFTER_PAINT = "--quit-after-paint"
"""End after the first drawing: what the start-up benchmark runs."""


class Application(QObject):
    """Holds the services and the window; builds the window anew for another language."""

    def __init__(self, app: QApplication, log_path: Path, specs: Sequence[TabSpec] = TABS) -> None:
        super().__init__()
        self._app = app
        self._log_path = log_path
        self._specs = specs
        self.context: AppContext = make_context()
        app.setStyle("Fusion")
        settings = self.context.settings
        i18n.install(app, self.context.language)
        theme.apply(app, settings.get(keys.THEME), settings.get(keys.ZOOM))
        theme.follow_system(app)
        self._garbage = Garbage(self)
        self.net = logs.ExceptionNet()
        self.net.install()
        self.window = self._make_window()
        self.net.caught.connect(lambda error: self.window.show_unexpected(error))

    def close(self) -> None:
        """End everything that runs; called when the event loop is left."""
        self._garbage.stop()
        self.context.close()
        self.net.remove()

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.context, self._specs, self._log_path)
        window.painted.connect(self._after_first_paint)
        window.language_chosen.connect(self._change_language)
        return window

    def _after_first_paint(self) -> None:
        self._garbage.start()
        fonts.add_emoji()
        i18n.install_qt(self._app, self.context.language)

    def _change_language(self, language: str) -> None:
        """Replace the window by one in *language*, in the same place and showing the same."""
        old = self.window
        states = old.states()
        self._app.setQuitOnLastWindowClosed(False)
        old.close()
        self.context.language = language
        i18n.install(self._app, language)
        self.window = self._make_window()
        self.window.restore(states)
        self.window.show()
        self._app.setQuitOnLastWindowClosed(True)
        old.deleteLater()


def run(arguments: Sequence[str]) -> NoReturn:
    """Open the window with the files of *arguments*; the process ends when it is closed."""
    quit_after_paint = QUIT_AFTER_PAINT in arguments
    files = [Path(name) for name in arguments if name != QUIT_AFTER_PAINT]
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("maumgyeol")
    app.setApplicationDisplayName("마음결")
    app.setDesktopFileName("maumgyeol")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends the program
    running = Application(app, logs.start())
    if quit_after_paint:
        running.window.painted.connect(app.quit)
    elif files:
        QTimer.singleShot(0, lambda: running.window.open_paths(files))
    running.window.show()
    status = app.exec()
    running.close()
    _leave(status)


def _leave(status: int) -> NoReturn:
    """End the process at once; all that is to be kept has been written.

    A worker may still be inside a native library (a model being loaded). Python's own way
    out would tear the library down below it, which crashes now and then.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a windowed build on Windows has none
            stream.flush()
    os._exit(status)
