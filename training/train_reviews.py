"""Train the review model: polarity and stars over hashed n-grams.

Two linear models learn from the films that are not held out: polarity (ratings 1-4
against 9-10, both sides counting the same) and the rating itself (all ratings, as a
share of the way from 1 to 10). The held-out films then fit how the two are joined into
one calibrated log-odds, and which rating each score stands for.
`python -m training.train_reviews --data reviews_train.tsv.gz --out models`
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine import ngrams
from engine.ngram_model import NgramModel, read, save
from engine.ngrams import Floats, NgramSpec
from engine.reviews.results import LABELS
from training.metrics import classification_metrics
from training.ngram_logistic import balanced, fit_binary, sigmoid
from training.register import register
from training.reviews_data import Reviews, read_rated

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NAME = "reviews-ngram"
VERSION = "1.0"
FILE = "reviews-ngram.npz"
SPEC = NgramSpec(characters=(1, 2, 3, 4, 5), words=(1, 2), bits=20)
STRENGTH = 2.0
KNOTS = 64
ANCHORS = 800


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
    options = parser.parse_args(argv)
    reviews = read_rated(options.data, options.limit)
    _say(f"{len(reviews.texts):,} reviews read")
    model, report = train(reviews, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    save(options.out / FILE, model)
    register(
        options.out,
        NAME,
        version=VERSION,
        task="Korean review -> positive or negative, and stars",
        licence="AGPL-3.0-or-later",
        files=[FILE],
    )
    report["shipped"] = polarity_metrics(read(options.out / FILE), reviews)
    print(json.dumps(report, ensure_ascii=False, indent=1), flush=True)
    return 0


def train(reviews: Reviews, seed: int = 0) -> tuple[NgramModel, dict[str, object]]:
    """Return the model and what the held-out films say of it."""
    features = ngrams.matrix([ngrams.fold(text) for text in reviews.texts], SPEC)
    _say(f"{features.nnz:,} n-grams")
    held, rating = reviews.held_out, reviews.rating
    polar = (rating <= 4) | (rating >= 9)
    raw = np.zeros((SPEC.size, 2), np.float32)
    bias = np.zeros(2, np.float32)
    chosen = polar & ~held
    truth = (rating[chosen] >= 9).astype(np.int64)
    raw[:, 0], bias[0] = fit_binary(
        features[chosen], truth.astype(np.float32), balanced(truth, 2), strength=STRENGTH
    )
    _say("polarity trained")
    raw[:, 1], bias[1] = fit_binary(
        features[~held], _share(rating[~held]), tempered(rating[~held]), strength=STRENGTH
    )
    _say("stars trained")
    return _join(raw, bias, features[held], rating[held], np.random.default_rng(seed))


def _join(
    raw: Floats,
    bias: Floats,
    features: csr_matrix,
    rating: NDArray[np.int64],
    rng: np.random.Generator,
) -> tuple[NgramModel, dict[str, object]]:
    """Calibrate on the held-out films: join the heads, map scores to ratings, draw anchors."""
    scores = features @ raw + bias
    polar = np.flatnonzero((rating <= 4) | (rating >= 9))
    truth = (rating[polar] >= 9).astype(np.int64)
    mix, offset = _calibration(scores[polar], truth)
    joined = np.column_stack([raw @ mix, raw[:, 1]]).astype(np.float32)
    biases = np.array([bias @ mix + offset, bias[1]], np.float32)
    knots, ratings = rating_map(scores[:, 1], rating)
    order = np.concatenate(
        [rng.permutation(polar[truth == label])[: ANCHORS // 2] for label in (0, 1)]
    )
    order = rng.permutation(order)
    anchors = features[order]
    extra = {
        "knots": knots,
        "ratings": ratings,
        "slope": np.array(_slope(scores @ mix + offset, scores[:, 1]), np.float32),
        "anchor_columns": anchors.indices.astype(np.int32),
        "anchor_counts": np.diff(anchors.indptr).astype(np.int32),
        "anchor_labels": (rating[order] >= 9).astype(np.int8),
    }
    alone = _balanced_accuracy(truth, scores[polar, 0] > 0)
    both = _balanced_accuracy(truth, scores[polar] @ mix + offset > 0)
    stars = np.rint(np.interp(scores[:, 1], knots, ratings)) / 2
    error = np.abs(stars - rating / 2)
    report: dict[str, object] = {
        "held_out": len(rating),
        "balanced_accuracy_polarity_alone": alone,
        "balanced_accuracy_joined": both,
        "mix": [float(m) for m in mix],
        "stars_mae": float(error.mean()),
        "stars_mae_by_rating": {
            int(r): float(error[rating == r].mean()) for r in np.unique(rating)
        },
    }
    return NgramModel(SPEC, joined, biases, extra), report


def _calibration(scores: Floats, truth: NDArray[np.int64]) -> tuple[Floats, float]:
    """Return the two weights and the offset of the calibrated log-odds (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=100.0, class_weight="balanced").fit(scores, truth)
    return found.coef_[0].astype(np.float32), float(found.intercept_[0])


def _slope(log_odds: Floats, stars: Floats) -> float:
    """Return how far the star score goes with one unit of log-odds (least squares)."""
    centred = log_odds - log_odds.mean()
    return float((centred * (stars - stars.mean())).sum() / max(float(centred @ centred), 1e-9))


def rating_map(scores: Floats, rating: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return ascending score knots and the non-falling ratings 1..10 they stand for.

    Each knot is a bin of equally many reviews; its rating is the median weighted by
    :func:`tempered`, so that the crowd of tens does not lift every doubtful review.
    """
    from sklearn.isotonic import IsotonicRegression

    bins = np.array_split(np.argsort(scores, kind="stable"), min(KNOTS, len(scores)))
    weight = tempered(rating)
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


def tempered(rating: NDArray[np.int64]) -> Floats:
    """Return (N,) weights by one over the root of each rating's count, of mean 1."""
    count = np.maximum(np.bincount(rating, minlength=11), 1)
    weight = 1.0 / np.sqrt(count[rating])
    return (weight / weight.mean()).astype(np.float32)


def _share(rating: NDArray[np.int64]) -> Floats:
    return ((rating - 1) / 9).astype(np.float32)


def _balanced_accuracy(truth: NDArray[np.int64], predicted: NDArray[np.bool_]) -> float:
    return float(np.mean([(predicted[truth == label] == label).mean() for label in (0, 1)]))


def polarity_metrics(model: NgramModel, reviews: Reviews) -> dict[str, object]:
    """Return the metrics of the saved model on the held-out films' clear ratings."""
    rows = np.flatnonzero(reviews.held_out & ((reviews.rating <= 4) | (reviews.rating >= 9)))
    chance = sigmoid(model.logits([ngrams.fold(reviews.texts[i]) for i in rows])[:, 0])
    truth = [LABELS[int(reviews.rating[i] >= 9)] for i in rows]
    guessed: list[str | None] = [LABELS[int(p > 0.5)] for p in chance]
    sure = np.maximum(chance, 1 - chance).tolist()
    return classification_metrics(truth, guessed, sure, LABELS)


def _say(line: str) -> None:
    print(f"[{time.process_time():.0f} s CPU] {line}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
