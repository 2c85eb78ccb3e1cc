"""Classification metrics: what ``training.evaluate`` prints and a report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 15
"""Equal-width bins of the calibration error (Guo et al. 2017 use as many)."""
_POINTS = 100


@dataclass(frozen=True)
class Bin:
    """Answers of one stretch of confidence: their number, mean confidence and accuracy.

    *low* and *high* bound the stretch in 0..1; an empty bin has ``None`` for both means.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True)
class Coverage:
    """What answering only from *threshold* on gives: share answered, accuracy of those, 0..1."""

    threshold: float
    coverage: float
    accuracy: float


def reliability(
    confidence: npt.ArrayLike, correct: npt.ArrayLike, bins: int = BINS
) -> tuple[Bin, ...]:
    """Return the *bins* equal-width bins of a reliability diagram, from 0 to 1.

    >>> [(b.count, b.accuracy) for b in reliability([0.2, 0.9, 0.8], [False, True, False], 2)]
    [(1, 0.0), (2, 0.5)]
    """
    sure = np.asarray(confidence, dtype=np.float64)
    hit = np.asarray(correct, dtype=np.float64)
    which = np.clip((sure * bins).astype(int), 0, bins - 1)
    made = []
    for b in range(bins):
        met = which == b
        count = int(met.sum())
        mean = (float(sure[met].mean()), float(hit[met].mean())) if count else (None, None)
        made.append(Bin(b / bins, (b + 1) / bins, count, *mean))
    return tuple(made)


def expected_calibration_error(
    confidence: npt.ArrayLike, correct: npt.ArrayLike, bins: int = BINS
) -> float:
    """Return the expected calibration error in 0..1 over equal-width bins.

    Weighted mean of |accuracy - confidence| a bin (Guo et al. 2017, "On Calibration of
    Modern Neural Networks", equation 3, with their 15 bins); 0 without any answer.

    >>> expected_calibration_error([1.0, 1.0], [True, False])
    0.5
    """
    made = reliability(confidence, correct, bins)
    total = sum(row.count for row in made)
    gaps = (
        abs(row.accuracy - row.confidence) * row.count / total
        for row in made
        if row.accuracy is not None and row.confidence is not None
    )
    return float(sum(gaps))


def classification_metrics(
    truth: Sequence[str],
    predicted: Sequence[str | None],
    confidence: Sequence[float],
    labels: Sequence[str],
) -> dict[str, object]:
    """Return n, accuracy, macro_f1, per_class, ece and unanswered.

    A prediction of ``None`` (the model could not answer) counts as wrong everywhere but
    in ``ece``, which is over the answered items. ``macro_f1`` is the plain mean over
    those *labels* that occur in *truth*.

    Raises:
        ValueError: the sequences differ in length or are empty.
    """
    if not truth or not len(truth) == len(predicted) == len(confidence):
        raise ValueError("truth, predicted and confidence must be of one length, above 0")
    per_class = class_scores(truth, predicted, labels)
    hits = [t == p for t, p in zip(truth, predicted, strict=True)]
    answered = [i for i, p in enumerate(predicted) if p is not None]
    return {
        "n": len(truth),
        "accuracy": sum(hits) / len(truth),
        "macro_f1": float(np.mean([row["f1"] for row in per_class.values()])),
        "per_class": per_class,
        "ece": expected_calibration_error(
            [confidence[i] for i in answered], [hits[i] for i in answered]
        ),
        "unanswered": len(truth) - len(answered),
    }


def class_scores(
    truth: Sequence[str], predicted: Sequence[str | None], labels: Sequence[str]
) -> dict[str, dict[str, float | int]]:
    """Return precision, recall, f1 and support of each of *labels* that occurs in *truth*."""
    met = set(truth)
    return {label: _scores(label, truth, predicted) for label in labels if label in met}


def _scores(
    label: str, truth: Sequence[str], predicted: Sequence[str | None]
) -> dict[str, float | int]:
    support = sum(t == label for t in truth)
    claimed = sum(p == label for p in predicted)
    hits = sum(t == p == label for t, p in zip(truth, predicted, strict=True))
    precision = hits / claimed if claimed else 0.0
    recall = hits / support if support else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "support": support}


def confusion_matrix(
    truth: Sequence[str], predicted: Sequence[str | None], labels: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """Return one row a true label; columns are the answered labels, the last is no answer.

    >>> confusion_matrix(["a", "a", "b"], ["a", "b", None], ["a", "b"])
    ((1, 1, 0), (0, 0, 1))
    """
    index = {label: i for i, label in enumerate(labels)}
    matrix = np.zeros((len(labels), len(labels) + 1), dtype=np.int64)
    rows = [index[label] for label in truth]
    columns = [len(labels) if label is None else index[label] for label in predicted]
    np.add.at(matrix, (rows, columns), 1)
    return tuple(tuple(row) for row in matrix.tolist())


def coverage_curve(
    confidence: Sequence[float], correct: Sequence[bool], total: int
) -> tuple[Coverage, ...]:
    """Return what the surest answers are worth, from the surest few to all of them.

    At most 100 points, each at the last of equally sure answers. *total* counts the items,
    answered or not.
    """
    if not len(confidence):
        return ()
    sure = np.asarray(confidence, dtype=np.float64)
    order = np.argsort(-sure, kind="stable")
    falling = sure[order]
    right = np.cumsum(np.asarray(correct, dtype=np.float64)[order])
    ends = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)
    if len(ends) > _POINTS:
        ends = ends[np.unique(np.linspace(0, len(ends) - 1, _POINTS).astype(int))]
    return tuple(
        Coverage(float(falling[i]), (int(i) + 1) / total, float(right[i] / (i + 1))) for i in ends
    )


def quadratic_kappa(truth: Sequence[int], predicted: Sequence[int]) -> float | None:
    """Return Cohen's kappa with quadratic weights; ``None`` where it is not defined.

    It is not when nothing was rated, or when all ratings on both sides are the same.
    Cohen 1968, "Weighted kappa": 1 - mean squared difference of the pairs over that of
    every rating with every other side's.

    >>> quadratic_kappa([1, 3], [3, 1])
    -1.0
    """
    if not truth or len({*truth, *predicted}) < 2:
        return None
    left, right = np.asarray(truth, dtype=np.float64), np.asarray(predicted, dtype=np.float64)
    observed = float(np.mean(np.square(left - right)))
    by_chance = float(left.var() + right.var() + (left.mean() - right.mean()) ** 2)
    return 1.0 - observed / by_chance


def mean_absolute_error(truth: Sequence[float], predicted: Sequence[float]) -> float | None:
    """Return the mean of |truth - predicted|, ``None`` of nothing."""
    if not len(truth):
        return None
    return float(np.mean(np.abs(np.asarray(truth) - np.asarray(predicted))))
