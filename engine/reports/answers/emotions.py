"""The answers of the emotion model on texts."""

from __future__ import annotations

from collections.abc import Sequence

from engine import emotions
from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.emotions.result import LABELS, EmotionResult
from engine.reports.answers.texts import judged
from engine.reports.scoring import Answer, Answers
from engine.reports.sets.items import Item

__all__ = ["LABELS", "answer"]


def answer(items: Sequence[Item], progress: Progress) -> Answers:
    """Name the emotion of every text."""
    model = emotions.predict("준비").model  # loading is no part of the time
    results, seconds = judged(items, emotions.predict_many, progress)
    made = tuple(_answer(*row) for row in zip(items, results, strict=True))
    return Answers(made, model, seconds)


def _answer(item: Item, result: EmotionResult | Message) -> Answer:
    if isinstance(result, Message):
        return Answer(item, None, 0.0, problem=result)
    return Answer(item, result.label, result.confidence)
