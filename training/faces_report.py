"""What is told about the expression model: its figures beside the rules' and the majority's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.faces import rules
from engine.faces.features import measure
from engine.faces.landmarks import Found
from engine.faces.result import LABELS
from engine.metrics import classification_metrics


def report(
    found: Sequence[Found],
    truth: npt.NDArray[np.int64],
    probabilities: npt.NDArray[np.float32],
) -> dict[str, object]:
    """Return the model's metrics with the baselines' accuracy and macro-F1.

    Args:
        found: the N faces.
        truth: (N,) index into ``LABELS``.
        probabilities: (N, 7) of the model.
    """
    names = [LABELS[i] for i in truth]
    model = _metrics(
        names, [LABELS[i] for i in probabilities.argmax(1)], probabilities.max(1).tolist()
    )
    ruled = [rules.judge(measure(face.points)) for face in found]
    likeliest = max(LABELS, key=names.count)
    return {
        **model,
        "rules": _brief(_metrics(names, [r.label for r in ruled], [r.confidence for r in ruled])),
        "majority": _brief(_metrics(names, [likeliest] * len(names), [1.0] * len(names))),
    }


def _metrics(truth: list[str], predicted: list[str], sure: list[float]) -> dict[str, object]:
    return classification_metrics(truth, predicted, sure, LABELS)


def _brief(metrics: dict[str, object]) -> dict[str, object]:
    return {key: metrics[key] for key in ("accuracy", "macro_f1")}
