"""What must not leave the tab: abuse, hate, and remarks on a person's looks, age or body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.comments import kindness_remarks, kindness_spelling

Reason = Literal["", "hate", "looks", "age", "body", "profanity"]


@dataclass(frozen=True)
class Verdict:
    """Whether one text may be shown as it is.

    Attributes:
        kind: nothing speaks against it.
        reason: what does, ``""`` if nothing.
        score: how sure, in 0..1; 1 where a rule or the list decided.
    """

    kind: bool
    reason: Reason
    score: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {"kind": self.kind, "reason": self.reason, "score": round(self.score, 4)}


def check(texts: Sequence[str]) -> list[Verdict]:
    """Judge each text: the list of abuse first, then remarks on a person."""
    return [_judge(text) for text in texts]


def _judge(text: str) -> Verdict:
    if kindness_spelling.abusive(text):
        return Verdict(False, "profanity", 1.0)
    remark = kindness_remarks.remark(text)
    return Verdict(not remark, remark, 1.0 if remark else 0.0)
