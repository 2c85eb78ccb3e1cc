"""Seven emotions, and 43 fine ones, in Korean texts.

>>> from engine import emotions
>>> emotions.predict("너무 무서워서 잠이 안 와").label
'공포'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.emotions.result import FINE_LABELS, LABELS, EmotionResult, FineEmotion
from engine.text.evidence import Evidence

if TYPE_CHECKING:
    from engine.emotions.prediction import explain, predict, predict_many

__all__ = [
    "FINE_LABELS",
    "LABELS",
    "EmotionResult",
    "Evidence",
    "FineEmotion",
    "explain",
    "predict",
    "predict_many",
]


def __getattr__(name: str) -> Any:
    """Import what needs numpy only when it is used: the window's start does not."""
    if name in ("explain", "predict", "predict_many"):
        from engine.emotions import prediction

        return getattr(prediction, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
