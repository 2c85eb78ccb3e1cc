"""Summaries between marks, lines thinned for a plot, and colours that can be told apart."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces import LABELS
from engine.faces.sessions.chart import DARK, LIGHT, bgr, clock, ticks
from engine.faces.sessions.export import segments, summarise
from engine.faces.sessions.record import Rower
from engine.faces.sessions.session import About, Event, Sample, Session, Track
from tests.engine import faces_made
from tests.engine import sessions_made as made

GROUNDS = {"light": (LIGHT, "#FFFFFF"), "dark": (DARK, "#1B1F27")}

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "usual": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}  # fmt: skip


def test_marks_part_a_session_and_each_part_is_summed_up_by_time() -> None:
    events = (Event(1, 15.0, "광고", "#D55E00"), Event(2, 30.0, "뒤", "#0072B2"))
    session = made.session(60, persons=2, events=events)
    parts = segments(session)
    assert [(p.label, p.start, p.end) for p in parts] == [
        ("", 0.0, 15.0), ("광고", 15.0, 30.0), ("뒤", 30.0, 60.0)
    ]  # fmt: skip
    (first,) = summarise(session, parts[0])
    assert first.label == "행복" and first.labels["행복"] == pytest.approx(1)
    assert first.probabilities["행복"] == pytest.approx(0.7, abs=1e-5)
    assert first.seconds == pytest.approx(15) and first.share == pytest.approx(1)
    assert first.blinks == 2 and first.blink_rate is None and first.attention == 1.0
    one, two = summarise(session, parts[2])
    assert (one.label, two.label, one.attention) == ("슬픔", "중립", 0.0)
    assert one.blink_rate == pytest.approx(12) and two.seconds == pytest.approx(30)
    (whole,) = segments(made.session(60))
    assert summarise(made.session(60), whole)[0].attention == pytest.approx(0.5, abs=0.01)


@given(
    st.lists(st.floats(-5, 70, allow_nan=False), max_size=6),
    st.integers(1, 3),
)
def test_parts_cover_the_session_without_gaps(marks: list[float], persons: int) -> None:
    events = tuple(Event(n, t, str(n), "#000000") for n, t in enumerate(sorted(marks)))
    session = made.session(60, rate=5, persons=min(persons, 2), events=events)
    parts = segments(session)
    assert parts[0].start == pytest.approx(0, abs=1e-6) and parts[-1].end == pytest.approx(
        session.duration
    )
    for one, two in itertools.pairwise(parts):
        assert one.end == pytest.approx(two.start)
    seconds = sum(s.seconds for part in parts for s in summarise(session, part))
    assert seconds == pytest.approx(float(session.weights.sum()), abs=1e-6)


def test_an_uneven_rate_is_weighed_and_gaps_are_not_watched() -> None:
    base = made.session(10, rate=10)
    times = base.times.copy()
    times[50:] = times[50] + (times[50:] - times[50]) * 5  # two frames a second
    rows = base.rows.copy()
    rows["ms"] = times
    session = Session(base.about, times, rows)
    (one,) = summarise(session, segments(session)[0])
    assert one.labels["행복"] == pytest.approx(5 / 30, abs=0.02)
    times, rows = times.copy(), rows.copy()
    times[60:] += 60_000
    rows["ms"] = times
    gone = Session(base.about, times, rows)
    assert gone.duration == pytest.approx(session.duration + 60, abs=0.2)
    assert gone.weights.sum() == pytest.approx(session.weights.sum(), abs=0.6)


def test_an_empty_session_has_no_parts() -> None:
    session = made.session(5)
    empty = Session(session.about, session.times[:0], session.rows[:0])
    assert empty.duration == 0 and segments(empty) == () and empty.at(1.0) == ()


def test_a_long_line_is_thinned_and_keeps_its_peaks() -> None:
    session = made.session(20_000, rate=10)
    session.rows["chances"][123_456] = np.eye(7, dtype=np.float32)[LABELS.index("놀람")]
    track = Track(session, 1)
    for start, end in ((0, 20_000), (10_000, 15_000), (12_340, 12_350)):
        curve = track.curve(start, end, 800)
        assert len(curve.times) <= 2000 and (np.diff(curve.times) > 0).all()
        assert curve.peak[:, LABELS.index("놀람")].max() == pytest.approx(1.0)
        assert curve.mean.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    low = track.curve(0, 9_000, 500)
    assert low.mean[:, 0] == pytest.approx(0.7, abs=1e-3) and low.attention.min() == 1.0
    ticks_seen = track.marks(track.blinks, 0, 20_000, 300)
    assert 250 < len(ticks_seen) <= 300 and len(track.blinks) == 3999


def test_a_line_breaks_where_the_person_was_away() -> None:
    session = made.session(1000, rate=10)
    keep = (session.rows["ms"] < 300_000) | (session.rows["ms"] > 500_000)
    track = Track(Session(session.about, session.times, session.rows[keep]), 1)
    for most in (100, 400, 20_000):
        pieces = track.curve(0, 1000, most).pieces()
        assert len(pieces) == 2
    assert track.near(400.0) is None and track.near(299.95) is not None
    assert track.near(-1.0) is None
    sample = track.near(600.0)
    assert isinstance(sample, Sample) and sample.label == "슬픔"


def test_attention_outlasts_a_blink_and_ends_with_a_long_closure_or_a_turn() -> None:
    from engine.faces.live.session import LiveSession

    live, rower, seen = LiveSession(), Rower(), {}
    for ms in range(0, 6000, 50):
        shut = 1000 <= ms < 1200 or 2000 <= ms < 3500
        yaw = 35.0 if 4500 <= ms < 5500 else 0.0
        face = faces_made.face(ear=0.03 if shut else 0.3, blink=0.9 if shut else 0.1, yaw=yaw)
        seen[ms] = int(rower.rows(live.update(faces_made.frame(face), ms), ms)["attentive"][0])
    assert all(seen[ms] == 1 for ms in range(0, 2000, 50))
    assert seen[2900] == 0 and seen[4200] == 1 and seen[5000] == 0 and seen[5900] == 1


def test_what_a_session_is_of_is_read_back() -> None:
    about = made.session().about
    assert About.from_dict({**about.to_dict(), "of a later version": 1}) == about


@given(st.floats(0, 1e6), st.floats(0.2, 1e5), st.integers(2, 20))
def test_times_of_an_axis_are_round_and_few(start: float, span: float, most: int) -> None:
    found = ticks(start, start + span, most)
    assert len(found) <= most + 1
    assert all(start - 1e-6 <= place <= start + span + 1e-6 for place in found)
    assert all(clock(place) for place in found)


def linear(colour: str) -> np.ndarray:  # type: ignore[type-arg]
    values = np.array(bgr(colour)[::-1]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    space = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(space) @ np.clip(rgb, 0, 1) / (0.9505, 1.0, 1.089)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("sight", BLIND)
def test_expressions_are_told_apart_by_the_colour_blind(ground: str, sight: str) -> None:
    colours, _ = GROUNDS[ground]
    assert tuple(colours) == LABELS
    seen = {label: lab(np.array(BLIND[sight]) @ linear(one)) for label, one in colours.items()}
    gaps = {
        (a, b): float(np.linalg.norm(seen[a] - seen[b]))
        for a, b in itertools.combinations(LABELS, 2)
    }
    assert min(gaps.values()) > 11, min(gaps, key=lambda pair: gaps[pair])


@pytest.mark.parametrize("ground", GROUNDS)
def test_lines_are_seen_on_their_ground(ground: str) -> None:
    colours, behind = GROUNDS[ground]
    shade = (0.2126, 0.7152, 0.0722)
    for label, colour in colours.items():
        one, two = (float(np.dot(shade, linear(c))) for c in (colour, behind))
        assert (max(one, two) + 0.05) / (min(one, two) + 0.05) >= 3, label
