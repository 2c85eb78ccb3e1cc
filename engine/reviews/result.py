"""What the review domain answers: frozen values with plain-type twins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.core.errors import Message
from engine.text.evidence import Evidence

POSITIVE = "긍정"
NEGATIVE = "부정"
LABELS = (NEGATIVE, POSITIVE)
"""Class order of the model's head."""

NEUTRAL = "중립"
THREE_WAY = (NEGATIVE, NEUTRAL, POSITIVE)
"""The three-way verdicts: ratings of 1-4, 5-8 and 9-10."""

INSTANT = "instant"
PRECISE = "precise"
MODES = (INSTANT, PRECISE)
"""The n-gram model alone, or joined with the encoder."""


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
        model: names and versions of what answered.
        three_way: ``"부정"``, ``"중립"`` or ``"긍정"``; never the opposite of *label*.
        mode: ``"instant"`` or ``"precise"``.
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
    three_way: str
    mode: str
    warnings: tuple[Message, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON-able plain types."""
        return {
            "text": self.text,
            "label": self.label,
            "three_way": self.three_way,
            "positive": round(self.positive, 6),
            "confidence": round(self.confidence, 6),
            "stars": self.stars,
            "rating": round(self.rating, 3),
            "evidence": [item.to_dict() for item in self.evidence],
            "rule": None if self.rule is None else dict(vars(self.rule)),
            "tokenizer": self.tokenizer,
            "model": self.model,
            "mode": self.mode,
            "warnings": [message._asdict() for message in self.warnings],
        }
