"""From a text to its emotions, and to the words that made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.core.jobs import Progress
from engine.emotions import fusion
from engine.emotions.fusion import NGRAM, Chances
from engine.emotions.result import FINE_LABELS, KOTE_LABELS, LABELS, EmotionResult, FineEmotion
from engine.learning import trainer
from engine.learning.linear_head import Features, LinearHead
from engine.models import manifest
from engine.text import encoder, morphemes, ngrams, normalize
from engine.text.encoder import model
from engine.text.evidence import Evidence, strongest
from engine.text.ngrams import Floats, NgramSpec

DOMAIN = "emotions"

PERSONAL = NgramSpec(characters=(3, 4), words=(1, 2), bits=16)
"""The n-grams that corrections teach, as in the reviews: long enough to mean something."""

PERSONAL_SCALE = 3.0
"""Length of a text's n-gram features in learning; together with the next number it makes a
correction teach its own words rather than shift every answer."""

SCORE_SCALE = 0.25
"""What the shipped log-probabilities are multiplied by to be features in learning."""

SHAPE = (len(LABELS), len(LABELS) + PERSONAL.size)
"""Of a head's weights."""


def model_label() -> str:
    """Return names and versions of what answers, the personal one included."""
    label = f"{encoder.label()} + {manifest.entry(NGRAM).label}"
    return trainer.model_name(label, trainer.answering(DOMAIN, SHAPE))


def chances(texts: Sequence[str]) -> Chances:
    """Return what is answered to any texts, empty ones included.

    Raises:
        ModelMissingError, ModelCorruptError: a model is not there or damaged.
    """
    found, head = fusion.chances(texts), trainer.active_head(DOMAIN, SHAPE)
    if head is None or not len(texts):
        return found
    logits = head.logits(features(found.seven, texts)).astype(np.float64)
    lifted = logits - logits.max(axis=1, keepdims=True)
    return replace(found, seven=lifted - np.log(np.exp(lifted).sum(axis=1, keepdims=True)))


def base_head() -> LinearHead:
    """Return the head that answers as shipped, (7, 7 + the n-grams' buckets)."""
    weights = np.zeros(SHAPE, np.float32)
    weights[:, : len(LABELS)] = np.eye(len(LABELS)) / SCORE_SCALE
    return LinearHead(weights, np.zeros(len(LABELS), np.float32))


def features(seven: Floats, texts: Sequence[str]) -> Features:
    """Return (N, F) features of texts whose shipped log-probabilities are *seven* (N, 7)."""
    from scipy.sparse import csr_matrix, hstack

    found = ngrams.matrix([ngrams.fold(item) for item in texts], PERSONAL)
    scores = csr_matrix(np.asarray(seven, np.float32) * SCORE_SCALE)
    return hstack([scores, found * PERSONAL_SCALE], format="csr")


_BATCH = 512
_FINE = [KOTE_LABELS.index(name) for name in FINE_LABELS]


def predict(given: str) -> EmotionResult:
    """Name the emotion of one text, and its fine emotions.

    Raises:
        InputError: the text is empty or longer than ``engine.text.normalize.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    return predict_many([given])[0]


def predict_many(texts: Sequence[str], progress: Progress | None = None) -> list[EmotionResult]:
    """Name the emotions of each text, in order; raises as :func:`predict` does."""
    label = model_label()
    progress = progress or Progress()
    results: list[EmotionResult] = []
    for first in range(0, len(texts), _BATCH):
        progress.report(first / len(texts))
        part = [normalize.check_text(item) for item in texts[first : first + _BATCH]]
        found, threshold = chances(part), fusion.fusion().threshold
        for item, seven, kote in zip(part, np.exp(found.seven).tolist(), found.kote, strict=True):
            best = int(np.argmax(seven))
            shares = dict(zip(LABELS, seven, strict=True))
            fine = _fine(kote, threshold)
            results.append(EmotionResult(item, LABELS[best], seven[best], shares, label, fine))
    progress.report(1.0)
    return results


def _fine(kote: Floats, threshold: float) -> tuple[FineEmotion, ...]:
    """Return the 43 emotions of KOTE's (44,) probabilities, the likeliest first."""
    each = zip(FINE_LABELS, kote[_FINE].tolist(), strict=True)
    ordered = sorted(each, key=lambda item: -item[1])
    return tuple(FineEmotion(name, chance, chance >= threshold) for name, chance in ordered)


def kote_marks(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return (N, 44) booleans: which of ``KOTE_LABELS``, 없음 included, are over the threshold.

    Raises:
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    return fusion.chances(texts).kote >= fusion.fusion().threshold


def explain(given: str, *, wait: bool = False) -> tuple[Evidence, ...]:
    """Return the words that made the answered label likelier (or, below 0, less likely).

    A word's weight is how far the label's log-odds fall without it.

    Args:
        wait: start the morpheme analyser if need be (seconds); otherwise rules cut the
            words until it runs.

    Raises:
        InputError: the text is empty or longer than ``engine.text.normalize.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    best = int(chances([normalize.check_text(given)]).seven[0].argmax())
    words = morphemes.content_words(morphemes.analyse(given, wait=wait).morphemes)
    found = model.drops(given, words, lambda texts: _log_odds(texts, best))
    return strongest(
        [
            Evidence(start, end, given[start:end], weight, kind)
            for (start, end, kind), weight in found
        ]
    )


def _log_odds(texts: Sequence[str], label: int) -> Floats:
    """Return (N,) log-odds of one label."""
    chance = chances(texts).seven
    return chance[:, label] - np.log(np.maximum(-np.expm1(chance[:, label]), 1e-12))
