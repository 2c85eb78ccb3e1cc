"""What background learning needs of this domain; the module is its ``LearnableDomain``.

The features are the n-grams themselves: a correction moves the weights of its own
n-grams, so that sentences of the same kind follow it and others stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine import ngrams
from engine.adapt import Features, LinearHead
from engine.reviews.model import DOMAIN, NAME, POLARITY, shipped
from engine.reviews.results import LABELS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

domain = DOMAIN
labels: tuple[str, ...] = LABELS
model = NAME


def payload(text: str) -> bytes:
    """Return what is stored of a corrected review."""
    return text.encode("utf-8", "replace")


def base_head() -> LinearHead:
    """Return the shipped polarity head, one row (its logit speaks for 긍정).

    Its last column is the weight of the patterns' log-odds, 1 as shipped.
    """
    heads = shipped().ngrams
    weights = np.append(heads.weights[:, POLARITY], np.float32(1.0))[None, :]
    return LinearHead(weights, heads.bias[: POLARITY + 1])


def anchors() -> tuple[Features, npt.NDArray[np.int64]]:
    """Return features (N, F) and labels (N,) of shipped, balanced reviews."""
    from scipy.sparse import csr_matrix

    base = shipped().ngrams
    counts = base.extra["anchor_counts"].astype(np.int64)
    values = np.repeat(1.0 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    pointers = np.concatenate([[0], np.cumsum(counts)])
    shape = (len(counts), base.spec.size)
    found = csr_matrix((values, base.extra["anchor_columns"], pointers), shape=shape)
    labels_of = base.extra["anchor_labels"].astype(np.int64)
    return _beside(found, base.extra["anchor_patterns"]), labels_of


def embed(payloads: Sequence[bytes]) -> Features:
    """Return the features (N, F) of corrected texts: n-grams, and the patterns' log-odds."""
    folded = [ngrams.fold(item.decode("utf-8", "replace")) for item in payloads]
    base = shipped()
    found = ngrams.matrix(folded, base.ngrams.spec)
    return _beside(found, base.patterns.logits(folded)[:, POLARITY])


def _beside(found: csr_matrix, log_odds: npt.NDArray[np.float32]) -> csr_matrix:
    from scipy.sparse import csr_matrix, hstack

    column = csr_matrix(log_odds.astype(np.float32)[:, None])
    return hstack([found, column], format="csr")
