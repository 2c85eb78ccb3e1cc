"""A stretch of text that spoke for an answer, and which of them are worth showing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MAX_WORDS = 12
_LEAST = 0.08
"""Words below this share of the strongest word's weight are not shown."""


@dataclass(frozen=True)
class Evidence:
    """A stretch of the original text that spoke for one side.

    Attributes:
        start, end: slice of the text as it was given.
        text: ``original[start:end]``.
        weight: share of the decision's log-odds, above 0 towards the answer that is asked
            about (reviews: 긍정); where a model is occluded, how far they fall without it.
        kind: part of speech (Korean name) or ``"어절"``.
    """

    start: int
    end: int
    text: str
    weight: float
    kind: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the evidence as JSON-able plain types."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "weight": round(self.weight, 5),
            "kind": self.kind,
        }


def strongest(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the deciding words in text order, ``MAX_WORDS`` at most."""
    most = max((abs(item.weight) for item in found), default=0.0)
    kept = [item for item in found if abs(item.weight) > max(_LEAST * most, 1e-6)]
    kept = sorted(kept, key=lambda item: -abs(item.weight))[:MAX_WORDS]
    return tuple(sorted(kept, key=lambda item: item.start))
