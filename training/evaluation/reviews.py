"""Score the shipped review model: ``training.evaluate reviews``.

Data is a TSV (or .gz): NSMC's ``id document label`` (0 negative, 1 positive), or
``review_id movie_id rating text``, where ratings 1-4 are negative, 9-10 positive and
the others count for the stars only. Extra keys: ``balanced_accuracy`` (mean recall of
the two labels), ``stars_mae`` (mean distance in stars from half the rating), over
``stars_n`` rated reviews.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine import reviews
from engine.errors import InputError
from engine.reviews.results import LABELS, NEGATIVE, POSITIVE, ReviewResult
from training.metrics import classification_metrics
from training.reviews_data import label_of, read_tsv

Item = tuple[str, str | None, int | None]
"""Text, its label if it has one, its rating if it has one."""


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return the metrics; a text that cannot be judged (empty) is unanswered, so wrong.

    Raises:
        InputError: the data is of neither layout or is empty.
    """
    items = [item for path in data for item in _items(path)][:limit]
    labelled = [i for i, (_, label, _) in enumerate(items) if label]
    if not labelled:
        raise InputError("평가할 리뷰가 없어요.", "There are no labelled reviews to score.")
    reviews.predict("준비", explain=False)  # loading is not part of the time an item
    start = time.perf_counter()
    results = _judged([text for text, _, _ in items])
    seconds = time.perf_counter() - start
    truth = [items[i][1] or "" for i in labelled]
    chosen = [results[i] for i in labelled]
    metrics = classification_metrics(
        truth,
        [None if result is None else result.label for result in chosen],
        [0.0 if result is None else result.confidence for result in chosen],
        LABELS,
    )
    recalls = [row["recall"] for row in metrics["per_class"].values()]  # type: ignore[attr-defined]
    return {
        **metrics,
        "balanced_accuracy": float(np.mean(recalls)),
        **_stars(items, results),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(items),
        "model": next((result.model for result in results if result), ""),
    }


def _judged(texts: list[str]) -> list[ReviewResult | None]:
    """Judge all texts at once, as the window judges a file; blank ones stay ``None``."""
    filled = [i for i, text in enumerate(texts) if text.strip()]
    results: list[ReviewResult | None] = [None] * len(texts)
    for i, result in zip(filled, reviews.predict_many([texts[i] for i in filled]), strict=True):
        results[i] = result
    return results


def _stars(items: list[Item], results: list[ReviewResult | None]) -> dict[str, object]:
    errors = [
        abs(result.stars - rating / 2)
        for (_, _, rating), result in zip(items, results, strict=True)
        if rating is not None and result is not None
    ]
    return {"stars_mae": float(np.mean(errors)), "stars_n": len(errors)} if errors else {}


def _items(path: Path) -> Iterator[Item]:
    for row in read_tsv(path):
        try:
            if "rating" in row:
                rating = int(row["rating"])
                yield row["text"], label_of(rating), rating
            else:
                label = {"0": NEGATIVE, "1": POSITIVE}[row["label"].strip()]
                yield row["document"], label, None
        except (KeyError, ValueError) as error:
            raise InputError(
                f"열 'id document label'이나 'review_id movie_id rating text'가 필요해요: {path}",
                f"{path} needs the columns 'id document label' or "
                f"'review_id movie_id rating text' ({error!r})",
            ) from error
