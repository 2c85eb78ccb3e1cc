"""The live bench's own records."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.live import _Series


def test_values_are_told_by_their_time() -> None:
    series = _Series(5)
    for when, value in ((0.0, 1.0), (2.0, 3.0), (4.0, 5.0)):
        series.add(when, value)
    assert series.between(0).tolist() == [1.0, 3.0, 5.0]
    assert series.between(2).tolist() == [3.0, 5.0]
    assert series.between(0, 3).tolist() == [1.0, 3.0]
    assert series.between(9).size == 0


def test_the_memory_is_taken_at_once() -> None:
    series = _Series(1000)
    before = series._rows.nbytes
    for number in range(1000):
        series.add(number, 0.0)
    assert series._rows.nbytes == before == 1000 * 2 * np.dtype(float).itemsize
