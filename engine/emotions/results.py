"""What the emotion domain answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
