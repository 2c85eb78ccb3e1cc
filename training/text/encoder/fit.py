"""Fit how the shipped encoder is joined with the n-gram models, on the stop split.

Half of the stop split fits, the other half says the errors; neither is trained on by the
encoder or the n-gram models (whose own few calibration numbers are fitted there, too).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.learning.metrics import expected_calibration_error
from engine.reviews.fusion import features
from engine.text.encoder.layout import EMOTION, KOTE, POLARITY, RATING
from engine.text.ngrams import Floats, Ints
from training.text.ngram_logistic import sigmoid, softmax
from training.text.reviews import calibrate

RATING_TEMPER = 0.35
"""Frequent ratings count less, by this power of their count: between the smallest mean error
(0), where over a third of the reviews called 부정 get 3.5 stars or more, and even weights (1)."""

Numbers = dict[str, Any]


def halves(count: int, seed: int = 0) -> tuple[Ints, Ints]:
    """Return two random halves of 0..count-1: to fit, and to report on."""
    order = np.random.default_rng(seed).permutation(count)
    return order[::2], order[1::2]


def reviews(logits: Floats, ngram: Floats, rating: Ints) -> tuple[Numbers, Numbers]:
    """Return the numbers of ``engine.reviews.fusion`` and the report.

    Polarity: logistic regression on both log-odds, both labels counting the same. Rating:
    least squares on all scores, then a rising map. Three-way: multinomial logistic
    regression on the same scores, the three verdicts counting the same.

    Args:
        logits: (N, 61) of the encoder; *ngram*: (N, 2) of the review model; *rating*: (N,).
    """
    fit, rest = halves(len(rating))
    clear = (rating <= 4) | (rating >= 9)
    both = np.column_stack([ngram[:, 0], logits[:, POLARITY]])
    mix = _logistic(both[fit[clear[fit]]], rating[fit[clear[fit]]] >= 9)
    log_odds = (both @ mix.coef_[0] + mix.intercept_[0]).astype(np.float32)
    found = features(log_odds, logits[:, RATING], ngram[:, 1])
    weights, knots, ratings = _rating(found[fit], rating[fit])
    verdict = _logistic(found[fit], three_way(rating[fit]))
    numbers = {
        "ngram": float(mix.coef_[0, 0]),
        "encoder": float(mix.coef_[0, 1]),
        "offset": float(mix.intercept_[0]),
        "slope": _slope(log_odds[fit], logits[fit][:, RATING].mean(axis=1)),
        "rating": weights.tolist(),
        "knots": knots.tolist(),
        "ratings": ratings.tolist(),
        "verdict": verdict.coef_.T.tolist(),
        "verdict_offset": verdict.intercept_.tolist(),
    }
    side, truth = rest[clear[rest]], rating[rest[clear[rest]]] >= 9
    shown = np.interp(found[rest] @ weights, knots, ratings)
    report = {
        "n": len(rest),
        "balanced_accuracy": {
            "ngram": _balanced(ngram[side, 0] > 0, truth),
            "encoder": _balanced(logits[side, 0] > 0, truth),
            "joined": _balanced(log_odds[side] > 0, truth),
        },
        "ece": _even_ece(log_odds[side], truth),
        **_rating_report(shown, rating[rest], log_odds[rest]),
        "three_way_balanced_accuracy": _balanced(
            verdict.predict(found[rest]), three_way(rating[rest])
        ),
    }
    return numbers, report


def three_way(rating: Ints) -> Ints:
    """Return 0, 1, 2 for ratings of 1-4, 5-8, 9-10."""
    return np.digitize(rating, [5, 9])


def _logistic(scores: Floats, truth: NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000)
    return model.fit(scores.astype(np.float64), truth)


def _rating(found: Floats, rating: Ints) -> tuple[Floats, Floats, Floats]:
    """Return the scores' weights, and the knots of the map to 1..10."""
    from sklearn.linear_model import LinearRegression

    weight = calibrate.tempered(rating, RATING_TEMPER)
    line = LinearRegression().fit(found.astype(np.float64), rating, sample_weight=weight)
    weights = line.coef_.astype(np.float32)
    knots, ratings = calibrate.rating_map(found @ weights, rating, RATING_TEMPER)
    return weights, knots, ratings


def _slope(log_odds: Floats, steps: Floats) -> float:
    """Return how far the mean rating logit goes with one unit of log-odds."""
    return float(np.polyfit(log_odds, steps, 1)[0])


def _rating_report(shown: Floats, rating: Ints, log_odds: Floats) -> Numbers:
    from sklearn.metrics import cohen_kappa_score

    whole = np.rint(shown).astype(np.int64)
    negative = log_odds < 0
    return {
        "rating_mae": float(np.abs(shown - rating).mean()),
        "quadratic_kappa": float(cohen_kappa_score(whole, rating, weights="quadratic")),
        "stars_mae": float(np.abs(whole - rating).mean() / 2),
        "four_stars_among_negative": float((whole[negative] >= 8).mean()),
    }


def _balanced(guessed: NDArray[Any], truth: NDArray[Any]) -> float:
    return float(np.mean([(guessed[truth == label] == label).mean() for label in np.unique(truth)]))


def _even_ece(log_odds: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the calibration error on as many reviews of each label."""
    count = int(min(truth.sum(), (~truth).sum()))
    chosen = np.concatenate([np.flatnonzero(truth)[:count], np.flatnonzero(~truth)[:count]])
    chance = sigmoid(log_odds[chosen])
    return expected_calibration_error(
        np.maximum(chance, 1 - chance), (chance > 0.5) == truth[chosen]
    )


def emotions(logits: Floats, ngram: Floats, emotion: Ints) -> tuple[Numbers, Numbers]:
    """Return the numbers of ``engine.emotions.fusion`` and the report.

    Two factors, of the encoder's log-probabilities and of the n-gram model's, of the least
    cross-entropy: they weigh both and are the temperature (Guo et al. 2017).

    Args:
        logits: (N, 61) of the encoder; *ngram*: (N, 7); *emotion*: (N,) 0..6.
    """
    from scipy.optimize import minimize

    fit, rest = halves(len(emotion))
    parts = [np.log(np.maximum(softmax(x), 1e-12)) for x in (logits[:, EMOTION], ngram)]

    def joined(factors: NDArray[Any], rows: Ints) -> Floats:
        return softmax(factors[0] * parts[0][rows] + factors[1] * parts[1][rows])

    def loss(factors: NDArray[Any]) -> float:
        chance = joined(factors, fit)[np.arange(len(fit)), emotion[fit]]
        return float(-np.log(np.maximum(chance, 1e-12)).mean(dtype=np.float64))

    best = minimize(loss, [0.5, 0.5], bounds=[(0, 5), (0, 5)], method="Nelder-Mead").x
    chances = {
        "encoder": np.exp(parts[0][rest]),
        "ngram": np.exp(parts[1][rest]),
        "joined": joined(best, rest),
    }
    report: Numbers = {"n": len(rest)}
    for name, chance in chances.items():
        guessed = chance.argmax(axis=1)
        report[name] = {
            "accuracy": float((guessed == emotion[rest]).mean()),
            "macro_f1": _f1(guessed, emotion[rest], "macro"),
            "ece": expected_calibration_error(chance.max(axis=1), guessed == emotion[rest]),
        }
    return {"encoder": float(best[0]), "ngram": float(best[1])}, report


def kote(logits: Floats, marked: Ints) -> tuple[Numbers, Numbers]:
    """Return the threshold of the best micro-F1, and the report.

    One for all labels: the stop split has too few texts for a threshold a label.

    Args:
        logits: (N, 61) of the encoder; *marked*: (N, 44) 0 or 1.
    """
    fit, rest = halves(len(marked))
    chance = sigmoid(logits[:, KOTE])
    grid = np.arange(0.05, 0.6, 0.005)
    best = max(grid, key=lambda t: _f1(chance[fit] >= t, marked[fit], "micro"))
    shown = chance[rest] >= best
    report = {
        "n": len(rest),
        "micro_f1": _f1(shown, marked[rest], "micro"),
        "macro_f1": _f1(shown, marked[rest], "macro"),
        "shown_a_text": float(shown.sum(axis=1).mean()),
    }
    return {"threshold": float(best)}, report


def _f1(guessed: NDArray[Any], truth: NDArray[Any], average: str) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth, guessed, average=average, zero_division=0))
