"""A conversation in the history: one row, renewed with every answer."""

from __future__ import annotations

from typing import Any

from desktop.context import AppContext
from engine.chat import Turn


class ChatMemory:
    """Keeps a conversation.

    Attributes:
        row: id of its row, ``None`` before the first answer.
        first: number of the first turn in that row.
    """

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.row: int | None = None
        self.first = 0

    def begin_anew(self, row: int | None = None) -> None:
        """Another conversation, perhaps one that has its row already."""
        self.row, self.first = row, 0

    def keep(self, turns: tuple[Turn, ...]) -> None:
        """Renew the conversation's row; of one that was deleted only the last turn is new."""
        last = turns[-1]
        summary = f"{' '.join(last.said[:60].split())} → {last.reply.text[:60]}"
        if self.row is not None:
            if self._context.renew(self.row, summary, _payload(turns[self.first :])):
                return
            self.first = len(turns) - 1
        self.row = self._context.remember("chat", summary, _payload(turns[self.first :]))


def _payload(turns: tuple[Turn, ...]) -> dict[str, Any]:
    return {"turns": [turn.to_dict() for turn in turns]}
