"""Korean reviews: positive or negative, how many stars, how sure, and which words decided.

>>> from engine import reviews
>>> reviews.predict("정말 재미있어요", explain=False).label
'긍정'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.reviews.result import (
    INSTANT,
    LABELS,
    MODES,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    PRECISE,
    THREE_WAY,
    ReviewResult,
    RuleHit,
)
from engine.text.evidence import Evidence

if TYPE_CHECKING:
    from engine.reviews.prediction import predict, predict_many

__all__ = [
    "INSTANT",
    "LABELS",
    "MODES",
    "NEGATIVE",
    "NEUTRAL",
    "POSITIVE",
    "PRECISE",
    "THREE_WAY",
    "Evidence",
    "ReviewResult",
    "RuleHit",
    "predict",
    "predict_many",
]


def __getattr__(name: str) -> Any:
    """Import what needs numpy only when it is used: the window's start does not."""
    if name in ("predict", "predict_many"):
        from engine.reviews import prediction

        return getattr(prediction, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
