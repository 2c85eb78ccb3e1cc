"""The small Korean encoder that reviews and emotions share: text in, 61 logits out.

>>> from engine.text import encoder
>>> encoder.logits(["정말 재미있어요", "지루했다"]).shape
(2, 61)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.text.encoder.layout import NAME

if TYPE_CHECKING:
    from engine.text.encoder.model import label, load, logits, read_in_part

__all__ = ["NAME", "label", "load", "logits", "read_in_part"]


def __getattr__(name: str) -> Any:
    """Import what needs numpy only when it is used: the window's start does not."""
    if name in __all__:
        from engine.text.encoder import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
