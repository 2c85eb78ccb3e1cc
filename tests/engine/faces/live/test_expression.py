"""Smoothing: the same in time at every rate of frames, and a label that does not flicker."""

from __future__ import annotations

import math

import pytest

from engine.faces import LABELS
from engine.faces.live.smoothing import HOLD_MS, TIME_MS, ExpressionSmoother
from tests.engine.faces_made import chances, times


def test_the_first_frame_is_taken_as_it_is() -> None:
    said = ExpressionSmoother().update(chances("행복"), 5000)
    assert said.label == "행복" and said.confidence == pytest.approx(0.7)
    assert sum(said.probabilities.values()) == pytest.approx(1.0)


def test_after_one_time_constant_by_hand() -> None:
    smoother = ExpressionSmoother()
    smoother.update(chances("중립"), 0)
    said = smoother.update(chances("행복"), round(TIME_MS))
    share, gap = 1 - math.exp(-1), math.log(0.7 / 0.05)  # the other five stay at log 0.05
    happy, neutral = math.exp(gap * share), math.exp(gap * (1 - share))
    assert said.probabilities["행복"] == pytest.approx(happy / (happy + neutral + 5))
    assert said.probabilities["중립"] == pytest.approx(neutral / (happy + neutral + 5))


@pytest.mark.parametrize("rate", [7.0, 15.0, 30.0, 60.0])
def test_the_rate_of_frames_changes_nothing(rate: float) -> None:
    smoother = ExpressionSmoother()
    smoother.update(chances("중립"), 0)
    for time in times(1.0, rate)[1:]:
        said = smoother.update(chances("놀람"), time)
    left = math.log(0.7 / 0.05) * math.exp(-1000 / TIME_MS)
    top, neutral = 0.7 * math.exp(-left), 0.05 * math.exp(left)
    assert said.probabilities["놀람"] == pytest.approx(top / (top + neutral + 0.25), abs=1e-6)
    assert said.label == "놀람"


def test_a_face_between_two_expressions_does_not_flicker() -> None:
    smoother = ExpressionSmoother()
    labels = []
    for number, time in enumerate(times(10.0, 30.0)):
        raw = chances("행복" if number % 2 else "중립", 0.5)
        labels.append(smoother.update(raw, time).label)
    assert set(labels) == {"중립"}


def test_one_wild_frame_changes_nothing() -> None:
    smoother = ExpressionSmoother()
    for time in times(1.0, 30.0):
        smoother.update(chances("중립"), time)
    wild = dict.fromkeys(LABELS, 0.0) | {"공포": 1.0}
    assert smoother.update(wild, 1033).label == "중립"
    assert smoother.update(chances("중립"), 1066).confidence > 0.6


def test_the_label_changes_only_after_it_has_led_for_a_while() -> None:
    smoother = ExpressionSmoother()
    smoother.update(chances("중립"), 0)
    led, changed = None, None
    for time in range(10, 2000, 10):
        said = smoother.update(chances("슬픔"), time)
        if led is None and said.probabilities["슬픔"] - said.probabilities["중립"] >= 0.08:
            led = time
        if changed is None and said.label == "슬픔":
            changed = time
    assert led is not None and changed == led + HOLD_MS


def test_a_long_gap_starts_afresh() -> None:
    smoother = ExpressionSmoother()
    smoother.update(chances("중립"), 0)
    said = smoother.update(chances("분노"), 10_000)
    assert said.probabilities["분노"] == pytest.approx(0.7, abs=1e-6)
