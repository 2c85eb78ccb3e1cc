"""What answers now: the shipped models, perhaps moved by the user's personal head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine import encoder, learning, manifest, ngrams
from engine.adapt import Features, LinearHead
from engine.emotions import fusion
from engine.emotions.fusion import NGRAM, Chances
from engine.emotions.results import LABELS
from engine.ngrams import Floats, NgramSpec

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
    return learning.model_name(label, learning.answering(DOMAIN, SHAPE))


def chances(texts: Sequence[str]) -> Chances:
    """Return what is answered to any texts, empty ones included.

    Raises:
        ModelMissingError, ModelCorruptError: a model is not there or damaged.
    """
    found, head = fusion.chances(texts), learning.active_head(DOMAIN, SHAPE)
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
