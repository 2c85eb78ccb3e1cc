"""A whole session: persons in order, smoothed and counted; baselines and calibration."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from engine.core import state
from engine.core.errors import InputError, StorageError
from engine.faces import LABELS, FaceReader
from engine.faces.live.session import LiveSession
from engine.faces.measure import baseline
from engine.faces.measure.baseline import LENGTH_MS, Baseline, Calibration
from tests.engine import faces_samples as samples
from tests.engine.faces_made import MODEL, chances, face, frame, times


def neutral(**changes: object) -> Baseline:
    known = {
        "expression": tuple(math.log(chances("중립")[name]) for name in LABELS),
        "blendshapes": {"browDownLeft": 0.4},
        "open_eyes": (0.22, 0.2),
        "gaze": (0.0, -8.0),
        "model": MODEL,
        "frames": 300,
    }
    return Baseline(**{**known, **changes})  # type: ignore[arg-type]


def test_persons_come_by_number_however_large_their_faces() -> None:
    session = LiveSession()
    small, large = (20.0, 20.0, 60.0, 60.0), (300.0, 20.0, 90.0, 90.0)
    session.update(frame(face(large), face(small)), 0)
    grown = (20.0, 20.0, 100.0, 100.0)
    seen = session.update(frame(face(grown), face(large)), 40)
    assert [person.id for person in seen.persons] == [1, 2]
    assert seen.result.faces[0].box == large and seen.person(2) is seen.persons[1]
    assert seen.person(3) is None


def test_a_session_smooths_counts_and_is_not_fooled_by_one_blink() -> None:
    session = LiveSession()
    for number, time in enumerate(times(62.0, 25.0)):
        shut = time % 5000 >= 4800
        made = face(
            said=chances("행복" if number % 2 else "중립", 0.45),
            ear=0.05 if shut else 0.3,
            blink=0.7 if shut else 0.1,
        )
        person = session.update(frame(made), time).persons[0]
        assert person.label == "중립" == person.face.expression.label
        assert not person.drowsy and not person.face.expression.drowsy
    assert person.blinks == 12 and person.blink_rate == pytest.approx(12, abs=0.1)
    assert person.perclos == pytest.approx(0.04, abs=0.005)
    assert person.attention.state == "awake" and person.seen_ms == 62_000


def test_who_leaves_is_forgotten_and_comes_back_as_new() -> None:
    session = LiveSession()
    session.update(frame(face()), 0)
    assert session.update(frame(), 1000).persons == ()
    again = session.update(frame(face()), 9000).persons[0]
    assert (again.id, again.seen_ms) == (2, 0)


def test_another_size_of_pictures_keeps_the_person() -> None:
    session = LiveSession()
    session.update(frame(face((100.0, 100.0, 80.0, 80.0))), 0)
    larger = frame(face((300.0, 300.0, 240.0, 240.0)), size=(1920, 1440))
    assert session.update(larger, 40).persons[0].id == 1


def test_a_head_turned_away_is_not_measured() -> None:
    session = LiveSession()
    for time in times(40.0, 20.0):
        person = session.update(frame(face(yaw=50.0, ear=0.05, blink=0.8)), time).persons[0]
    assert person.eyes is None and person.gaze is None and person.perclos is None
    assert person.attention.state == "unknown" and person.blinks == 0


def test_time_may_stand_still_but_not_run_backwards() -> None:
    session = LiveSession()
    session.update(frame(face()), 100)
    session.update(frame(face()), 100)
    with pytest.raises(ValueError, match="99 ms after"):
        session.update(frame(face()), 99)


def test_the_same_frames_give_the_same_answer() -> None:
    def play() -> list[dict[str, float]]:
        session = LiveSession()
        rng = np.random.default_rng(5)
        said = []
        for time in np.cumsum(rng.integers(5, 200, 60)).tolist():
            raw = face(said=chances(LABELS[int(rng.integers(7))]), ear=float(rng.uniform(0.1, 0.4)))
            said.append(session.update(frame(raw), time).persons[0].probabilities)
        return said

    assert play() == play()


def test_a_real_face_is_followed() -> None:
    with FaceReader(live=True) as reader:
        session = LiveSession()
        for number in range(4):
            image = np.roll(samples.sample(), 6 * number, axis=1)
            seen = session.update(reader.read(image, 40 * number), 40 * number)
    (person,) = seen.persons
    assert person.id == 1 and person.label == "행복" and person.face.payload
    assert person.gaze is not None and abs(person.gaze.yaw) < 30
    assert person.eyes is not None and person.eyes.closure < 0.5


def test_re_centring_by_hand() -> None:
    usual, spread = np.array([*[-3.0] * 6, -0.5]), np.full(7, 0.5)
    own = usual + np.array([1.5, -1.5, 0.4, -0.4, 0, 0, 0])
    logs = np.log(np.full((1, 7), 1 / 7))
    moved = baseline.shifted(logs, own, usual, spread)
    expected = np.exp([-1.0, 1.0, 0, 0, 0, 0, 0])
    assert np.exp(moved[0]) == pytest.approx(expected / expected.sum())


def test_a_neutral_face_that_reads_sad_is_lifted_by_hand() -> None:
    usual, spread = np.array([*[-3.0] * 6, -0.5]), np.full(7, 1.0)
    own = np.array([-3.0, -0.2, -3.0, -3.0, -3.0, -3.0, -1.8])
    moved = baseline.shifted(own[None, :], own, usual, spread)[0]
    # sadness falls by 1.8 to -2.0; neutral rises by 0.3 to -1.5 and leads anyhow
    assert moved[6] - moved[1] == pytest.approx(0.5)
    high = np.array([-3.0, -0.2, -3.0, -3.0, -3.0, -3.0, -2.0])
    wide = baseline.shifted(high[None, :], high, usual, np.full(7, 2.0))[0]
    # within two spreads: sadness falls by 0.8 to -1.0, neutral stays at -2.0, and is lifted
    assert wide[6] - wide[1] == pytest.approx(baseline.LEAD)


def test_the_usual_neutral_face_of_the_shipped_model() -> None:
    usual, spread = baseline.reference("any")
    assert usual.argmax() == LABELS.index("중립") and (spread > 0).all()


def test_a_sad_looking_neutral_face_becomes_neutral() -> None:
    resting = chances("슬픔", 0.8)
    own = neutral(expression=tuple(math.log(resting[name]) for name in LABELS))
    raw = face(said=resting, shapes={"browDownLeft": 0.5, "jawOpen": 0.1})
    seen = own.recentre(raw)
    assert seen.expression.label == "중립" and seen.expression.model.endswith("baseline")
    assert sum(seen.expression.probabilities.values()) == pytest.approx(1.0)
    assert seen.blendshapes["browDownLeft"] == pytest.approx(0.1)
    assert seen.blendshapes["jawOpen"] == 0.1
    assert own.recentre(face(said=chances("행복", 0.95))).expression.label == "행복"
    ruled = face(said=resting, source="rules")
    assert own.recentre(ruled).expression == ruled.expression


def test_only_the_owner_is_re_centred_and_it_can_be_switched() -> None:
    session = LiveSession(neutral())
    two = frame(face((10.0, 10.0, 90.0, 90.0)), face((300.0, 10.0, 80.0, 80.0)))
    assert [p.baseline for p in session.update(two, 0).persons] == [True, False]
    session.use(neutral(), owner=2)
    seen = session.update(two, 40).persons
    assert [p.baseline for p in seen] == [False, True]
    assert seen[1].gaze is not None and seen[1].gaze.pitch == pytest.approx(8.0, abs=0.5)
    session.use(None)
    assert not any(p.baseline for p in session.update(two, 80).persons)


def calibrated(rate: float = 20.0, **changes: float) -> Baseline:
    calibration = Calibration()
    for time in times(12.0, rate):
        if calibration.done:
            break
        shut = time % 4000 > 3800
        calibration.add(
            face(ear=0.1 if shut else 0.24, blink=0.6 if shut else 0.15, view=(0, -6), **changes),  # type: ignore[arg-type]
            time,
        )
    return calibration.baseline()


def test_ten_seconds_of_a_calm_face_make_a_baseline() -> None:
    own = calibrated()
    assert own.frames == LENGTH_MS // 50 + 1 and own.model == MODEL
    assert own.open_eyes == pytest.approx((0.24, 0.15))  # blinks do not move a median
    assert own.gaze == pytest.approx((0.0, -6.0), abs=0.3)
    assert own.expression[LABELS.index("중립")] == pytest.approx(math.log(0.7))


def test_a_calibration_that_cannot_be_is_said() -> None:
    with pytest.raises(InputError, match="Too little"):
        Calibration().baseline()
    with pytest.raises(InputError, match="turned away"):
        calibrated(yaw=35.0)
    unseen = Calibration()
    with pytest.raises(InputError, match="not seen long enough"):
        for time in times(26.0, 10.0):
            unseen.add(face() if time < 3000 else None, time)
    with pytest.raises(InputError, match="not the rules"):
        Calibration().add(face(source="rules"), 0)
    restless = Calibration()
    for time in times(11.0, 20.0):
        restless.add(face(yaw=20.0 * math.sin(time / 500)), time)
    with pytest.raises(InputError, match="moved"):
        restless.baseline()


def test_frames_without_the_person_do_not_count() -> None:
    calibration = Calibration()
    for time in times(12.0, 20.0):
        calibration.add(None if 2000 <= time < 6000 else face(), time)
    assert not calibration.done and calibration.seen_ms == 1950 + 6000


def test_a_baseline_is_kept_and_forgotten(data_env: Path) -> None:
    assert baseline.load() is None
    baseline.save(calibrated())
    assert baseline.load() == calibrated() and baseline.place().parent == data_env
    baseline.forget()
    baseline.forget()
    assert baseline.load() is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"expression": [1], "open_eyes": 3}', "[" * 100_000]
)
def test_a_damaged_baseline_is_set_aside_and_said(data_env: Path, text: str) -> None:
    data_env.mkdir(parents=True, exist_ok=True)
    baseline.place().write_text(text, encoding="utf-8")
    assert baseline.load() is None
    (news,) = state.take_news()
    (aside,) = data_env.glob("face-baseline.json.damaged-*")
    assert aside.name in news.en and aside.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_is_said(data_env: Path) -> None:
    baseline.place().parent.mkdir(parents=True)
    baseline.place().mkdir()
    with pytest.raises(StorageError, match="Cannot read"):
        baseline.save(neutral())
