"""One history row a text: while it is being written, the newest answer replaces the last."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.context import AppContext
from engine.errors import MaumgyeolError

PAUSE_MS = 1200
"""An answer that stands this long is remembered."""


class TextMemory(QObject):
    """Remembers the answers of one domain; ``failed(Exception)`` when a row cannot be deleted."""

    failed = Signal(object)

    def __init__(self, context: AppContext, domain: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._domain = context, domain
        self._row_id: int | None = None
        self._waiting: tuple[str, dict[str, Any]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    def keep(self, summary: str, payload: dict[str, Any]) -> None:
        """Remember an answer after a pause, in place of the former one of the same text."""
        self._waiting = (summary, payload)
        self._pause.start()

    def drop(self) -> None:
        """Do not remember what waits."""
        self._pause.stop()
        self._waiting = None

    def flush(self) -> None:
        """Remember what waits now rather than after the pause."""
        waiting = self._waiting
        self.drop()
        if waiting is None:
            return
        former = self._row_id
        self._row_id = self._context.remember(self._domain, *waiting)
        if former is not None and self._row_id is not None:
            try:
                self._context.library.delete_history([former])
            except MaumgyeolError as error:
                self.failed.emit(error)
            self._context.signals.history_changed.emit()

    def begin_anew(self, row_id: int | None = None) -> None:
        """Another text, perhaps one that has its row *row_id* already."""
        self.flush()
        self._row_id = row_id
