"""The answers of the review model."""

from __future__ import annotations

from collections.abc import Sequence

from engine import reviews
from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.reports.answers.texts import judged
from engine.reports.scoring import Answer, Answers
from engine.reports.sets.items import Item
from engine.reviews.result import LABELS, ReviewResult

__all__ = ["LABELS", "answer"]


def answer(items: Sequence[Item], progress: Progress, mode: str = reviews.PRECISE) -> Answers:
    """Judge every review, as the window judges a file."""

    def predict_many(texts: list[str], progress: Progress) -> list[ReviewResult]:
        return reviews.predict_many(texts, progress, mode=mode)

    model = predict_many(["준비"], Progress())[0].model  # loading is no part of the time
    results, seconds = judged(items, predict_many, progress)
    made = tuple(_answer(*row) for row in zip(items, results, strict=True))
    return Answers(made, model, seconds)


def _answer(item: Item, result: ReviewResult | Message) -> Answer:
    if isinstance(result, Message):
        return Answer(item, None, 0.0, problem=result)
    return Answer(
        item, result.label, result.confidence, result.stars, result.rating, result.three_way
    )
