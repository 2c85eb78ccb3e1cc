"""From a text to its emotion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine import manifest, models, ngram_model, ngrams, text
from engine.emotions.results import LABELS, EmotionResult
from engine.jobs import Progress

NAME = "emotions-ngram"
_BATCH = 512


def predict(given: str) -> EmotionResult:
    """Name the emotion of one text.

    Raises:
        InputError: the text is empty or longer than ``engine.text.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    return predict_many([given])[0]


def predict_many(texts: Sequence[str], progress: Progress | None = None) -> list[EmotionResult]:
    """Name the emotion of each text, in order; raises as :func:`predict` does."""
    model, label = models.load(NAME, ngram_model.read), manifest.entry(NAME).label
    progress = progress or Progress()
    results: list[EmotionResult] = []
    for first in range(0, len(texts), _BATCH):
        progress.report(first / len(texts))
        part = [text.check_text(item) for item in texts[first : first + _BATCH]]
        logits = model.logits([ngrams.fold(item) for item in part]).astype(np.float64)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        for item, row in zip(part, chances.tolist(), strict=True):
            best = int(np.argmax(row))
            shares = dict(zip(LABELS, row, strict=True))
            results.append(EmotionResult(item, LABELS[best], row[best], shares, label))
    progress.report(1.0)
    return results
