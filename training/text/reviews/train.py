"""Train the review model: polarity and stars, over hashed n-grams and over patterns.

Two linear models over n-grams and one small convolution learn from the films that are not
held out: polarity (ratings 1-4 against 9-10, both sides counting the same, the ratings
between a little) and the rating itself (as a share of the way from 1 to 10). The held-out
films then fit how these are joined into one calibrated log-odds and one rating score, and
which rating each score stands for.
`python -m training reviews --data reviews_train.tsv.gz --out models`
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.learning.metrics import classification_metrics
from engine.reviews.model import ReviewModel, pattern_arrays, read
from engine.reviews.result import LABELS
from engine.reviews.rules import PatternModel
from engine.text import ngrams
from engine.text.ngrams import Floats, NgramModel, NgramSpec, save
from training.common import track
from training.text.ngram_logistic import fit_binary, sigmoid
from training.text.reviews.calibrate import FILE, calibrated, enter, tempered
from training.text.reviews.data import Reviews, extra, read_rated, written

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SPEC = NgramSpec(characters=(1, 2, 3, 4, 5), words=(1, 2), bits=21)
POLARITY_STRENGTH = 1.5
STARS_STRENGTH = 2.0
MIDDLE = 0.15
"""Weight of a rating of 5 to 8 in the polarity, against 1 of a clear one."""

POSITIVE_SHARE = np.array([0, 0, 0, 0, 0, 0.1, 0.25, 0.6, 0.85, 1, 1], np.float32)
"""How positive each rating 0..10 counts for the polarity."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="reviews_train.tsv.gz")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--device", default="cpu", choices=["cpu"], help="always the CPU")
    parser.add_argument("--limit", type=int, help="train on N random rows")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--noise", action="store_true", help="learn misspelt copies and denials too"
    )
    track.add_option(parser)
    options = parser.parse_args(argv)
    with track.logged(options, "reviews-ngram", data=[options.data]):
        _run(options)
    return 0


def _run(options: argparse.Namespace) -> None:
    reviews = read_rated(options.data, options.limit)
    _say(f"{len(reviews.texts):,} reviews read")
    model, report = train(reviews, options.seed, options.noise)
    options.out.mkdir(parents=True, exist_ok=True)
    save(options.out / FILE, model)
    enter(options.out)
    report["shipped"] = polarity_metrics(read(options.out / FILE), reviews)
    print(json.dumps(report, ensure_ascii=False, indent=1), flush=True)
    track.measured(report)
    track.made(options.out / FILE)


@dataclass(frozen=True)
class Examples:
    """What is learned from: films that are not held out, and texts beside them.

    Attributes:
        clear: (N,) whether the row counts fully for the polarity.
    """

    folded: list[str]
    rating: NDArray[np.int64]
    clear: NDArray[np.bool_]


def train(
    reviews: Reviews, seed: int = 0, noise: bool = False
) -> tuple[NgramModel, dict[str, object]]:
    """Return the model and what the held-out films say of it.

    Args:
        noise: learn noisy copies and a grammar's sentences too, see
            :mod:`training.text.reviews.data`.
    """
    held = np.flatnonzero(reviews.held_out)
    examples = _examples(reviews, seed, noise)
    features = ngrams.matrix(examples.folded, SPEC)
    _say(f"{features.nnz:,} n-grams of {len(examples.folded):,} texts")
    weights, bias = _linear(features, examples)
    del features
    patterns = _patterns(examples, seed)
    _say("patterns trained")
    folded = [ngrams.fold(reviews.texts[i]) for i in held]
    linear = NgramModel(SPEC, weights, bias)
    return _join(linear, patterns, folded, reviews.rating[held], np.random.default_rng(seed))


def _examples(reviews: Reviews, seed: int, noise: bool) -> Examples:
    rows = np.flatnonzero(~reviews.held_out)
    rating, texts = reviews.rating[rows], [reviews.texts[i] for i in rows]
    more = extra(texts, rating, seed) if noise else written()
    _say(f"{len(more.texts):,} texts beside the reviews")
    return Examples(
        [ngrams.fold(text) for text in (*texts, *more.texts)],
        np.concatenate([rating, more.rating]),
        np.concatenate([(rating <= 4) | (rating >= 9), more.clear]),
    )


def _linear(features: csr_matrix, examples: Examples) -> tuple[Floats, Floats]:
    """Return the (size, 2) n-gram weights and (2,) biases of polarity and stars."""
    positive = POSITIVE_SHARE[examples.rating]
    weight = np.where(examples.clear, 1.0, MIDDLE).astype(np.float32)
    mass = np.array([(weight * (1 - positive)).sum(), (weight * positive).sum()])
    up, down = mass.mean() / mass[1], mass.mean() / mass[0]
    # A row between the sides counts as a part of each, and each side counts the same.
    both = positive * up + (1 - positive) * down
    polarity, first = fit_binary(
        features,
        (positive * up / both).astype(np.float32),
        (weight * both).astype(np.float32),
        strength=POLARITY_STRENGTH,
    )
    _say("polarity trained")
    stars, second = fit_binary(
        features, _share(examples.rating), tempered(examples.rating), strength=STARS_STRENGTH
    )
    _say("stars trained")
    return np.column_stack([polarity, stars]), np.array([first, second], np.float32)


def _patterns(examples: Examples, seed: int) -> PatternModel:
    from training.text.reviews import patterns as reviews_patterns

    side = (examples.rating >= 5).astype(np.int64)
    return reviews_patterns.fit(
        examples.folded,
        np.where(examples.clear, side, -1),
        _share(examples.rating),
        tempered(examples.rating),
        seed=seed,
    )


def _join(
    linear: NgramModel,
    patterns: PatternModel,
    folded: list[str],
    rating: NDArray[np.int64],
    rng: np.random.Generator,
) -> tuple[NgramModel, dict[str, object]]:
    """Calibrate on the held-out films: join the parts, map scores to ratings, draw anchors."""
    scores = np.column_stack([linear.logits(folded), patterns.logits(folded)])
    clear = np.flatnonzero((rating <= 4) | (rating >= 9))
    truth = (rating[clear] >= 9).astype(np.int64)
    mix, offset = _calibration(scores[clear], truth)
    stars_mix = _stars_mix(scores[:, [1, 3]], rating)
    log_odds, stars = scores @ mix + offset, scores[:, [1, 3]] @ stars_mix
    joined = dataclasses.replace(
        patterns,
        out=np.column_stack([patterns.out @ mix[2:], patterns.out[:, 1] * stars_mix[1]]),
        offset=np.array([patterns.offset @ mix[2:], patterns.offset[1] * stars_mix[1]]),
    )
    extra = {**calibrated(folded, log_odds, stars, rating, rng), **pattern_arrays(joined)}
    knots, ratings = extra["knots"], extra["ratings"]
    heads = np.column_stack([linear.weights @ mix[:2], linear.weights[:, 1] * stars_mix[0]])
    biases = np.array([linear.bias @ mix[:2] + offset, linear.bias[1] * stars_mix[0]], np.float32)
    shown = np.rint(np.interp(stars, knots, ratings)) / 2
    error = np.abs(shown - rating / 2)
    names = ("ngram_polarity", "ngram_stars", "pattern_polarity", "pattern_stars")
    report: dict[str, object] = {
        "held_out": len(rating),
        "balanced_accuracy": {
            "ngram_polarity": _balanced_accuracy(truth, scores[clear, 0] > 0),
            "pattern_polarity": _balanced_accuracy(truth, scores[clear, 2] > 0),
            "joined": _balanced_accuracy(truth, log_odds[clear] > 0),
        },
        "mix": dict(zip(names, mix.tolist(), strict=True)),
        "rating_at_even_odds": float(
            np.interp(np.median(stars[np.abs(log_odds) < 0.2]), knots, ratings)
        ),
        "stars_mae": float(error.mean()),
        "stars_mae_by_rating": {
            int(r): float(error[rating == r].mean()) for r in np.unique(rating)
        },
    }
    return NgramModel(SPEC, heads.astype(np.float32), biases, extra), report


def _calibration(scores: Floats, truth: NDArray[np.int64]) -> tuple[Floats, float]:
    """Return the weights and the offset of the calibrated log-odds (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=100.0, class_weight="balanced").fit(scores, truth)
    return found.coef_[0].astype(np.float32), float(found.intercept_[0])


def _stars_mix(scores: Floats, rating: NDArray[np.int64]) -> Floats:
    """Return how much of each part's rating score predicts the rating best."""
    from sklearn.linear_model import LinearRegression

    found = LinearRegression().fit(scores, rating, sample_weight=tempered(rating))
    return found.coef_.astype(np.float32)


def _share(rating: NDArray[np.int64]) -> Floats:
    return ((rating - 1) / 9).astype(np.float32)


def _balanced_accuracy(truth: NDArray[np.int64], predicted: NDArray[np.bool_]) -> float:
    return float(np.mean([(predicted[truth == label] == label).mean() for label in (0, 1)]))


def polarity_metrics(model: ReviewModel, reviews: Reviews) -> dict[str, object]:
    """Return the metrics of the saved model on the held-out films' clear ratings."""
    rows = np.flatnonzero(reviews.held_out & ((reviews.rating <= 4) | (reviews.rating >= 9)))
    folded = [ngrams.fold(reviews.texts[i]) for i in rows]
    chance = sigmoid((model.ngrams.logits(folded) + model.patterns.logits(folded))[:, 0])
    truth = [LABELS[int(reviews.rating[i] >= 9)] for i in rows]
    guessed: list[str | None] = [LABELS[int(p > 0.5)] for p in chance]
    sure = np.maximum(chance, 1 - chance).tolist()
    return classification_metrics(truth, guessed, sure, LABELS)


def _say(line: str) -> None:
    print(f"[{time.process_time():.0f} s CPU] {line}", flush=True)
