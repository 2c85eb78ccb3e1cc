"""The shipped review model, and what its scores mean.

Two parts add up: linear heads over hashed n-grams and the pattern model, each with one
head for the log-odds of 긍정 and one for the rating.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine import learning, manifest, models, ngram_model
from engine.adapt import LinearHead
from engine.ngram_model import NgramModel
from engine.ngrams import Floats
from engine.reviews.patterns import PatternModel

NAME = "reviews-ngram"
DOMAIN = "reviews"
POLARITY, STARS = 0, 1


@dataclass(frozen=True)
class ReviewModel:
    """The shipped model.

    Attributes:
        ngrams: heads (size, 2): log-odds of 긍정, score of the rating; its ``extra`` holds
            the anchors of learning.
        patterns: the same two heads.
        knots, ratings: ascending rating scores and the ratings 1..10 they stand for.
        slope: how far the rating score goes with one unit of log-odds.
    """

    ngrams: NgramModel
    patterns: PatternModel
    knots: Floats
    ratings: Floats
    slope: float


@dataclass(frozen=True)
class Answering:
    """The model that answers now: the shipped one, or with the user's personal head.

    Attributes:
        heads: columns of n-gram weights; a personal head brings the shipped one along as a
            third column, because the stars follow how far it moved.
        pattern_weight: what the personal head makes of the patterns' log-odds; else 1.
        label: name and version for results.
    """

    shipped: ReviewModel
    heads: NgramModel
    pattern_weight: float
    label: str


@dataclass(frozen=True)
class Scores:
    """Log-odds of 긍정 and ratings 1..10; all (N,)."""

    log_odds: Floats
    rating: Floats


_personal: dict[str, tuple[LinearHead, NgramModel]] = {}


def shipped() -> ReviewModel:
    """Return the shipped model, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return models.load(NAME, read)


def read(path: Path) -> ReviewModel:
    """Read the model's file.

    Raises:
        OSError, ValueError, KeyError: the file is not such a model.
    """
    heads = ngram_model.read(path)
    extra = heads.extra
    patterns = PatternModel(
        codes=extra["pattern_codes"],
        vectors=extra["pattern_vectors"],
        taps=extra["pattern_taps"],
        bias=extra["pattern_bias"],
        out=extra["pattern_out"],
        offset=extra["pattern_offset"],
        widths=tuple(int(width) for width in extra["pattern_widths"]),
    )
    return ReviewModel(heads, patterns, extra["knots"], extra["ratings"], float(extra["slope"]))


def pattern_arrays(patterns: PatternModel) -> dict[str, NDArray[np.generic]]:
    """Return the pattern model as the named arrays that :func:`read` expects."""
    return {
        "pattern_codes": patterns.codes,
        "pattern_vectors": patterns.vectors,
        "pattern_taps": patterns.taps,
        "pattern_bias": patterns.bias,
        "pattern_out": patterns.out,
        "pattern_offset": patterns.offset,
        "pattern_widths": np.array(patterns.widths, np.int64),
    }


def answering() -> Answering:
    """Return what answers now."""
    base, label = shipped(), manifest.entry(NAME).label
    head = learning.active_head(DOMAIN)
    if head is None:
        return Answering(base, base.ngrams, 1.0, label)
    version = learning.active_label(DOMAIN)
    weight = float(head.weights[0, -1])
    return Answering(base, _with_head(base.ngrams, head), weight, f"{label} + {version}")


def _with_head(base: NgramModel, head: LinearHead) -> NgramModel:
    """Return the personal polarity, the stars, and the shipped polarity as three heads."""
    known = _personal.get(DOMAIN)
    if known is None or known[0] is not head:
        columns = (head.weights[0, :-1], base.weights[:, STARS], base.weights[:, POLARITY])
        bias = np.array([head.bias[0], base.bias[STARS], base.bias[POLARITY]], np.float32)
        model = NgramModel(base.spec, np.column_stack(columns).astype(np.float32), bias)
        known = _personal[DOMAIN] = (head, model)
    return known[1]


def score(model: Answering, folded: Sequence[str]) -> Scores:
    """Return the scores of texts that went through ``ngrams.fold``."""
    base = model.shipped
    patterns = base.patterns.logits(folded)
    logits = model.heads.logits(folded)
    log_odds = logits[:, POLARITY] + model.pattern_weight * patterns[:, POLARITY]
    stars = logits[:, STARS] + patterns[:, STARS]
    if logits.shape[1] > 2:
        stars = stars + base.slope * (log_odds - logits[:, 2] - patterns[:, POLARITY])
    rating = np.interp(stars, base.knots, base.ratings)
    return Scores(log_odds.astype(np.float32), rating.astype(np.float32))
