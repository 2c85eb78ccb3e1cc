"""One history row a text: what is still being written is renewed, another text has its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.context import AppContext
from desktop.widgets.write_card import goes_on

PAUSE_MS = 1200
"""An answer that stands this long is remembered."""

KNOWN = 200
"""Texts whose rows are known again when they come back."""


class TextMemory(QObject):
    """Remembers the answers of one domain.

    A text that goes on from the one remembered last takes its row; any other text, one that was
    put into the box as a whole, and one that follows a corrected or reopened one has a row of
    its own. A text that has a row already is renewed there and keeps its date; where the user
    has deleted the row of the text that is shown, it stays deleted.
    """

    def __init__(self, context: AppContext, domain: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._domain = context, domain
        self._rows: dict[str, int] = {}
        self._current: str | None = None
        self._settled = True
        self._waiting: tuple[str, dict[str, Any]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def rows(self) -> dict[str, int]:
        """The remembered texts and the ids of their rows."""
        return dict(self._rows)

    def keep(self, summary: str, payload: dict[str, Any]) -> None:
        """Remember an answer, whose payload holds its ``text``, after a pause."""
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
        text = str(waiting[1]["text"])
        row_id, before = self._rows.get(text), self._current
        if text == before and row_id is not None:
            self._context.renew(row_id, *waiting)
            return
        returned = row_id is not None
        if not self._settled and before is not None and goes_on(before, text):
            row_id = row_id or self._rows.pop(before, None)
        if row_id is None or not self._context.renew(row_id, *waiting):
            row_id = self._context.remember(self._domain, *waiting)
        self._current, self._settled = text, returned
        if row_id is not None:
            self.know({text: row_id})

    def settle(self) -> None:
        """What was remembered is no longer written on: another text follows."""
        self.flush()
        self._settled = True

    def know(self, rows: dict[str, int]) -> None:
        """Take down which texts have which rows."""
        self._rows.update(rows)
        while len(self._rows) > KNOWN:
            del self._rows[next(iter(self._rows))]
