"""Confusion, calibration bins, coverage, kappa and mean error against scikit-learn and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learning import metrics

LABELS = ("가", "나", "다")
ITEMS = st.lists(
    st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60
)  # how sure, whether right


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from((*LABELS, None))), min_size=1))
def test_the_confusion_matrix_counts_every_item_once(pairs: list[tuple[str, str | None]]) -> None:
    truth, answers = [t for t, _ in pairs], [a for _, a in pairs]
    matrix = np.array(metrics.confusion_matrix(truth, answers, LABELS))
    assert matrix.shape == (3, 4) and matrix.sum() == len(pairs)
    assert matrix.sum(axis=1).tolist() == [truth.count(label) for label in LABELS]
    assert matrix[:, 3].sum() == answers.count(None)
    from sklearn.metrics import confusion_matrix

    answered = [(t, a) for t, a in pairs if a is not None]
    if answered:
        theirs = confusion_matrix(*zip(*answered, strict=True), labels=LABELS)
        assert matrix[:, :3].tolist() == theirs.tolist()
    assert np.trace(matrix[:, :3]) == sum(t == a for t, a in pairs)


@given(ITEMS)
def test_bins_hold_all_answers_and_give_the_calibration_error(
    items: list[tuple[float, bool]],
) -> None:
    sure, right = [s for s, _ in items], [r for _, r in items]
    bins = metrics.reliability(sure, right)
    assert len(bins) == metrics.BINS and sum(b.count for b in bins) == len(items)
    for b in bins:
        assert (b.accuracy is None) == (b.confidence is None) == (b.count == 0)
    gaps = sum(b.count * abs(b.accuracy - b.confidence) for b in bins if b.count)  # type: ignore[operator]
    assert metrics.expected_calibration_error(sure, right) == pytest.approx(gaps / len(items))


@given(ITEMS, st.integers(0, 5))
def test_coverage_ends_with_all_answers(items: list[tuple[float, bool]], silent: int) -> None:
    sure, right = [s for s, _ in items], [r for _, r in items]
    curve = metrics.coverage_curve(sure, right, len(items) + silent)
    assert len(curve) <= 100
    assert [p.threshold for p in curve] == sorted({p.threshold for p in curve}, reverse=True)
    last = curve[-1]
    assert last.coverage == pytest.approx(len(items) / (len(items) + silent))
    assert last.accuracy == pytest.approx(sum(right) / len(right))
    for point in curve:
        chosen = [r for s, r in items if s >= point.threshold]
        assert point.accuracy == pytest.approx(sum(chosen) / len(chosen))


def test_coverage_of_many_answers_is_thinned_and_of_none_is_empty() -> None:
    sure = np.linspace(0, 1, 5000)
    curve = metrics.coverage_curve(sure.tolist(), [True] * 5000, 5000)
    assert len(curve) <= 100 and curve[-1].coverage == 1.0
    assert metrics.coverage_curve([], [], 3) == ()


@pytest.mark.parametrize(
    ("truth", "answers", "kappa"),
    [([1, 2, 3], [1, 2, 3], 1.0), ([1, 10], [10, 1], -1.0), ([1, 1, 2], [1, 1, 1], 0.0)],
)
def test_quadratic_kappa_of_known_cases(truth: list[int], answers: list[int], kappa: float) -> None:
    assert metrics.quadratic_kappa(truth, answers) == pytest.approx(kappa)


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 10)), min_size=1))
def test_kappa_equals_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    truth, answers = [t for t, _ in pairs], [a for _, a in pairs]
    ours = metrics.quadratic_kappa(truth, answers)
    if len({*truth, *answers}) < 2:
        assert ours is None
    else:
        theirs = cohen_kappa_score(truth, answers, labels=range(11), weights="quadratic")
        assert ours == pytest.approx(theirs)


def test_a_far_miss_costs_more_than_a_near_one() -> None:
    near = metrics.quadratic_kappa([1, 5, 10, 10], [1, 5, 10, 9])
    far = metrics.quadratic_kappa([1, 5, 10, 10], [1, 5, 10, 1])
    assert near is not None and far is not None and near > far


def test_what_is_not_defined_is_none() -> None:
    assert metrics.quadratic_kappa([], []) is None
    assert metrics.quadratic_kappa([5, 5], [5, 5]) is None
    assert metrics.mean_absolute_error([], []) is None
    assert metrics.mean_absolute_error([1.0, 4.0], [2.0, 4.0]) == 0.5
