"""Identities: steady, crossing, gone and back, at any rate and size of frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.live.tracks import GAP_MS, Tracker
from engine.faces.result import Box


def square(x: float, y: float = 100.0, side: float = 100.0) -> Box:
    return x - side / 2, y - side / 2, side, side


def test_the_order_of_faces_does_not_matter() -> None:
    tracker = Tracker()
    assert tracker.update([square(100), square(400)], 0) == [1, 2]
    assert tracker.update([square(402), square(98)], 33) == [2, 1]


@pytest.mark.parametrize("step", [33, 66, 125])
def test_two_people_crossing_keep_their_numbers(step: int) -> None:
    tracker, seen = Tracker(), set()
    for time in range(0, 2001, step):  # 0.3 pixels a millisecond each, one a little lower
        one, two = square(100 + 0.3 * time), square(700 - 0.3 * time, 125)
        seen.add(tuple(tracker.update([one, two], time)))
    assert seen == {(1, 2)}


def test_crossing_while_one_hides_the_other() -> None:
    tracker = Tracker()
    for time in range(0, 2001, 40):
        boxes = [square(100 + 0.3 * time)]
        if abs(600 - 0.6 * time) > 60:  # not hidden: centres are more than 60 pixels apart
            boxes.append(square(700 - 0.3 * time))
        numbers = tracker.update(boxes, time)
        assert numbers == [1, 2][: len(boxes)], time


def test_a_short_gap_is_survived_and_a_long_one_is_not() -> None:
    tracker = Tracker()
    assert tracker.update([square(300)], 0) == [1]
    assert tracker.update([], 1000) == []
    assert tracker.update([square(320)], GAP_MS) == [1]
    assert tracker.known == (1,)
    for time in range(GAP_MS + 500, 2 * GAP_MS + 1, 500):
        assert tracker.update([], time) == []
    assert tracker.update([square(320)], 2 * GAP_MS + 1) == [2]
    assert tracker.known == (2,)


def test_a_source_that_stalls_is_no_absence_but_a_long_break_is() -> None:
    tracker = Tracker()
    assert tracker.update([square(300)], 0) == [1]
    assert tracker.update([square(340)], 5000) == [1]
    assert tracker.update([], 11_000) == [] and tracker.known == (1,)
    assert tracker.update([square(340)], 12_500) == [1]
    assert tracker.update([square(340)], 12_500 + 30_000) == [2]


def test_somebody_elsewhere_or_of_another_size_is_new() -> None:
    tracker = Tracker()
    assert tracker.update([square(100)], 0) == [1]
    assert tracker.update([square(190)], 33) == [2]  # 0.9 sizes away in one frame
    assert tracker.update([square(100, side=260)], 66) == [3]


def test_a_lost_face_is_looked_for_farther_away_with_time() -> None:
    quick, slow = Tracker(), Tracker()
    for tracker in (quick, slow):
        tracker.update([square(100)], 0)
    assert quick.update([square(200)], 100) == [2]  # reach 0.8 + 0.07 sizes
    assert slow.update([square(200)], 500) == [1]  # 0.8 + 0.35


def test_pictures_of_another_size_keep_the_people() -> None:
    tracker = Tracker()
    tracker.update([square(160), square(480)], 0)
    tracker.rescale(2.0, 2.0)
    assert tracker.update([square(960, 200, 200), square(320, 200, 200)], 40) == [2, 1]


@given(st.lists(st.lists(st.integers(0, 40), max_size=5, unique=True), max_size=12))
def test_numbers_are_never_used_twice(frames: list[list[int]]) -> None:
    tracker, gone = Tracker(), set[int]()
    for time, places in enumerate(frames):
        numbers = tracker.update([square(60.0 * place) for place in places], 700 * time)
        assert len(set(numbers)) == len(places) and not gone & set(numbers)
        gone |= {n for n in range(1, max(numbers, default=0) + 1) if n not in tracker.known}
