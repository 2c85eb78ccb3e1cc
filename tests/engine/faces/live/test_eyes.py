"""Blinks, PERCLOS, yawns and the view, of sequences whose answer is known by hand."""

from __future__ import annotations

import math

import pytest

from engine.faces.detect.landmarks import Landmarker
from engine.faces.measure.eyes import AttentionMeter, BlinkCounter, Eyes, Spans
from engine.faces.measure.features import PAIRS, openness
from engine.faces.measure.gaze import GazeFollower, look
from tests.engine import faces_samples as samples
from tests.engine.faces_made import face, times


def blinking(rate: float, seconds: float, every: int, shut: int, ear: float = 0.3) -> Eyes:
    """Return the eyes of somebody who shuts them for *shut* of *every* milliseconds."""
    counter = BlinkCounter()
    for time in times(seconds, rate):
        closed = time % every >= every - shut
        eyes = counter.update(0.05 if closed else ear, 0.7 if closed else 0.1, time)
    return eyes


@pytest.mark.parametrize("rate", [12.0, 15.0, 24.0, 30.0, 60.0])
def test_blinks_are_counted_at_any_rate_of_frames(rate: float) -> None:
    eyes = blinking(rate, 60.0, every=4000, shut=200)  # the 15th ends with the last frame
    assert eyes.blinks == 15 and eyes.rate == pytest.approx(15.0, rel=0.01)
    assert eyes.long_closures == 0


@pytest.mark.parametrize("ear", [0.19, 0.25, 0.4])
def test_narrow_and_wide_eyes_are_measured_by_their_own(ear: float) -> None:
    assert blinking(30.0, 20.0, every=4000, shut=150, ear=ear).blinks == 5


def test_the_rate_is_unknown_at_first_and_of_the_last_minute_later() -> None:
    counter = BlinkCounter()
    for time in times(180.0, 30.0):
        closed = time % 3000 >= 2850 and time < 60_000
        eyes = counter.update(0.05 if closed else 0.3, 0.7 if closed else 0.1, time)
        if time == 19_000:
            assert eyes.rate is None
        if time == 60_000:
            assert eyes.rate == pytest.approx(20.0)
        if time == 90_000:
            assert eyes.rate == pytest.approx(10.0)
    assert eyes.blinks == 20 and eyes.rate == 0.0


def test_eyes_that_only_look_down_or_smile_do_not_blink() -> None:
    counter = BlinkCounter()
    for time in times(10.0, 30.0):
        narrow = time % 2000 > 1700
        eyes = counter.update(0.1 if narrow else 0.3, 0.15 if narrow else 0.1, time)
        assert not eyes.shut and eyes.closure <= 0.6
    assert eyes.blinks == 0


def test_a_long_closure_is_no_blink() -> None:
    eyes = blinking(30.0, 30.0, every=5000, shut=1200)
    assert eyes.blinks == 0 and eyes.long_closures == 6


def test_a_gap_ends_a_closure_uncounted_and_is_not_observed() -> None:
    counter = BlinkCounter()
    counter.update(0.3, 0.1, 0)
    counter.update(0.3, 0.1, 100)
    assert counter.update(0.05, 0.7, 200).shut
    assert counter.update(0.3, 0.1, 2000).blinks == 0
    for time in range(2300, 60_000, 300):  # three frames a second see no blinks
        eyes = counter.update(0.3, 0.1, time)
    assert eyes.rate is None


def test_somebody_who_comes_with_closed_eyes() -> None:
    counter = BlinkCounter()
    for time in times(1.0, 30.0):
        counter.update(0.05, 0.7, time)
    for time in times(2.0, 30.0, start=1033):
        counter.update(0.3, 0.1, time)
    counter.update(0.05, 0.7, 3100)
    assert counter.update(0.3, 0.1, 3233).blinks == 1


def test_known_open_eyes_need_no_getting_used_to() -> None:
    counter = BlinkCounter((0.3, 0.1))
    assert counter.update(0.05, 0.7, 0).shut
    assert counter.update(0.3, 0.1, 150).blinks == 1


def test_perclos_of_a_known_share() -> None:
    meter = AttentionMeter()
    for time in times(60.0, 20.0):
        closed = time % 5000 < 500  # a tenth
        state = meter.update(0.9 if closed else 0.1, 0.0, time)
        if time == 29_000:
            assert state.perclos is None and state.state == "unknown"
    assert state.perclos == pytest.approx(0.1) and state.state == "awake"
    assert state.seen_ms == 60_000


def test_tired_stays_until_clearly_awake() -> None:
    meter, states = AttentionMeter(), {}
    for time in times(200.0, 20.0):
        share = 1000 if time < 60_000 else 500 if time < 130_000 else 0
        states[time] = meter.update(0.9 if time % 5000 < share else 0.1, 0.0, time)
    assert states[60_000].perclos == pytest.approx(0.2) and states[60_000].state == "tired"
    assert states[125_000].perclos == pytest.approx(0.1) and states[125_000].state == "tired"
    assert states[195_000].perclos == 0.0 and states[195_000].state == "awake"


def test_what_was_not_seen_does_not_count() -> None:
    meter = AttentionMeter()
    for time in times(40.0, 20.0):
        turned = 10_000 <= time < 30_000
        state = meter.update(None if turned else 0.1, 0.0, time)
    assert state.seen_ms == pytest.approx(20_000, abs=100) and state.perclos is None


def test_a_yawn_is_a_mouth_that_stays_wide_open() -> None:
    meter, yawns = AttentionMeter(), []
    for time in times(20.0, 25.0):
        talking = time < 8000 and time % 800 < 500
        yawning = 10_000 <= time < 14_000 or 15_000 <= time < 16_000
        opening = 0.8 if yawning or talking else 0.1
        state = meter.update(0.0, opening, time)
        if state.yawning:
            yawns.append(time)
    assert state.yawns == 1 and (yawns[0], yawns[-1]) == (11_520, 13_960)


@pytest.mark.parametrize(
    ("view", "direction"),
    [
        ((0, 0), "centre"),
        ((20, 3), "right"),
        ((-25, 0), "left"),
        ((2, 18), "up"),
        ((0, -15), "down"),
    ],
)
def test_the_view_of_known_eyes(view: tuple[float, float], direction: str) -> None:
    seen = look(face(view=view))
    assert seen is not None and seen.direction == direction
    assert (seen.yaw, seen.pitch) == pytest.approx(view, abs=0.6)


@pytest.mark.parametrize("head", [(20.0, 0.0), (-30.0, 5.0), (10.0, -20.0)])
def test_a_turned_head_whose_eyes_stay_on_the_camera(head: tuple[float, float]) -> None:
    seen = look(face(yaw=head[0], pitch=head[1], view=(0, 0)))
    assert seen is not None and (seen.yaw, seen.pitch) == pytest.approx((0, 0), abs=0.6)
    assert seen.direction == "centre"


def test_eyes_that_follow_the_head_look_where_it_points() -> None:
    seen = look(face(yaw=20.0, view=(20, 0)))
    assert seen is not None and seen.yaw == pytest.approx(20.0, abs=0.1)
    moved = look(face(yaw=20.0, view=(20, 0)), centre=(15.0, 0.0))
    assert moved is not None and moved.yaw == pytest.approx(5.0, abs=0.1)


def test_closed_eyes_look_nowhere() -> None:
    assert look(face(ear=0.05)) is None
    assert GazeFollower().update(face(ear=0.05), 0) is None


def test_the_view_is_smoothed_and_its_direction_keeps() -> None:
    follower = GazeFollower()
    follower.update(face(), 0)
    once = follower.update(face(view=(20, 0)), 120)
    assert once is not None and once.direction == "centre"
    assert once.yaw == pytest.approx(20 * (1 - math.exp(-1)), abs=0.1)
    for time in range(240, 2000, 40):
        seen = follower.update(face(view=(13 if time > 1000 else 15, 0)), time)
    assert seen is not None and seen.direction == "right"  # 13 degrees alone would be centre


def test_spans_forget_what_is_old() -> None:
    spans = Spans(1000)
    for end in range(100, 2001, 100):
        spans.add(end, 100, end <= 1500)
    assert (spans.seen_ms, spans.true_ms) == (1000, 500)
    assert spans.share(1000) == 0.5 and spans.share(1001) is None


def test_how_far_eyes_are_open_by_hand() -> None:
    assert openness(face(ear=0.27).landmarks) == pytest.approx(0.27)
    points = face(ear=0.3).landmarks.copy()
    points[[160, 158, 144, 153], 1] = 100  # one eye closed
    assert openness(points) == pytest.approx(0.15)


def test_the_sample_s_eyes_are_open_and_its_closed_lids_are_not() -> None:
    landmarker = Landmarker()
    (found,) = landmarker.find(samples.sample())
    landmarker.close()
    assert 0.25 < openness(found.points) < 0.5
    lids = found.points.copy()
    for _, *pairs in PAIRS:
        for upper, lower in pairs:
            lids[upper] = lids[lower]
    assert openness(lids) == 0.0
