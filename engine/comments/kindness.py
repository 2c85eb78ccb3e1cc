"""What must not leave the tab: abuse, hate, and remarks on a person's looks, age or body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.comments import kindness_model, kindness_remarks, kindness_spelling
from engine.comments.tone_sentences import without_emoji

Reason = Literal["", "hate", "looks", "age", "body", "profanity"]


@dataclass(frozen=True)
class Verdict:
    """Whether one text may be shown as it is.

    Attributes:
        kind: nothing speaks against it.
        reason: what does, ``""`` if nothing.
        score: how sure, in 0..1: 1 where a rule or the list decided, else the classifier's
            chance that the text is hateful or offensive.
    """

    kind: bool
    reason: Reason
    score: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {"kind": self.kind, "reason": self.reason, "score": round(self.score, 4)}


def check(texts: Sequence[str]) -> list[Verdict]:
    """Judge each text: the list of abuse first, then remarks on a person, then the classifier.

    Emoji are no words: the classifier does not see them.

    >>> [verdict.reason for verdict in check(["나무가 멋져요! 🌳", "시1발", "동안이시네요"])]
    ['', 'profanity', 'age']

    Raises:
        ModelMissingError, ModelCorruptError: the classifier cannot be loaded.
    """
    if not texts:
        return []
    chances, limit = kindness_model.chances([without_emoji(text) for text in texts])
    return [_judge(text, chance, limit) for text, chance in zip(texts, chances, strict=True)]


def _judge(text: str, chance: float, limit: float) -> Verdict:
    if kindness_spelling.abusive(text):
        return Verdict(False, "profanity", 1.0)
    remark = kindness_remarks.remark(text)
    if remark:
        return Verdict(False, remark, 1.0)
    return Verdict(chance < limit, "" if chance < limit else "hate", chance)
