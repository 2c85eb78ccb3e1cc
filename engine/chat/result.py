"""What the small talk answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from engine.core.errors import InputError

Source = Literal["pairs", "heard", "generator", "rule", "personal"]


@dataclass(frozen=True)
class Reply:
    """One answer.

    Attributes:
        text: what is said, with a word for the feeling before it where one fits.
        source: chosen from stored pairs, the sentence given back, newly written, by rule, or as
            the user taught.
        emotion: the seven emotions' likeliest for the user's sentence, "" where none was read.
        sure: that emotion's probability, 0..1.
        confidence: probability that the answer is the right one, 0..1; 1 for rules.
        matched: the stored question, or the rule's name, that led to the answer.
        alternatives: other answers, the likelier first.
        answer: *text* without the word for the feeling.
        model: names and versions of what answered.
    """

    text: str
    source: Source
    emotion: str = ""
    sure: float = 0.0
    confidence: float = 1.0
    matched: str = ""
    alternatives: tuple[str, ...] = ()
    answer: str = ""
    model: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-able plain types."""
        return {
            "text": self.text,
            "answer": self.answer,
            "source": self.source,
            "emotion": self.emotion,
            "emotion_confidence": round(self.sure, 4),
            "confidence": round(self.confidence, 4),
            "matched": self.matched,
            "alternatives": list(self.alternatives),
            "model": self.model,
        }


@dataclass(frozen=True)
class Turn:
    """What the user said and what was answered."""

    said: str
    reply: Reply

    def to_dict(self) -> dict[str, Any]:
        """Return the turn as JSON-able plain types."""
        return {"said": self.said, **self.reply.to_dict()}

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Turn:
        """Return the turn that :meth:`to_dict` told of.

        Raises:
            InputError: something is missing or of another kind.
        """
        try:
            reply = Reply(
                str(row["text"]),
                row["source"],
                str(row["emotion"]),
                float(row["emotion_confidence"]),
                float(row["confidence"]),
                str(row["matched"]),
                tuple(map(str, row["alternatives"])),
                str(row.get("answer", row["text"])),
                str(row["model"]),
            )
            if reply.source not in get_args(Source):
                raise ValueError(reply.source)
            return cls(str(row["said"]), reply)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                "이 대화 기록은 읽을 수 없어요.", f"This conversation cannot be read ({error})."
            ) from error
