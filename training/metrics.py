"""Classification metrics with the names that ``training.evaluate`` reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def expected_calibration_error(
    confidence: npt.ArrayLike, correct: npt.ArrayLike, bins: int = 15
) -> float:
    """Return the expected calibration error in 0..1 over equal-width bins.

    Weighted mean of |accuracy - confidence| a bin (Guo et al. 2017, "On Calibration of
    Modern Neural Networks", equation 3, with their 15 bins).

    >>> expected_calibration_error([1.0, 1.0], [True, False])
    0.5
    """
    sure = np.asarray(confidence, dtype=np.float64)
    hit = np.asarray(correct, dtype=np.float64)
    if not len(sure):
        return 0.0
    which = np.clip((sure * bins).astype(int), 0, bins - 1)
    gaps = [
        abs(hit[which == b].mean() - sure[which == b].mean()) * (which == b).mean()
        for b in range(bins)
        if (which == b).any()
    ]
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
    per_class = {label: _scores(label, truth, predicted) for label in labels if label in set(truth)}
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
