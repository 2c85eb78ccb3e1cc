"""Precise mode: the encoder's logits and the n-gram model's scores as one judgement.

``calibration.json`` of the encoder holds the numbers; ``training.text.encoder.fit`` fits them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.models import store
from engine.reviews import model
from engine.reviews.model import Answering, Scores
from engine.text import encoder, ngrams
from engine.text.encoder.layout import CALIBRATION, NAME, POLARITY, RATING
from engine.text.ngrams import Floats, Ints


@dataclass(frozen=True)
class Fusion:
    """How both models are joined.

    Attributes:
        ngram, encoder, offset: of the calibrated log-odds of 긍정, the shipped ones.
        slope: how far the encoder's rating logits go with one unit of log-odds.
        rating: (12,) weights of the :func:`features` in the rating's score.
        knots, ratings: ascending scores and the ratings 1..10 they stand for.
        verdict, verdict_offset: (12, 3) and (3,) of the logits of 부정, 중립, 긍정.
    """

    ngram: float
    encoder: float
    offset: float
    slope: float
    rating: Floats
    knots: Floats
    ratings: Floats
    verdict: Floats
    verdict_offset: Floats

    def log_odds(self, ngram: Floats, logits: Floats) -> Floats:
        """Return the (N,) log-odds of the n-gram model's (N,) and the encoder's (N, 61)."""
        joined = self.ngram * ngram + self.encoder * logits[:, POLARITY][:, 0] + self.offset
        return joined.astype(np.float32)


def features(log_odds: Floats, steps: Floats, stars: Floats) -> Floats:
    """Return (N, 12): fused log-odds, rating logits, n-gram rating score, expected rating.

    Args:
        log_odds, stars: (N,); *steps*: (N, 9) logits of P(rating > k).
    """
    expected = 1 + (0.5 + 0.5 * np.tanh(0.5 * steps)).sum(axis=1)
    return np.column_stack([log_odds, steps, stars, expected]).astype(np.float32)


def read(folder: Path) -> Fusion:
    """Read the encoder's calibration.

    Raises:
        OSError, ValueError, KeyError: it is not there, or is another file.
    """
    found = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))["reviews"]
    made = Fusion(
        ngram=float(found["ngram"]),
        encoder=float(found["encoder"]),
        offset=float(found["offset"]),
        slope=float(found["slope"]),
        rating=np.array(found["rating"], np.float32),
        knots=np.array(found["knots"], np.float32),
        ratings=np.array(found["ratings"], np.float32),
        verdict=np.array(found["verdict"], np.float32),
        verdict_offset=np.array(found["verdict_offset"], np.float32),
    )
    if made.rating.shape != (12,) or made.verdict.shape != (12, 3):
        raise ValueError(f"{CALIBRATION} has weights of another shape")
    return made


def fusion() -> Fusion:
    """Return the shipped numbers, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: the encoder is not there or damaged.
    """
    return store.load(NAME, read)


def score(answering: Answering, texts: Sequence[str]) -> Scores:
    """Return the precise scores of *texts* as they were given.

    A personal head moves the log-odds as far as it moves the instant ones, and with them
    the rating and the verdict.

    Raises:
        ModelMissingError, ModelCorruptError: a model is not there or damaged.
    """
    joined, logits = fusion(), encoder.logits(texts)
    instant = model.instant(answering, [ngrams.fold(item) for item in texts])
    log_odds = joined.log_odds(instant.shipped, logits) + instant.moved
    steps = logits[:, RATING] + joined.slope * instant.moved[:, None]
    found = features(log_odds, steps, instant.stars)
    rating = np.interp(found @ joined.rating, joined.knots, joined.ratings)
    verdict = _verdict(found @ joined.verdict + joined.verdict_offset, log_odds)
    return Scores(log_odds, rating.astype(np.float32), verdict)


def _verdict(logits: Floats, log_odds: Floats) -> Ints:
    """Return (N,) the best of 0, 1, 2 that does not contradict the two-way label."""
    opposite = np.where(log_odds > 0, 0, 2)
    allowed = logits.copy()
    allowed[np.arange(len(logits)), opposite] = -np.inf
    return allowed.argmax(axis=1)


def log_odds(answering: Answering, texts: Sequence[str]) -> Floats:
    """Return the (N,) precise log-odds of 긍정 of any texts, empty ones included."""
    instant = model.instant(answering, [ngrams.fold(item) for item in texts])
    return fusion().log_odds(instant.shipped, encoder.logits(texts)) + instant.moved


def shipped_log_odds(texts: Sequence[str]) -> Floats:
    """Return the (N,) precise log-odds of 긍정 without any personal head."""
    instant = model.shipped_logits([ngrams.fold(item) for item in texts])
    return fusion().log_odds(instant[:, model.POLARITY], encoder.logits(texts))
