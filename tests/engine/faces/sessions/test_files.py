"""Videos analysed into sessions; sessions saved as CSV, JSON, MP4 and a picture; the command."""

from __future__ import annotations

import csv
import json
import os
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.cli import session as cli_session
from engine.core.errors import CameraError, InputError, MaumgyeolError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.faces import LABELS
from engine.faces.sessions import chart, export, video
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.analyse import analyse
from engine.faces.sessions.session import About, Event, Session
from engine.media.prefetch import Ahead
from engine.media.video import FrameSource
from tests.engine import faces_samples as samples
from tests.engine import sessions_made as made
from tests.engine.faces.mosaic.test_video import uneven


def with_video(path: Path, seconds: float = 2.0) -> Session:
    """Return a made session whose video is the portrait's, 10 frames a second."""
    samples.video(path, frames=round(10 * seconds), side=160)
    session = made.session(seconds)
    about = About(**{**vars(session.about), "video": str(path), "size": (640, 640)})
    return Session(about, session.times, session.rows, session.events)


def test_a_video_is_analysed_at_the_rate_that_is_asked_for(tmp_path: Path) -> None:
    source = samples.video(tmp_path / "a.avi", frames=20)
    told: list[float | None] = []
    begun: list[str] = []
    result = analyse(
        source, rate=5, progress=Progress(lambda share, said: told.append(share)),
        begun=begun.append, folder=tmp_path / "kept",
    )  # fmt: skip
    assert result.about.finished and result.about.note is None and not result.cancelled
    assert not result.about.partial
    assert result.speed == pytest.approx(result.seconds / result.about.spent, rel=1e-3)
    session = shelf.load(result.about.id, tmp_path / "kept")
    assert begun == [result.about.id] and told[-1] == pytest.approx(0.95)
    assert session.times.tolist() == [200 * n for n in range(10)]
    assert session.persons == (1,) and session.at(1.0)[0].label == "행복"
    assert session.about.video_path == source and session.about.size == (240, 240)
    x = [session.at(t)[0].box[0] for t in (0.0, 1.8)]
    assert x[1] - x[0] == pytest.approx(4 * 18 * 240 / 512, abs=8)


def test_a_variable_rate_is_read_by_the_files_own_times(tmp_path: Path) -> None:
    writer = cv2.VideoWriter(
        str(tmp_path / "a.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (240, 240)
    )
    for _ in range(8):
        writer.write(cv2.resize(samples.sample(), (240, 240)))
    writer.release()
    source = uneven(tmp_path / "a.mp4", tmp_path / "uneven.mp4", frames=8)
    result = analyse(source, rate=0, folder=tmp_path)
    times = shelf.load(result.about.id, tmp_path).times.tolist()
    assert times == [0, 100, 200, 300, 400, 900, 1400, 1900]


@pytest.mark.parametrize("kind", ["gone", "empty", "text", "no frame"])
def test_a_video_that_cannot_be_read_leaves_no_session(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.avi"
    if kind == "no frame":
        cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 64)).release()
    elif kind != "gone":
        path.write_bytes({"empty": b"", "text": b"no video at all " * 50}[kind])
    with pytest.raises(CameraError):
        analyse(path, folder=tmp_path / "kept")
    assert shelf.sessions(tmp_path / "kept") == []


def test_a_damaged_video_keeps_what_was_read(tmp_path: Path) -> None:
    whole = samples.video(tmp_path / "whole.avi", frames=12).read_bytes()
    (tmp_path / "cut.avi").write_bytes(whole[: len(whole) // 2])
    result = analyse(tmp_path / "cut.avi", folder=tmp_path)
    assert result.about.note is not None and "손상" in result.about.note.ko
    session = shelf.load(result.about.id, tmp_path)
    assert 0 < len(session.times) < 12 and session.persons == (1,)


def test_a_stop_half_way_keeps_what_was_analysed(tmp_path: Path) -> None:
    source = samples.video(tmp_path / "a.avi", frames=20)
    progress = Progress()
    progress._on_report = lambda share, said: progress.cancel() if (share or 0) > 0.4 else None
    result = analyse(source, rate=0, progress=progress, folder=tmp_path)
    assert result.cancelled and result.about.note is not None and result.about.finished
    assert result.about.partial
    session = shelf.load(result.about.id, tmp_path)
    assert 8 <= len(session.times) <= 12 and session.persons == (1,)


def test_a_stop_before_the_first_frame_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    source = samples.video(tmp_path / "a.avi", frames=4)
    with pytest.raises(Cancelled):
        analyse(source, progress=progress, folder=tmp_path / "kept")
    assert shelf.sessions(tmp_path / "kept") == []


def test_a_video_without_a_face_says_so(tmp_path: Path) -> None:
    writer = cv2.VideoWriter(str(tmp_path / "a.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for _ in range(5):
        writer.write(np.full((48, 64, 3), 90, np.uint8))
    writer.release()
    result = analyse(tmp_path / "a.avi", folder=tmp_path)
    session = shelf.load(result.about.id, tmp_path)
    assert result.about.note is not None and "얼굴" in result.about.note.ko
    assert session.persons == () and session.duration == pytest.approx(0.5)
    with pytest.raises(InputError):
        chart.write_png(session, tmp_path / "a.png")
    assert export.write_csv(session, tmp_path / "a.csv") == 0


def test_items_made_ahead_come_in_order_and_errors_in_their_turn() -> None:
    def items():  # type: ignore[no-untyped-def]
        yield from range(10)
        raise InputError("끝", "the end")

    taken = []
    with Ahead(items()) as ahead, pytest.raises(InputError):
        for item in ahead:
            taken.append(item)
    assert taken == list(range(10))
    with Ahead(iter(range(10_000))) as ahead:
        assert next(iter(ahead)) == 0
    assert not any(thread.name == "ahead" for thread in threading.enumerate())


def test_csv_is_tidy_and_opens_in_excel(tmp_path: Path) -> None:
    session = made.session(10, persons=2, events=(Event(1, 4.0, "=SUM(A1)", "#0072B2"),))
    count = export.write_csv(session, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    assert tuple(header) == export.HEADER and len(rows) == count == 150
    assert {len(row) for row in rows} == {len(header)}
    table = [dict(zip(header, row, strict=True)) for row in rows]
    assert (table[0]["시간(초)"], table[0]["표정"], table[0]["행복"]) == ("0.0", "행복", "0.7")
    assert table[0]["구간"] == "" and table[-1]["구간"] == "'=SUM(A1)"
    assert {row["사람"] for row in table} == {"1", "2"} and table[0]["PERCLOS"] == ""
    assert sum(int(row["깜빡임"]) for row in table) == session.rows["blinks"].sum()


def test_json_holds_everything(tmp_path: Path) -> None:
    session = made.session(10, events=(Event(1, 4.0, "시작", "#0072B2"),))
    export.write_json(session, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert len(told["samples"]) == 100 and told["events"][0]["label"] == "시작"
    assert [part["label"] for part in told["segments"]] == ["", "시작"]
    assert told["samples"][99]["segment"] == 2 and told["samples"][0]["gaze"] is None
    assert set(told["segments"][0]["persons"][0]["probabilities"]) == set(LABELS)
    empty = Session(session.about, session.times[:0], session.rows[:0])
    export.write_json(empty, tmp_path / "b.json")
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["samples"] == []


def test_the_annotated_video_keeps_the_times(tmp_path: Path) -> None:
    session = with_video(tmp_path / "a.avi")
    shares: list[float | None] = []
    progress = Progress(lambda share, said: shares.append(share))
    written = video.write_mp4(session, tmp_path / "b.mp4", progress)
    assert written.frames == 20 and written.note is None and shares[-1] == 1.0
    with FrameSource(tmp_path / "b.mp4") as one, FrameSource(tmp_path / "a.avi") as two:
        drawn, plain = one.read(), two.read()
        assert one.frames == 20 and drawn is not None and plain is not None
    changed = np.abs(drawn.image.astype(int) - plain.image).max(axis=2) > 60
    assert changed[10:30].sum() > 100 and changed[100:].sum() < 50  # a box of 120 in 640


def test_a_session_without_video_gives_no_mp4(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no video"):
        video.write_mp4(made.session(2), tmp_path / "a.mp4")
    gone = with_video(tmp_path / "a.avi")
    (tmp_path / "a.avi").unlink()
    with pytest.raises(InputError, match="no video"):
        video.write_mp4(gone, tmp_path / "a.mp4")
    assert not (tmp_path / "a.mp4").exists()


def test_a_stop_leaves_no_half_file(tmp_path: Path) -> None:
    session = with_video(tmp_path / "a.avi")
    (tmp_path / "out").mkdir()
    for name, write in (
        ("a.csv", export.write_csv),
        ("a.json", export.write_json),
        ("a.mp4", video.write_mp4),
    ):
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            write(session, tmp_path / "out" / name, progress)  # type: ignore[operator]
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions")
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.mp4", "a.png"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    session = with_video(tmp_path / "v.avi")
    (tmp_path / "file").write_text("no folder")
    target = tmp_path / "file" / name
    with pytest.raises(StorageError):
        {
            ".csv": export.write_csv,
            ".json": export.write_json,
            ".mp4": video.write_mp4,
            ".png": chart.write_png,
        }[target.suffix](session, target)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    session = made.session(2)
    for write in (export.write_csv, export.write_json, chart.write_png,
                  video.write_mp4):  # fmt: skip
        with pytest.raises(MaumgyeolError):
            write(session, tmp_path / name)  # type: ignore[operator]


def test_the_timeline_as_a_picture(tmp_path: Path) -> None:
    session = made.session(60, persons=2, events=(Event(1, 20.0, "광고 😊", "#0072B2"),))
    assert chart.write_png(session, tmp_path / "a.png") == 2
    with Image.open(tmp_path / "a.png") as picture:
        colours = picture.convert("RGB").getcolors(10_000_000)
        assert picture.width > 1000
    assert colours is not None
    counts = {colour: count for count, colour in colours}
    assert counts[(0xC7, 0x7A, 0x00)] > 10_000  # happiness has most of the first half
    assert counts[(0x00, 0x60, 0xA8)] > 10_000  # sadness of the second


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = samples.video(tmp_path / "a.avi", frames=10)
    names = [str(tmp_path / f"out{suffix}") for suffix in (".csv", ".json", ".mp4", ".png")]
    code = cli_session.main(
        [str(source), "--csv", names[0], "--json", names[1], "--mp4", names[2],
         "--png", names[3], "--rate", "5"]
    )  # fmt: skip
    out, err = capsys.readouterr()
    assert code == 0 and "x the speed of the video" in out and "no sound" in err
    assert "person 1" in out and "행복" in out
    assert all(Path(name).stat().st_size > 100 for name in names)
    assert shelf.sessions() == []
    assert cli_session.main([str(source), "--keep", "--summary-json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["persons"] == [1] and told["speed"] > 0
    assert [one.about.name for one in shelf.sessions()] == ["a.avi"]


@pytest.mark.parametrize(
    "options", [["--rate", "-1"], ["--rate", "fast"], ["--csv", "a.txt"], ["--mp4", "a.avi"], []]
)
def test_bad_options_of_the_command(options: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli_session.main(["video.mp4", *options] if options else [])
    assert caught.value.code == 2


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_session.main([str(tmp_path / "nothing.mp4")]) == 1
    assert "no video file" in capsys.readouterr().err
