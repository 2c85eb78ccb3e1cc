"""What background learning needs of this domain; the module is its ``LearnableDomain``.

The features are the n-grams themselves: a correction moves the weights of its own
n-grams, so that sentences of the same kind follow it and others stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine import ngrams
from engine.adapt import Features, LinearHead
from engine.reviews.model import DOMAIN, NAME, shipped
from engine.reviews.results import LABELS

domain = DOMAIN
labels: tuple[str, ...] = LABELS
model = NAME


def payload(text: str) -> bytes:
    """Return what is stored of a corrected review."""
    return text.encode("utf-8", "replace")


def base_head() -> LinearHead:
    """Return the shipped polarity head, one row (its logit speaks for 긍정)."""
    base = shipped()
    return LinearHead(np.ascontiguousarray(base.weights[:, :1].T), base.bias[:1])


def anchors() -> tuple[Features, npt.NDArray[np.int64]]:
    """Return hashed n-grams (N, F) and labels (N,) of shipped, balanced reviews."""
    from scipy.sparse import csr_matrix

    base = shipped()
    counts = base.extra["anchor_counts"].astype(np.int64)
    values = np.repeat(1.0 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    pointers = np.concatenate([[0], np.cumsum(counts)])
    shape = (len(counts), base.spec.size)
    features = csr_matrix((values, base.extra["anchor_columns"], pointers), shape=shape)
    return features, base.extra["anchor_labels"].astype(np.int64)


def embed(payloads: Sequence[bytes]) -> Features:
    """Return the hashed n-grams (N, F) of corrected texts."""
    folded = [ngrams.fold(item.decode("utf-8", "replace")) for item in payloads]
    return ngrams.matrix(folded, shipped().spec)
