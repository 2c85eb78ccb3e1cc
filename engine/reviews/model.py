"""The shipped review model, and what its scores mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine import learning, manifest, models, ngram_model
from engine.adapt import LinearHead
from engine.ngram_model import NgramModel
from engine.ngrams import Floats

NAME = "reviews-ngram"
DOMAIN = "reviews"
_POLARITY, _STARS = 0, 1


@dataclass(frozen=True)
class Answering:
    """The model that answers now: the shipped one, or with the user's personal head.

    Attributes:
        weights: (size,) float32, the polarity head that answers.
        label: name and version for results.
    """

    shipped: NgramModel
    both: NgramModel
    label: str
    personal: bool

    @property
    def weights(self) -> Floats:
        """Return the (size,) polarity weights."""
        return self.both.weights[:, _POLARITY]


@dataclass(frozen=True)
class Scores:
    """Log-odds of 긍정 and ratings 1..10; all (N,)."""

    log_odds: Floats
    rating: Floats


_personal: dict[int, tuple[LinearHead, NgramModel]] = {}


def shipped() -> NgramModel:
    """Return the shipped model, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return models.load(NAME, ngram_model.read)


def answering() -> Answering:
    """Return what answers now."""
    base, label = shipped(), manifest.entry(NAME).label
    head = learning.active_head(DOMAIN)
    if head is None:
        return Answering(base, base, label, False)
    # Columns: personal polarity, stars, shipped polarity (how far the stars must follow).
    if _personal.get(0, (None, None))[0] is not head:
        columns = np.column_stack([head.weights[0], base.weights[:, _STARS], base.weights[:, 0]])
        bias = np.array([head.bias[0], base.bias[_STARS], base.bias[0]], np.float32)
        _personal[0] = (head, NgramModel(base.spec, columns.astype(np.float32), bias, base.extra))
    version = learning.active_label(DOMAIN)
    return Answering(base, _personal[0][1], f"{label} + {version}", True)


def score(model: Answering, folded: list[str]) -> Scores:
    """Return the scores of texts that went through ``ngrams.fold``.

    A personal head moves the stars as much as it moved the log-odds.
    """
    logits = model.both.logits(folded)
    stars = logits[:, _STARS]
    if model.personal:
        moved = logits[:, _POLARITY] - logits[:, 2]
        stars = stars + moved * _slope(model.shipped)
    extra = model.shipped.extra
    rating = np.interp(stars, extra["knots"], extra["ratings"]).astype(np.float32)
    return Scores(logits[:, _POLARITY], rating)


def _slope(base: NgramModel) -> float:
    """Return how much of the star score goes with one unit of log-odds."""
    return float(base.extra["slope"])
