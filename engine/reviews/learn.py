"""Learning from corrected reviews: the features are the n-grams themselves.

A correction moves the weights of its own n-grams, so that sentences of the same kind
follow it and others stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine import ngrams
from engine.adapt import Features, LinearHead
from engine.reviews import model
from engine.reviews.results import LABELS


class ReviewsLearning:
    """The reviews' :class:`engine.learning.LearnableDomain`; payloads are UTF-8 texts."""

    domain = model.DOMAIN
    labels: tuple[str, ...] = LABELS

    def base_head(self) -> LinearHead:
        """Return the shipped polarity head, one row (its logit speaks for 긍정)."""
        shipped = model.shipped()
        return LinearHead(np.ascontiguousarray(shipped.weights[:, :1].T), shipped.bias[:1])

    def anchors(self) -> tuple[Features, npt.NDArray[np.int64]]:
        """Return hashed n-grams (N, F) and labels (N,) of shipped, balanced reviews."""
        from scipy.sparse import csr_matrix

        shipped = model.shipped()
        counts = shipped.extra["anchor_counts"].astype(np.int64)
        values = np.repeat(1.0 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
        pointers = np.concatenate([[0], np.cumsum(counts)])
        shape = (len(counts), shipped.spec.size)
        features = csr_matrix((values, shipped.extra["anchor_columns"], pointers), shape=shape)
        return features, shipped.extra["anchor_labels"].astype(np.int64)

    def embed(self, payloads: Sequence[bytes]) -> Features:
        """Return the hashed n-grams (N, F) of corrected texts."""
        folded = [ngrams.fold(payload.decode("utf-8", "replace")) for payload in payloads]
        return ngrams.matrix(folded, model.shipped().spec)


def payload(text: str) -> bytes:
    """Return what is stored of a corrected review."""
    return text.encode("utf-8", "replace")


LEARNING = ReviewsLearning()
