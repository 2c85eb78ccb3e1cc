"""Sessions on disk: stored chunk by chunk, opened again, marked, listed, deleted."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.core import state
from engine.core.errors import InputError, MaumgyeolError, StorageError
from engine.faces import LABELS
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.record import Recorder
from engine.faces.sessions.repository import SessionStore
from tests.engine import sessions_made as made
from tests.engine.damage import damages


def test_a_recording_is_there_again(tmp_path: Path) -> None:
    recorder = Recorder("카메라 0", folder=tmp_path)
    for frame in made.live(3.0, start=40_000):
        recorder.add(frame, made.BLANK)
    state = recorder.state
    assert (state.frames, state.error, state.note) == (61, None, None) and state.seconds == 3.0
    about = recorder.close()
    assert recorder.close() == about and about.finished and about.note is None
    session = shelf.load(about.id, tmp_path)
    assert session.about == about and about.model and about.size == (640, 480)
    assert session.times[0] == 0 and session.times[-1] == 3000 and session.persons == (1,)
    (sample,) = session.at(1.0)
    assert sample.label == "행복" and sample.box == (100.0, 100.0, 100.0, 100.0)
    assert sum(sample.probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert sample.attentive is True and sample.gaze is not None and sample.gaze[2] == "centre"
    assert session.rows["blinks"].sum() == 3
    assert session.at(-1.0) == () and shelf.kept_video(about.id, tmp_path).exists() is False


def test_what_is_recorded_is_stored_while_it_runs_and_memory_stays(tmp_path: Path) -> None:
    recorder = Recorder("카메라", folder=tmp_path)
    frames = made.live(6.0)
    for frame in frames:
        recorder.add(frame, made.BLANK)
        assert len(recorder._rows) <= 21
    half = shelf.load(recorder.id, tmp_path)
    assert half.times[-1] >= 5000 and not half.about.finished and half.about.size == (640, 480)
    recorder.close()


def test_marks_from_another_thread_while_recording(tmp_path: Path) -> None:
    recorder = Recorder("카메라", folder=tmp_path)
    frames = made.live(4.0)

    def record() -> None:
        for frame in frames:
            recorder.add(frame, made.BLANK)

    recorder.add(frames[0], made.BLANK)
    thread = threading.Thread(target=record)
    thread.start()
    names = [f"표시 {number}" for number in range(20)]
    for name in names:
        recorder.mark(name)
    thread.join()
    session = shelf.load(recorder.close().id, tmp_path)
    assert [event.label for event in session.events] == names
    assert len(session.times) == len(frames) + 1


def test_a_recording_without_a_frame_leaves_nothing(tmp_path: Path) -> None:
    recorder = Recorder("카메라", folder=tmp_path)
    with pytest.raises(InputError, match="Nothing was recorded"):
        recorder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_what_was_stored(tmp_path: Path) -> None:
    recorder = Recorder("카메라", folder=tmp_path)
    frames = made.live(30.0)
    for frame in frames[:100]:
        recorder.add(frame, made.BLANK)
    connection = recorder._store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own full disk
    for frame in frames[100:]:
        recorder.add(frame, made.BLANK)
    error = recorder.state.error
    assert isinstance(error, StorageError) and "공간" in error.message.ko
    recorder.close()
    kept = shelf.load(recorder.id, tmp_path)
    assert 3000 <= kept.times[-1] < 30_000 and kept.persons == (1,)


def test_a_program_that_is_killed_while_recording_leaves_its_chunks(tmp_path: Path) -> None:
    script = f"""
        import itertools, sys, time
        from pathlib import Path
        from engine.faces.sessions.record import Recorder
        from tests.engine import sessions_made as made
        recorder = Recorder("카메라", keep_video=True, folder=Path({str(tmp_path)!r}))
        for frame in made.live(8.0):
            recorder.add(frame, made.BLANK)
        print("ready", flush=True)
        time.sleep(60)
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline().strip() == "ready"
    os.kill(child.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    child.wait()
    (listed,) = shelf.sessions(tmp_path)
    assert not listed.about.finished and 6.0 <= listed.seconds <= 8.0
    session = shelf.load(listed.about.id, tmp_path)
    assert session.persons == (1,) and len(session.times) >= 120


def test_events_are_added_renamed_and_deleted(tmp_path: Path) -> None:
    number = made.stored(made.session(10), tmp_path)
    with SessionStore(shelf.path_of(number, tmp_path)) as store:
        late = store.add_event(8.0, "끝", "#0072B2")
        early = store.add_event(2.0, "시작", "#D55E00")
        store.change_event(type(early)(early.id, 3.0, "처음", early.colour))
        store.delete_event(late.id)
    (event,) = shelf.load(number, tmp_path).events
    assert (event.time, event.label) == (3.0, "처음")


def test_sessions_are_listed_newest_first_and_deleted(tmp_path: Path) -> None:
    numbers = [made.stored(made.session(5), tmp_path) for _ in range(2)]
    (tmp_path / "20000101-000000-dead.session").write_bytes(b"no database, but some bytes" * 99)
    shelf.kept_video(numbers[0], tmp_path).write_bytes(b"pictures")
    listed = shelf.sessions(tmp_path)
    assert sorted(one.about.id for one in listed) == sorted(numbers)
    assert listed[0].about.created >= listed[1].about.created
    assert listed[0].seconds == pytest.approx(4.9)
    shelf.delete(numbers[0], tmp_path)
    assert [one.about.id for one in shelf.sessions(tmp_path)] == [numbers[1]]
    assert not shelf.kept_video(numbers[0], tmp_path).exists()
    with pytest.raises(InputError, match="deleted"):
        shelf.load(numbers[0], tmp_path)
    assert shelf.sessions(tmp_path / "nowhere") == []


def test_a_damaged_session_is_set_aside_and_told(tmp_path: Path) -> None:
    number = made.stored(made.session(5), tmp_path)
    path = tmp_path / "20000101-000000-dead.session"
    path.write_bytes(b"no database, but some bytes" * 99)
    assert [one.about.id for one in shelf.sessions(tmp_path)] == [number]
    (news,) = state.take_news()
    (aside,) = tmp_path.glob(f"{path.name}.damaged-*")
    assert aside.name in news.ko and aside.read_bytes().startswith(b"no database")
    shelf.sessions(tmp_path)
    assert state.take_news() == []


@pytest.mark.parametrize(
    "about", ["{", "[1]", "[" * 100_000, '{"id": 3}', "null", b"\xff\x00", '{"size": [1, 2]}']
)
def test_a_session_with_a_damaged_note_is_set_aside(tmp_path: Path, about: object) -> None:
    path = shelf.path_of(made.stored(made.session(5), tmp_path), tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'about'", (about,))
    connection.close()
    assert shelf.sessions(tmp_path) == [] and len(state.take_news()) == 1
    assert not path.exists()


def test_a_session_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    number = made.stored(made.session(5), tmp_path)
    path = shelf.path_of(number, tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 5")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="newer version"):
        shelf.load(number, tmp_path)
    assert shelf.sessions(tmp_path) == [] and path.read_bytes() == before


def test_no_random_damage_of_a_session_is_in_the_way(tmp_path: Path) -> None:
    """``MAUMGYEOL_FUZZ=500`` tries 500 damages."""
    number = made.stored(made.session(5), tmp_path)
    path = shelf.path_of(number, tmp_path)
    content = path.read_bytes()
    for damaged in damages(content):
        for old in tmp_path.glob("*.session*"):
            old.unlink()
        path.write_bytes(damaged)
        shelf.sessions(tmp_path)
        with contextlib.suppress(MaumgyeolError):
            shelf.load(number, tmp_path)


@pytest.mark.parametrize("damage", ["text", "other database", "cut chunk", "no meta"])
def test_damaged_files_are_said(tmp_path: Path, damage: str) -> None:
    number = made.stored(made.session(5), tmp_path)
    path = shelf.path_of(number, tmp_path)
    if damage == "text":
        path.write_text("no session at all " * 200)
    elif damage == "other database":
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE notes (text)")
    else:
        sql = {"cut chunk": "UPDATE chunks SET rows = x'0102'", "no meta": "DELETE FROM meta"}
        with sqlite3.connect(path) as connection:
            connection.execute(sql[damage])
    with pytest.raises(InputError) as caught:
        shelf.load(number, tmp_path)
    assert "손상" in caught.value.message.ko


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions")
def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="Cannot make the folder"):
        Recorder("카메라", folder=tmp_path / "file")


def test_a_kept_video_goes_on_without_room(tmp_path: Path) -> None:
    from engine.faces.sessions.video import KeptVideo

    video = KeptVideo(tmp_path / "a.mkv", reserve=10**18)
    video.add(made.BLANK, 0)
    assert video.trouble is not None and "공간" in video.trouble.ko
    video.close()
    assert not (tmp_path / "a.mkv").exists()


def test_a_live_session_may_keep_its_video(tmp_path: Path) -> None:
    from engine.faces.sessions.video import Scrubber

    recorder = Recorder("카메라", keep_video=True, folder=tmp_path)
    for frame in made.live(2.0):
        shade = np.full_like(made.BLANK, 40 + frame.timestamp_ms // 10)
        recorder.add(frame, shade)
    about = recorder.close()
    assert about.video_path == shelf.kept_video(about.id, tmp_path)
    scrubber = Scrubber(about.video_path)
    for seconds in (0.0, 1.5, 0.5, 1.9):
        assert float(scrubber.at(seconds).mean()) == pytest.approx(40 + 100 * seconds, abs=12)
    assert scrubber.at(1.0, side=320).shape == (240, 320, 3)
    scrubber.close()


def test_labels_fit_the_row() -> None:
    assert made.session().rows["chances"].shape[1] == len(LABELS)
