"""What the emotion domain answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LABELS = ("행복", "슬픔", "분노", "공포", "놀람", "혐오", "중립")
"""Class order of the model's heads."""


@dataclass(frozen=True)
class EmotionResult:
    """The emotion of one text.

    Attributes:
        label: one of ``LABELS``; *confidence*: its calibrated probability.
        probabilities: calibrated, by label in the order of ``LABELS``; they sum to 1.
        model: name and version of what answered.
    """

    text: str
    label: str
    confidence: float
    probabilities: dict[str, float]
    model: str

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON-able plain types."""
        return {
            "text": self.text,
            "label": self.label,
            "confidence": round(self.confidence, 6),
            "probabilities": {name: round(p, 6) for name, p in self.probabilities.items()},
            "model": self.model,
        }
