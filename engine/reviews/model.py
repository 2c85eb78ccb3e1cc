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

from engine.learning import trainer
from engine.learning.linear_head import LinearHead
from engine.models import manifest, store
from engine.reviews.rules import PatternModel
from engine.text import ngrams as ngram_model
from engine.text.ngrams import Floats, Ints, NgramModel, NgramSpec

NAME = "reviews-ngram"
DOMAIN = "reviews"
POLARITY, STARS = 0, 1

PERSONAL = NgramSpec(characters=(3, 4), words=(1, 2), bits=16)
"""The n-grams that corrections teach: long enough to mean something by themselves."""

PERSONAL_SCALE = 3.0
"""Length of a text's n-gram features in learning; together with the next number it makes a
correction teach its own words rather than shift every answer."""

NEUTRAL_RATINGS = (4.25, 8.0)
"""Ratings from the first to below the second are 중립 in instant mode: the best macro F1 on the
films held out of training (0.62; grid of quarters). Precise mode has a model for it."""

SCORE_SCALE = 0.25
"""What the shipped log-odds are multiplied by to be a feature in learning."""

SHAPE = (1, 1 + PERSONAL.size)
"""Of a personal head's weights."""


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
    """The model that answers now: the shipped one, perhaps with the user's personal head.

    Attributes:
        personal: what the personal head adds to the log-odds, by its own n-grams.
        share: what it makes of the shipped log-odds, 1 without it.
        label: name and version for results.
    """

    shipped: ReviewModel
    personal: NgramModel | None
    share: float
    label: str


@dataclass(frozen=True)
class Instant:
    """What the n-gram model says of N texts; all (N,).

    Attributes:
        shipped: log-odds of 긍정 of the shipped model.
        moved: how far the personal head moves them.
        stars: rating scores, moved as far.
    """

    shipped: Floats
    moved: Floats
    stars: Floats


@dataclass(frozen=True)
class Scores:
    """Log-odds of 긍정, ratings 1..10, and indices into ``THREE_WAY``; all (N,)."""

    log_odds: Floats
    rating: Floats
    verdict: Ints


_personal: dict[str, tuple[LinearHead, NgramModel]] = {}


def shipped() -> ReviewModel:
    """Return the shipped model, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return store.load(NAME, read)


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
    personal = trainer.answering(DOMAIN, SHAPE)
    label = trainer.model_name(label, personal)
    if personal.head is None:
        return Answering(base, None, 1.0, label)
    share = float(personal.head.weights[0, 0]) * SCORE_SCALE
    return Answering(base, _personal_model(personal.head), share, label)


def _personal_model(head: LinearHead) -> NgramModel:
    """Return the n-gram part of a personal head, kept until the head is another."""
    known = _personal.get(DOMAIN)
    if known is None or known[0] is not head:
        weights = np.ascontiguousarray(head.weights[:, 1:].T * PERSONAL_SCALE)
        known = _personal[DOMAIN] = (head, NgramModel(PERSONAL, weights, head.bias))
    return known[1]


def shipped_logits(folded: Sequence[str]) -> Floats:
    """Return (N, 2) log-odds and rating scores of the shipped model."""
    base = shipped()
    return base.ngrams.logits(folded) + base.patterns.logits(folded)


def instant(model: Answering, folded: Sequence[str]) -> Instant:
    """Return the n-gram model's answers to texts that went through ``ngrams.fold``.

    The stars follow as far as a personal head moves the log-odds.
    """
    base = model.shipped
    logits = base.ngrams.logits(folded) + base.patterns.logits(folded)
    log_odds, stars = logits[:, POLARITY], logits[:, STARS]
    if model.personal is None:
        return Instant(log_odds, np.zeros_like(log_odds), stars)
    moved = np.float32(model.share - 1) * log_odds + model.personal.logits(folded)[:, 0]
    return Instant(log_odds, moved, stars + base.slope * moved)


def score(model: Answering, folded: Sequence[str]) -> Scores:
    """Return the instant scores of texts that went through ``ngrams.fold``."""
    base, found = model.shipped, instant(model, folded)
    log_odds = found.shipped + found.moved
    rating = np.interp(found.stars, base.knots, base.ratings).astype(np.float32)
    verdict = np.digitize(rating, NEUTRAL_RATINGS)
    # A verdict that contradicts the label helps nobody.
    return Scores(log_odds, rating, np.where((verdict - 1) * log_odds < 0, 1, verdict))
