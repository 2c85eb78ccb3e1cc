"""Score the shipped review models: ``training.evaluate reviews --mode precise|instant``.

Data is a table of ``engine.reporting.sets.reviews``: NSMC's ``id document label`` (0
negative, 1 positive), or ``review_id movie_id rating text``, where ratings 1-4 are negative,
9-10 positive and the others count for rating and three-way verdict only. Extra keys:
``balanced_accuracy`` (mean recall of the two labels), ``left_out`` (rows without a known label);
on rated reviews ``stars_mae`` (mean distance in stars from half the rating), ``rating_mae``
(mean distance of the rating, 1..10), ``quadratic_kappa`` (of the rounded rating),
``stars_n`` (how many), and ``three_way`` (1-4, 5-8, 9-10: accuracy, macro_f1, per_class).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine import reviews
from engine.errors import Message
from engine.jobs import Progress
from engine.metrics import (
    class_scores,
    classification_metrics,
    mean_absolute_error,
    quadratic_kappa,
)
from engine.reporting.answers.texts import judged
from engine.reporting.sets import reviews as sets
from engine.reporting.sets.items import Item
from engine.reviews.results import (
    LABELS,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    PRECISE,
    THREE_WAY,
    ReviewResult,
)

Row = tuple[Item, ReviewResult | Message]


def evaluate(data: Sequence[Path], limit: int | None, mode: str | None = None) -> dict[str, object]:
    """Return the metrics; a text that cannot be judged (empty) is unanswered, so wrong.

    Raises:
        InputError: the data is of neither layout or is empty.
    """
    found = sets.read(data, limit)
    model = reviews.predict("준비", explain=False, mode=mode or PRECISE).model  # loads it
    results, seconds = judged(
        found.items,
        lambda texts, progress: reviews.predict_many(texts, progress, mode=mode or PRECISE),
        Progress(),
    )
    rows = list(zip(found.items, results, strict=True))
    metrics = _polarity([row for row in rows if row[0].label is not None])
    left_out = found.unlabelled + sum(found.unknown.values())
    return {
        **metrics,
        **({"left_out": left_out} if left_out else {}),
        **_rated([row for row in rows if row[0].rating is not None]),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(rows),
        "model": model,
    }


def _polarity(rows: Sequence[Row]) -> dict[str, object]:
    predicted = [result.label if isinstance(result, ReviewResult) else None for _, result in rows]
    sure = [result.confidence if isinstance(result, ReviewResult) else 0.0 for _, result in rows]
    truth = [item.label or "" for item, _ in rows]
    recalls = [row["recall"] for row in class_scores(truth, predicted, LABELS).values()]
    return {
        **classification_metrics(truth, predicted, sure, LABELS),
        "balanced_accuracy": float(np.mean(recalls)),
    }


def _rated(rows: Sequence[Row]) -> dict[str, object]:
    """Return what the ratings say; a review without an answer counts in ``three_way`` only."""
    if not rows:
        return {}
    pairs = [
        (item.rating or 0, result) for item, result in rows if isinstance(result, ReviewResult)
    ]
    ratings = [rating for rating, _ in pairs]
    return {
        "stars_mae": mean_absolute_error([r / 2 for r in ratings], [x.stars for _, x in pairs]),
        "rating_mae": mean_absolute_error(ratings, [x.rating for _, x in pairs]),
        "quadratic_kappa": quadratic_kappa(ratings, [round(x.rating) for _, x in pairs]),
        "stars_n": len(pairs),
        "three_way": _three_way(rows),
    }


def _three_way(rows: Sequence[Row]) -> dict[str, object]:
    truth = [verdict_of(item.rating or 0) for item, _ in rows]
    guessed = [result.three_way if isinstance(result, ReviewResult) else None for _, result in rows]
    per_class = class_scores(truth, guessed, THREE_WAY)
    return {
        "accuracy": float(np.mean([t == g for t, g in zip(truth, guessed, strict=True)])),
        "macro_f1": float(np.mean([row["f1"] for row in per_class.values()])),
        "per_class": per_class,
    }


def verdict_of(rating: int) -> str:
    """Return the three-way verdict of a rating.

    >>> verdict_of(4), verdict_of(5), verdict_of(9)
    ('부정', '중립', '긍정')
    """
    if rating <= 4:
        return NEGATIVE
    return POSITIVE if rating >= 9 else NEUTRAL
