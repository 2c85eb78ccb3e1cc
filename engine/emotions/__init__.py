"""Seven emotions in short Korean texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.emotions.results import LABELS, EmotionResult

if TYPE_CHECKING:
    from engine.emotions.classify import predict, predict_many

__all__ = ["LABELS", "EmotionResult", "predict", "predict_many"]


def __getattr__(name: str) -> Any:
    """Import what needs numpy only when it is used: the window's start does not."""
    if name in ("predict", "predict_many"):
        from engine.emotions import classify

        return getattr(classify, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
