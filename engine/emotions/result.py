"""What the emotion domain answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KOTE_LABELS = (
    "불평/불만", "환영/호의", "감동/감탄", "지긋지긋", "고마움", "슬픔", "화남/분노", "존경",
    "기대감", "우쭐댐/무시함", "안타까움/실망", "비장함", "의심/불신", "뿌듯함", "편안/쾌적",
    "신기함/관심", "아껴주는", "부끄러움", "공포/무서움", "절망", "한심함", "역겨움/징그러움",
    "짜증", "어이없음", "없음", "패배/자기혐오", "귀찮음", "힘듦/지침", "즐거움/신남", "깨달음",
    "죄책감", "증오/혐오", "흐뭇함(귀여움/예쁨)", "당황/난처", "경악", "부담/안_내킴", "서러움",
    "재미없음", "불쌍함/연민", "놀람", "행복", "불안/걱정", "기쁨", "안심/신뢰",
)  # fmt: skip
"""The data set's labels in its own order: 43 emotions and 없음 (none of them)."""

NONE = "없음"
FINE_LABELS = tuple(name for name in KOTE_LABELS if name != NONE)
"""The 43 emotions, in the same order."""


LABELS = ("행복", "슬픔", "분노", "공포", "놀람", "혐오", "중립")
"""Class order of the model's heads."""


@dataclass(frozen=True)
class FineEmotion:
    """One of the 43 fine emotions.

    Attributes:
        label: one of ``FINE_LABELS``; *probability*: that a text has it, 0..1.
        shown: whether the probability is over the threshold.
    """

    label: str
    probability: float
    shown: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the emotion as JSON-able plain types."""
        return {
            "label": self.label,
            "probability": round(self.probability, 6),
            "shown": self.shown,
        }


@dataclass(frozen=True)
class EmotionResult:
    """The emotion of one text.

    Attributes:
        label: one of ``LABELS``; *confidence*: its calibrated probability.
        probabilities: calibrated, by label in the order of ``LABELS``; they sum to 1.
        model: names and versions of what answered.
        fine: all 43 fine emotions, the likeliest first; a text may have any number.
    """

    text: str
    label: str
    confidence: float
    probabilities: dict[str, float]
    model: str
    fine: tuple[FineEmotion, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON-able plain types."""
        return {
            "text": self.text,
            "label": self.label,
            "confidence": round(self.confidence, 6),
            "probabilities": {name: round(p, 6) for name, p in self.probabilities.items()},
            "model": self.model,
            "fine": [item.to_dict() for item in self.fine],
        }
