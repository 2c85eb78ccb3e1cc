"""Logistic regression over the sparse n-gram features, by L-BFGS in single precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.text.ngrams import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Doubles = NDArray[np.float64]


def balanced(labels: NDArray[np.int64], classes: int) -> Floats:
    """Return (N,) weights of mean 1 that make every class count the same."""
    count = np.maximum(np.bincount(labels, minlength=classes), 1)
    return (len(labels) / (np.count_nonzero(np.bincount(labels)) * count))[labels].astype(
        np.float32
    )


def sigmoid(scores: NDArray[np.floating]) -> Floats:
    """Return 1 / (1 + exp(-scores)) without overflow."""
    return np.exp(-np.logaddexp(0.0, -scores.astype(np.float64))).astype(np.float32)


def softmax(scores: NDArray[np.floating]) -> Floats:
    """Return (N, C) probabilities of (N, C) scores."""
    lifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (lifted / lifted.sum(axis=1, keepdims=True)).astype(np.float32)


def fit_binary(
    features: csr_matrix,
    targets: Floats,
    weights: Floats,
    *,
    strength: float,
    iterations: int = 50,
) -> tuple[Floats, float]:
    """Return (F,) weights and the bias of ``P = sigmoid(x w + b)``.

    Minimises ``strength * sum_i weight_i * CE(P_i, target_i) + |w|^2 / 2``.

    Args:
        targets: (N,) in 0..1; a share between is a fractional target.
    """

    def errors(scores: Floats) -> tuple[float, Floats]:
        score = scores[:, 0]
        loss = np.logaddexp(0.0, score) - targets * score
        error = (sigmoid(score) - targets) * weights
        return float((loss * weights).sum(dtype=np.float64)), error[:, None]

    found = _minimise(features, 1, errors, strength, iterations)
    return found[:-1, 0], float(found[-1, 0])


def fit_classes(
    features: csr_matrix,
    labels: NDArray[np.int64],
    classes: int,
    weights: Floats,
    *,
    strength: float,
    iterations: int = 50,
) -> tuple[Floats, Floats]:
    """Return (F, C) weights and (C,) biases of ``P = softmax(x W + b)``; see `fit_binary`."""
    rows = np.arange(len(labels))

    def errors(scores: Floats) -> tuple[float, Floats]:
        chance = softmax(scores)
        loss = -np.log(np.maximum(chance[rows, labels], 1e-12)) * weights
        chance[rows, labels] -= 1.0
        return float(loss.sum(dtype=np.float64)), chance * weights[:, None]

    found = _minimise(features, classes, errors, strength, iterations)
    return found[:-1], found[-1]


def _minimise(
    features: csr_matrix, heads: int, errors: object, strength: float, iterations: int
) -> Floats:
    """Return the (F + 1, heads) solution; the last row is the unpenalised bias."""
    from scipy.optimize import minimize

    size = features.shape[1]
    transposed = features.T

    def objective(flat: Doubles) -> tuple[float, Doubles]:
        inner = flat.reshape(size + 1, heads).astype(np.float32)
        loss, error = errors(features @ inner[:-1] + inner[-1])  # type: ignore[operator]
        gradient = np.empty_like(inner)
        gradient[:-1] = strength * (transposed @ error) + inner[:-1]
        gradient[-1] = strength * error.sum(axis=0)
        penalty = 0.5 * float(np.square(inner[:-1]).sum(dtype=np.float64))
        return strength * loss + penalty, gradient.ravel().astype(np.float64)

    start = np.zeros((size + 1) * heads)
    options = {"maxiter": iterations, "maxcor": 6}
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(size + 1, heads).astype(np.float32)
