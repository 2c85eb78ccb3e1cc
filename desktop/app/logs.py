"""The log file that a menu opens, and the net under every uncaught exception."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from engine.core import paths
from engine.core.errors import StorageError

log = logging.getLogger(__name__)

NAME = "maumgyeol.log"
MAX_BYTES = 1_000_000
KEPT = 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class RotatingFile(logging.FileHandler):
    """A log that moves aside when it is full: maumgyeol.log, .log.1, .log.2, …

    (``logging.handlers`` has one too, but brings sockets and pickle into the start.)
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a fresh file when this one is full."""
        if self.stream is not None and self.stream.tell() > MAX_BYTES:
            self.close()
            for number in range(KEPT, 0, -1):
                older = f"{self.baseFilename}.{number - 1}" if number > 1 else self.baseFilename
                if os.path.exists(older):
                    os.replace(older, f"{self.baseFilename}.{number}")
            self.stream = self._open()
        super().emit(record)


def start() -> Path:
    """Write logs to a rotating file and return it.

    It lies in the data folder, or in the temporary folder when that cannot be written.
    """
    handler = _handler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return Path(handler.baseFilename)


def _handler() -> RotatingFile:
    try:
        return RotatingFile(paths.data_dir() / NAME, encoding="utf-8")
    except (OSError, StorageError):
        import tempfile

        return RotatingFile(Path(tempfile.gettempdir()) / NAME, encoding="utf-8")


def tail(path: Path, count: int = 200_000) -> str:
    """Return the last *count* bytes of a log as text; empty when there is none yet."""
    try:
        with path.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - count))
            return stream.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


class ExceptionNet(QObject):
    """Logs every exception that nobody caught and tells the window: ``caught(object)``."""

    caught = Signal(object)

    def install(self) -> None:
        """Catch in the UI thread, in other threads, and Qt's own messages."""
        sys.excepthook = self._in_ui
        threading.excepthook = self._in_thread
        qInstallMessageHandler(_qt_message)

    def remove(self) -> None:
        """Give back to Python and Qt what :meth:`install` took."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _in_ui(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("uncaught exception", exc_info=(kind, error, trace))
        self.caught.emit(error)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value or args.exc_type()
        name = args.thread.name if args.thread else "?"
        log.critical("uncaught exception in thread %s", name, exc_info=error)
        self.caught.emit(error)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
