"""Small talk: a sentence in, a fitting answer out, turn after turn.

>>> from engine.chat import Conversation
>>> Conversation(seed=0).say("안녕하세요").source
'rule'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.chat.result import Reply, Turn

if TYPE_CHECKING:
    from engine.chat.conversation import Conversation

__all__ = ["Conversation", "Reply", "Turn"]


def __getattr__(name: str) -> Any:
    """Import what needs numpy only when it is used: the window's start does not."""
    if name == "Conversation":
        from engine.chat.conversation import Conversation

        return Conversation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
