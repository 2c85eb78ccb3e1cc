"""A conversation in the history: one row, renewed with every answer."""

from __future__ import annotations

from desktop.context import AppContext
from engine.chat import Turn
from engine.errors import StorageError


class ChatMemory:
    """Keeps a conversation.

    Attributes:
        row: id of its row, ``None`` before the first answer.
    """

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.row: int | None = None

    def keep(self, turns: tuple[Turn, ...]) -> None:
        """Put the conversation, whose last turn is new, in its row's place."""
        payload = {"turns": [turn.to_dict() for turn in turns]}
        last = turns[-1]
        summary = f"{' '.join(last.said[:60].split())} → {last.reply.text[:60]}"
        try:
            if self.row is not None:
                self._context.library.delete_history([self.row])
        except StorageError as error:
            self._context.signals.notice.emit(self._context.error_text(error))
        self.row = self._context.remember("chat", summary, payload)
