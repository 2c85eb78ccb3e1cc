"""What is done with answers: whether one is near enough, exchanging one, checking a taught one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine import encoder, manifest
from engine.chat import crisis, rules
from engine.chat.index import Found
from engine.chat.result import Reply, Source
from engine.errors import InputError

ALIKE = 0.5
"""Likeness from which a stored question counts as the same; below it a sentence that can be given
back is."""

SIMILAR = 0.36
"""Likeness from which a stored answer beats a newly written one."""


def plain(answer: str, source: Source, chance: float, matched: str, model: str) -> Reply:
    """Return an answer without a word for the feeling yet."""
    return Reply(answer, source, confidence=chance, matched=matched, answer=answer, model=model)


def near(found: Sequence[Found], least: float = SIMILAR) -> bool:
    """Whether the best of *found* is near enough to be said."""
    return bool(found) and found[0].score >= least


def swapped(reply: Reply, answer: str) -> Reply:
    """Give *answer*, an alternative, and put the former answer last of the alternatives."""
    lead = reply.text.removesuffix(reply.answer).strip()
    others = (*(item for item in reply.alternatives if item != answer), reply.answer)
    return replace(reply, text=f"{lead} {answer}".strip(), answer=answer, alternatives=others)


def check_taught(asked: str, answer: str) -> None:
    """Refuse abuse, and answers to or about a crisis.

    Raises:
        InputError: it may not be learned.
    """
    if crisis.crisis(asked) or crisis.crisis(answer) or rules.abusive(answer):
        raise InputError(
            "이 답은 배울 수 없어요. 다른 말로 적어 주세요.",
            "This answer cannot be learned; put it differently.",
        )


def model_label(name: str) -> str:
    """Return name and version of a model and of the encoder."""
    return f"{manifest.entry(name).label} + {encoder.label()}"
