"""What background learning needs of this domain; the module is its ``LearnableDomain``.

The features are the shipped log-odds, whose weight hardly moves, and n-grams of words and
of three and four characters, whose weights start at nothing: a correction moves those of
its own n-grams, so that sentences of the same kind follow it and others stay.

The log-odds of a correction are the precise ones, for it is those answers that people see
and correct; the instant ones move as far. Those of the anchors, of which no text ships, are
the instant ones: both are calibrated, on the same films.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.learning.linear_head import Features, LinearHead
from engine.reviews import fusion
from engine.reviews.model import (
    DOMAIN,
    NAME,
    PERSONAL,
    PERSONAL_SCALE,
    SCORE_SCALE,
    SHAPE,
    shipped,
)
from engine.reviews.result import LABELS
from engine.text import ngrams

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

domain = DOMAIN
labels: tuple[str, ...] = LABELS
model = NAME


def base_head() -> LinearHead:
    """Return the head that answers as shipped, one row (its logit speaks for 긍정)."""
    weights = np.zeros(SHAPE, np.float32)
    weights[0, 0] = 1.0 / SCORE_SCALE
    return LinearHead(weights, np.zeros(1, np.float32))


def anchors() -> tuple[Features, npt.NDArray[np.int64]]:
    """Return features (N, F) and labels (N,) of shipped, balanced reviews."""
    from scipy.sparse import csr_matrix

    extra = shipped().ngrams.extra
    counts = extra["anchor_counts"].astype(np.int64)
    values = np.repeat(1.0 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    pointers = np.concatenate([[0], np.cumsum(counts)])
    shape = (len(counts), PERSONAL.size)
    found = csr_matrix((values, extra["anchor_columns"], pointers), shape=shape)
    return _features(extra["anchor_scores"], found), extra["anchor_labels"].astype(np.int64)


def embed(payloads: Sequence[bytes]) -> Features:
    """Return the features (N, F) of corrected texts.

    Raises:
        ModelMissingError, ModelCorruptError: a model of the precise mode cannot be loaded.
    """
    texts = [item.decode("utf-8", "replace") for item in payloads]
    folded = [ngrams.fold(item) for item in texts]
    return _features(fusion.shipped_log_odds(texts), ngrams.matrix(folded, PERSONAL))


def _features(log_odds: npt.NDArray[np.float32], found: csr_matrix) -> csr_matrix:
    from scipy.sparse import csr_matrix, hstack

    column = csr_matrix(log_odds.astype(np.float32)[:, None] * SCORE_SCALE)
    return hstack([column, found * PERSONAL_SCALE], format="csr")
