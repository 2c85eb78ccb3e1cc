"""Listening instead of answering: the sentence given back, comfort or joy, and a question."""

from __future__ import annotations

import random
from collections.abc import Sequence

from engine.chat import tone
from engine.chat.events import Event
from engine.chat.reflection import reflected
from engine.chat.result import Reply
from engine.emotions import EmotionResult


def give_back(
    said: str, feeling: EmotionResult, last: Reply | None, rng: random.Random,
    others: Sequence[str] = (),
) -> Reply | None:  # fmt: skip
    """Return what was said as something heard, and a question; ``None`` if that cannot be said.

    Args:
        last: the answer before, which is not repeated.
        others: stored answers that are alike, but not surely; offered as alternatives.
    """
    heard = reflected(said)
    if heard is None:
        return None
    label, sure = feeling.label, feeling.confidence
    certain = sure >= tone.SURE
    ways = tone.SHARE if certain and label == "행복" else tone.CURIOUS
    ways = tone.LISTEN if certain and label in tone.HEAVY else ways
    return _asked("heard", heard, ways, feeling, last, rng, others)


def told(
    said: str, news: Event, feeling: EmotionResult, last: Reply | None, rng: random.Random
) -> Reply:
    """Return what is fitting to say to news, after the sentence given back if it can be."""
    heard = reflected(said) or ""
    ways = [way for way in news.answers if last is None or way != last.answer] or news.answers
    chosen = rng.choice(ways)
    certain = feeling.confidence >= tone.SURE  # the words of news tell little of the feeling
    return Reply(
        f"{heard} {chosen}".strip(),
        "rule",
        emotion=feeling.label if certain else "",
        sure=feeling.confidence if certain else 0.0,
        matched=news.name,
        alternatives=tuple(way for way in news.answers if way != chosen),
        answer=chosen,
    )


def comfort(feeling: EmotionResult, last: Reply | None, rng: random.Random) -> Reply:
    """Comfort and ask on: a written answer is too coarse for a heavy heart."""
    return _asked("rule", "", tone.LISTEN, feeling, last, rng)


def _asked(
    source: str, heard: str, ways: Sequence[str], feeling: EmotionResult, last: Reply | None,
    rng: random.Random, others: Sequence[str] = (),
) -> Reply:  # fmt: skip
    label, sure = feeling.label, feeling.confidence
    asked = rng.choice([way for way in ways if last is None or way != last.answer])
    lead = tone.lead(label, sure, heard, last.text if last else "", rng)
    kept = (*(way for way in ways if way != asked), *others)
    return Reply(
        " ".join(part for part in (heard, lead, asked) if part),
        "heard" if source == "heard" else "rule",
        emotion=label,
        sure=sure,
        matched=source if source == "heard" else "listen",
        alternatives=tuple(dict.fromkeys(kept)),
        answer=asked,
    )
