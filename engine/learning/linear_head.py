"""Personal heads: a linear classifier pulled from the shipped one towards the corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.core.errors import Message
from engine.core.jobs import Progress

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    Features: TypeAlias = npt.NDArray[np.float32] | csr_matrix
else:
    Features: TypeAlias = object

FloatArray: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearHead:
    """The last layer of a classifier.

    Attributes:
        weights: (C, F) float32; one row a class, or a single row for a binary head
            whose logit speaks for class 1.
        bias: (C,) float32.
    """

    weights: FloatArray
    bias: FloatArray

    def logits(self, features: Features) -> FloatArray:
        """Return (N, C) logits of *features* (N, F), dense or CSR."""
        return np.asarray(features @ self.weights.T + self.bias, dtype=np.float32)

    def classes(self, features: Features) -> npt.NDArray[np.int64]:
        """Return the (N,) index of the likeliest class."""
        scores = self.logits(features)
        if scores.shape[1] == 1:
            return (scores[:, 0] > 0).astype(np.int64)
        return np.asarray(scores.argmax(axis=1), dtype=np.int64)

    def probabilities(self, features: Features) -> npt.NDArray[np.float64]:
        """Return (N, C) softmax probabilities; for a single row (N, 1), those of class 1."""
        scores = self.logits(features).astype(np.float64)
        if scores.shape[1] == 1:
            return np.exp(-np.logaddexp(0.0, -scores))
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(chances / chances.sum(axis=1, keepdims=True))

    def targets(self, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Return the certain probabilities of class indices (N,), shaped as above."""
        if len(self.bias) == 1:
            return labels.astype(np.float64)[:, None]
        return np.eye(len(self.bias))[labels]


def fit(
    head: LinearHead,
    features: Features,
    targets: npt.NDArray[np.float64],
    sample_weight: npt.NDArray[np.float64],
    *,
    prior: float = 1.0,
    max_iterations: int = 100,
    progress: Progress | None = None,
) -> LinearHead:
    """Return the maximum a posteriori head, with a Gaussian prior centred on *head*.

    Minimises ``sum_i w_i CE(p_i, softmax(Wx_i + b)) + prior/2 (|W - W0|^2 + |b - b0|^2)``
    with L-BFGS (the weight-space form of regularising towards the old model: Chelba and
    Acero 2006, "Adaptation of Maximum Entropy Capitalizer"). Only the columns that occur
    in *features* can change, so a head over millions of hashed columns stays cheap.

    Args:
        features: (N, F) dense or CSR.
        targets: (N, C) probabilities p_i: :meth:`LinearHead.targets` of what is known, or
            the old head's own :meth:`LinearHead.probabilities` where it should stay as it
            is (Li and Hoiem 2016, "Learning without Forgetting").
        sample_weight: (N,) weight of each row's loss.

    Raises:
        Cancelled: *progress* was cancelled; *head* is untouched.
    """
    from scipy.optimize import minimize
    from scipy.sparse import issparse
    from threadpoolctl import threadpool_limits

    progress = progress or Progress()
    columns = _used_columns(features)
    local = features[:, columns]
    if not issparse(local):
        local = np.asarray(local, dtype=np.float64)
    w0, b0 = head.weights[:, columns].astype(np.float64), head.bias.astype(np.float64)
    size, steps = w0.size, 0

    def objective(delta: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = w0 + delta[:size].reshape(w0.shape)
        bias = b0 + delta[size:]
        loss, error = _cross_entropy(np.asarray(local @ weights.T) + bias, targets, sample_weight)
        gradient = np.concatenate([np.asarray((local.T @ error).T).ravel(), error.sum(axis=0)])
        return loss + 0.5 * prior * float(delta @ delta), gradient + prior * delta

    def step(_: npt.NDArray[np.float64]) -> None:
        nonlocal steps
        steps += 1
        progress.report(min(steps / max_iterations, 0.99), Message("학습하는 중…", "Training…"))

    start = np.zeros(size + b0.size)
    options = {"maxiter": max_iterations}
    with threadpool_limits(1, "blas"):  # the matrices are small: threads would only wait
        found = minimize(
            objective, start, jac=True, method="L-BFGS-B", callback=step, options=options
        )
    weights = head.weights.copy()
    weights[:, columns] = (w0 + found.x[:size].reshape(w0.shape)).astype(np.float32)
    return LinearHead(weights, (b0 + found.x[size:]).astype(np.float32))


def _used_columns(features: Features) -> npt.NDArray[np.int64]:
    if isinstance(features, np.ndarray):
        return np.arange(features.shape[1])
    return np.unique(features.indices)


def _cross_entropy(
    logits: npt.NDArray[np.float64],
    targets: npt.NDArray[np.float64],
    sample_weight: npt.NDArray[np.float64],
) -> tuple[float, npt.NDArray[np.float64]]:
    """Return the weighted loss and its (N, C) gradient by the logits."""
    if logits.shape[1] == 1:
        scores, truth = logits[:, 0], targets[:, 0]
        loss = np.logaddexp(0.0, scores) - truth * scores
        chance = np.exp(-np.logaddexp(0.0, -scores))  # the sigmoid, without overflow
        return float(sample_weight @ loss), ((chance - truth) * sample_weight)[:, None]
    top = logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(logits - top).sum(axis=1, keepdims=True)) + top
    loss = sample_weight @ (log_sum[:, 0] - (targets * logits).sum(axis=1))
    return float(loss), (np.exp(logits - log_sum) - targets) * sample_weight[:, None]
