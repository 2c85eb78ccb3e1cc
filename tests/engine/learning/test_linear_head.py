"""Personal heads: pulled towards the corrections, held by the prior."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from engine.core.jobs import Cancelled, Progress
from engine.learning import linear_head
from engine.learning.linear_head import LinearHead


def _zero(classes: int, width: int) -> LinearHead:
    return LinearHead(np.zeros((classes, width), np.float32), np.zeros(classes, np.float32))


def test_learns_what_separates_three_classes() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(3), 30)
    features = (np.eye(3)[labels] * 3 + rng.normal(0, 0.3, (90, 3))).astype(np.float32)
    start = _zero(3, 3)
    head = linear_head.fit(start, features, start.targets(labels), np.ones(90))
    assert (head.classes(features) == labels).all()
    assert head.weights.dtype == head.bias.dtype == np.float32


def test_binary_head_has_one_row() -> None:
    features = np.array([[1.0], [2.0], [-1.0], [-2.0]], np.float32)
    labels = np.array([0, 0, 1, 1])
    start = _zero(1, 1)
    head = linear_head.fit(start, features, start.targets(labels), np.full(4, 5.0))
    assert head.weights.shape == (1, 1) and head.weights[0, 0] < 0
    assert head.classes(features).tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("classes", [1, 4])
def test_sparse_and_dense_features_give_the_same_head(classes: int) -> None:
    rng = np.random.default_rng(1)
    dense = (rng.random((40, 12)) * (rng.random((40, 12)) < 0.3)).astype(np.float32)
    dense[:, 7] = 0
    labels = rng.integers(0, max(classes, 2), 40)
    start = LinearHead(
        rng.normal(0, 1, (classes, 12)).astype(np.float32), np.zeros(classes, np.float32)
    )
    targets = start.targets(labels)
    one = linear_head.fit(start, dense, targets, np.ones(40), max_iterations=500)
    other = linear_head.fit(start, csr_matrix(dense), targets, np.ones(40), max_iterations=500)
    np.testing.assert_allclose(one.weights, other.weights, atol=2e-2)
    np.testing.assert_array_equal(other.weights[:, 7], start.weights[:, 7])


def test_a_stronger_prior_stays_closer_to_the_shipped_head() -> None:
    start, features = _zero(2, 2), np.ones((3, 2), np.float32)
    targets = start.targets(np.array([1, 1, 1]))
    moves = [
        float(np.abs(linear_head.fit(start, features, targets, np.ones(3), prior=p).weights).max())
        for p in (0.1, 1.0, 100.0)
    ]
    assert moves[0] > moves[1] > moves[2] > 0


def test_the_gradient_is_the_loss_gradient() -> None:
    from scipy.optimize import check_grad

    rng = np.random.default_rng(2)
    labels, weight = rng.dirichlet(np.ones(3), 5), rng.random(5)

    def loss(flat: np.ndarray) -> float:
        return linear_head._cross_entropy(flat.reshape(5, 3), labels, weight)[0]

    def gradient(flat: np.ndarray) -> np.ndarray:
        return linear_head._cross_entropy(flat.reshape(5, 3), labels, weight)[1].ravel()

    assert check_grad(loss, gradient, rng.normal(0, 2, 15)) < 1e-5


def test_extreme_logits_do_not_overflow() -> None:
    loss, error = linear_head._cross_entropy(
        np.array([[2000.0], [-2000.0]]), np.array([[0.0], [1.0]]), np.ones(2)
    )
    assert np.isfinite(loss) and np.isfinite(error).all()


def test_cancelling_leaves_the_given_head_alone() -> None:
    start, progress = _zero(2, 2), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        linear_head.fit(
            start, np.eye(2, dtype=np.float32), np.eye(2), np.ones(2), progress=progress
        )
    assert not start.weights.any()


@pytest.mark.parametrize("classes", [1, 3])
def test_what_is_to_stay_as_it_is_moves_nothing(classes: int) -> None:
    rng = np.random.default_rng(4)
    start = LinearHead(
        rng.normal(0, 1, (classes, 6)).astype(np.float32), np.zeros(classes, np.float32)
    )
    features = rng.normal(0, 1, (50, 6)).astype(np.float32)
    targets = start.probabilities(features)
    assert targets.shape == (50, classes) and (targets > 0).all()
    head = linear_head.fit(start, features, targets, np.ones(50))
    np.testing.assert_allclose(head.weights, start.weights, atol=1e-4)
