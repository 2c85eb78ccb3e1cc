"""What the review domain answers: frozen values with plain-type twins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.errors import Message

POSITIVE = "긍정"
NEGATIVE = "부정"
LABELS = (NEGATIVE, POSITIVE)
"""Class order of the model's head."""


@dataclass(frozen=True)
class Evidence:
    """A stretch of the original text that spoke for one side.

    Attributes:
        start, end: slice of the text as it was given.
        text: ``original[start:end]``.
        weight: share of the decision's log-odds, above 0 towards 긍정.
        kind: part of speech (Korean name) or ``"어절"``.
    """

    start: int
    end: int
    text: str
    weight: float
    kind: str = ""


@dataclass(frozen=True)
class RuleHit:
    """A strong word of the classic recipe, found in the text.

    Attributes:
        label: what the recipe would answer.
        word: the dictionary's word; *start*, *end*: its slice of the original text.
        negated: a negation follows ("별로 나쁘지 않다"), so that the word says little.
        applied: whether the answer follows the rule (only with ``use_rules``).
    """

    label: str
    word: str
    start: int
    end: int
    negated: bool
    applied: bool


@dataclass(frozen=True)
class ReviewResult:
    """The judgement of one review.

    Attributes:
        text: the text as it was given.
        label: ``"긍정"`` or ``"부정"``.
        positive: calibrated P(긍정) in 0..1, both labels being equally frequent.
        confidence: calibrated probability of *label*, 0.5..1.
        stars: 0..5 in steps of 0.5, learned from real ratings.
        rating: the same before rounding, on the ratings' own scale of 1..10.
        evidence: deciding words in text order; empty without ``explain``.
        rule: the strong word of the classic recipe, if there is one.
        tokenizer: what cut the text into words for *evidence*; empty without ``explain``.
        model: name and version of what answered.
        warnings: why to trust this less, if there is a reason.
    """

    text: str
    label: str
    positive: float
    confidence: float
    stars: float
    rating: float
    evidence: tuple[Evidence, ...]
    rule: RuleHit | None
    tokenizer: str
    model: str
    warnings: tuple[Message, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON-able plain types."""
        return {
            "text": self.text,
            "label": self.label,
            "positive": round(self.positive, 6),
            "confidence": round(self.confidence, 6),
            "stars": self.stars,
            "rating": round(self.rating, 3),
            "evidence": [
                {
                    "start": item.start,
                    "end": item.end,
                    "text": item.text,
                    "weight": round(item.weight, 5),
                    "kind": item.kind,
                }
                for item in self.evidence
            ],
            "rule": None if self.rule is None else dict(vars(self.rule)),
            "tokenizer": self.tokenizer,
            "model": self.model,
            "warnings": [message._asdict() for message in self.warnings],
        }
