"""Score the shipped emotion model on a TSV (or .gz) ``text emotion``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from engine import emotions
from engine.emotions.results import LABELS
from engine.errors import InputError
from training.metrics import classification_metrics
from training.train_emotions import read_labelled


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return accuracy, macro F1, per-label scores, calibration error and speed.

    Raises:
        InputError: the data lacks the columns or is empty.
    """
    texts: list[str] = []
    truth: list[str] = []
    for path in data:
        read, labels = read_labelled(path)
        texts += read
        truth += [LABELS[label] for label in labels]
    texts, truth = texts[:limit], truth[:limit]
    if not texts:
        raise InputError("평가할 글이 없어요.", "There are no texts to score.")
    emotions.predict("준비")  # loading is not part of the time an item
    start = time.perf_counter()
    results = emotions.predict_many(texts)
    seconds = time.perf_counter() - start
    predicted: list[str | None] = [result.label for result in results]
    return {
        **classification_metrics(truth, predicted, [r.confidence for r in results], LABELS),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(texts),
        "model": results[0].model,
    }
