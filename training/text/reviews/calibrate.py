"""What the held-out films add to a trained review model: the rating map and the anchors.

Part of the training; by itself it renews both for the model in models/, whose weights stay:
`python -m training reviews-calibrate --data reviews_train.tsv.gz --out models`
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.reviews.model import PERSONAL, pattern_arrays, read
from engine.text import ngrams
from engine.text.ngrams import Floats, save
from training.common.register import register
from training.text.reviews.data import read_rated

KNOTS = 64
ANCHORS = 800
RATING_TEMPER = 0.65
"""Chosen on the held-out films between the smallest mean error (0) and agreement with the
label (1): at even odds the map answers three to three and a half stars."""

NAME = "reviews-ngram"
VERSION = "1.0"
FILE = "reviews-ngram.npz"


def calibrated(
    folded: list[str],
    log_odds: Floats,
    stars: Floats,
    rating: NDArray[np.int64],
    rng: np.random.Generator,
) -> dict[str, NDArray[Any]]:
    """Return rating map, slope and anchors as the model's named arrays; all inputs (N,)."""
    knots, ratings = rating_map(stars, rating)
    sides = (np.flatnonzero(rating <= 4), np.flatnonzero(rating >= 9))
    chosen = rng.permutation(np.concatenate([rng.permutation(s)[: ANCHORS // 2] for s in sides]))
    anchors = ngrams.matrix([folded[i] for i in chosen], PERSONAL)
    return {
        "knots": knots,
        "ratings": ratings,
        "slope": np.array(_slope(log_odds, stars), np.float32),
        "anchor_columns": anchors.indices.astype(np.int32),
        "anchor_counts": np.diff(anchors.indptr).astype(np.int32),
        "anchor_labels": (rating[chosen] >= 9).astype(np.int8),
        "anchor_scores": log_odds[chosen].astype(np.float32),
    }


def _slope(log_odds: Floats, stars: Floats) -> float:
    """Return how far the star score goes with one unit of log-odds (least squares)."""
    centred = log_odds - log_odds.mean()
    return float((centred * (stars - stars.mean())).sum() / max(float(centred @ centred), 1e-9))


def rating_map(
    scores: Floats, rating: NDArray[np.int64], power: float = RATING_TEMPER
) -> tuple[Floats, Floats]:
    """Return ascending score knots and the non-falling ratings 1..10 they stand for.

    Each knot is a bin of equally many reviews. Its rating is the median with frequent
    ratings counting less (``tempered``): the crowd of tens would lift every doubtful review
    to four stars, beside the label 부정.
    """
    from sklearn.isotonic import IsotonicRegression

    bins = np.array_split(np.argsort(scores, kind="stable"), min(KNOTS, len(scores)))
    weight = tempered(rating, power)
    knots = np.array([scores[b].mean() for b in bins], np.float64)
    medians = np.array([_median(rating[b], weight[b]) for b in bins], np.float64)
    smooth = IsotonicRegression(y_min=1, y_max=10).fit_transform(knots, medians)
    return knots.astype(np.float32), smooth.astype(np.float32)


def _median(rating: NDArray[np.int64], weight: Floats) -> float:
    """Return the weighted median of whole numbers, interpolated within its step."""
    mass = np.bincount(rating, weight, minlength=11)
    below = np.cumsum(mass) - mass
    half = mass.sum() / 2
    step = int(np.flatnonzero(below + mass >= half)[0])
    return float(np.clip(step - 0.5 + (half - below[step]) / mass[step], 1, 10))


def tempered(rating: NDArray[np.int64], power: float = 0.5) -> Floats:
    """Return (N,) weights by one over a power of each rating's count, of mean 1."""
    count = np.maximum(np.bincount(rating, minlength=11), 1)
    weight = 1.0 / count[rating] ** power
    return (weight / weight.mean()).astype(np.float32)


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="reviews_train.tsv.gz")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    model, read_reviews = read(options.out / FILE), read_rated(options.data)
    rows = np.flatnonzero(read_reviews.held_out)
    folded = [ngrams.fold(read_reviews.texts[i]) for i in rows]
    scores = model.ngrams.logits(folded) + model.patterns.logits(folded)
    rng = np.random.default_rng(options.seed)
    extra = calibrated(folded, scores[:, 0], scores[:, 1], read_reviews.rating[rows], rng)
    extra |= pattern_arrays(model.patterns)
    save(options.out / FILE, dataclasses.replace(model.ngrams, extra=extra))
    enter(options.out)
    return 0


def enter(models: Path) -> None:
    """Enter the model's file into the manifest."""
    register(
        models,
        NAME,
        version=VERSION,
        task="Korean review -> positive or negative, and stars",
        licence="AGPL-3.0-or-later",
        files=[FILE],
    )
