"""Folders of pictures and videos: done, without a face, failed; the originals untouched."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from desktop.app.main import main
from engine.core.errors import StorageError
from engine.core.files import free
from engine.core.jobs import Progress
from engine.faces.mosaic.cover import COVER, CUT_OFF, Mosaic
from engine.faces.mosaic.folder import Done, Failed, Hidden, hide_in_file, listing, run
from tests.desktop.faces_kit import SAMPLE
from tests.engine import faces_samples as samples


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of a portrait, a blank, a broken picture, a text, and a folder within."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "one.jpg")
    shutil.copy(SAMPLE, folder / "deep" / "two.jpg")
    cv2.imwrite(str(folder / "blank.png"), np.full((120, 200, 3), 90, np.uint8))
    (folder / "broken.jpg").write_bytes(SAMPLE.read_bytes()[:5000])
    (folder / "notes.txt").write_text("no picture")
    return folder


def names(rows: tuple[Done | Failed, ...]) -> list[str]:
    return [row.source.name for row in rows]


def test_a_folder_is_worked_through(mixed: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in mixed.rglob("*") if path.is_file()}
    rows: list[Done | Failed] = []
    told: list[tuple[float | None, str]] = []
    progress = Progress(lambda share, said: told.append((share, said.ko if said else "")))
    out = tmp_path / "out"
    made = run([mixed], out, Mosaic(COVER), progress=progress, on_row=rows.append)
    assert names(made.done) == ["one.jpg"] and names(made.without) == ["blank.png"]
    assert names(made.failed) == ["broken.jpg"] and "손상" in made.failed[0].reason.ko
    assert made.done[0].faces == 1 and sorted(map(str, rows)) == sorted(
        map(str, made.done + made.without + made.failed)
    )
    assert [path.name for path in out.iterdir()] == ["one.jpg"]
    assert {path: path.read_bytes() for path in before} == before
    assert told[-1][1].endswith("one.jpg") and (told[-1][0] or 0) > 0.6


def test_folders_within_keep_their_names_and_nothing_is_written_over(
    mixed: Path, tmp_path: Path
) -> None:
    out = mixed / "hidden"
    first = run([mixed], out, recursive=True)
    assert sorted(str(row.target.relative_to(out)) for row in first.done) == [
        os.path.join("deep", "two.jpg"),
        "one.jpg",
    ]
    kept = (out / "one.jpg").read_bytes()
    second = run([mixed], out, recursive=True)  # what lies in the result is not taken again
    assert sorted(row.target.name for row in second.done) == ["one (2).jpg", "two (2).jpg"]
    assert (out / "one.jpg").read_bytes() == kept


def test_results_beside_the_originals_take_another_name(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "one.jpg")
    (row,) = run([tmp_path], tmp_path).done
    assert row.target == tmp_path / "one (2).jpg"
    assert (tmp_path / "one.jpg").read_bytes() == SAMPLE.read_bytes()


def test_a_video_says_that_its_sound_is_gone(tmp_path: Path) -> None:
    samples.video(tmp_path / "a.avi", frames=3)
    still = cv2.VideoWriter(str(tmp_path / "b.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (64, 64))
    for _ in range(3):
        still.write(np.full((64, 64, 3), 90, np.uint8))
    still.release()
    made = run([tmp_path / "a.avi", tmp_path / "b.mp4"], tmp_path / "out")
    assert [note.en for note in made.done[0].notes] == ["The sound was not kept."]
    assert names(made.without) == ["b.mp4"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.avi"]


def test_what_is_not_there_or_no_picture_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    made = run([tmp_path / "gone.jpg", tmp_path / "nowhere", tmp_path / "notes.txt"], tmp_path)
    assert sorted(names(made.failed)) == ["gone.jpg", "notes.txt", "nowhere"]
    assert made.done == () == made.without


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and sparse files of POSIX")
def test_one_bad_file_does_not_end_a_folder(mixed: Path, tmp_path: Path) -> None:
    os.mkfifo(mixed / "a-pipe.jpg")
    os.mkfifo(mixed / "a-pipe.mp4")
    (mixed / "a-zero.png").symlink_to("/dev/zero")
    (mixed / "a-zero.mp4").symlink_to("/dev/zero")
    shutil.copy(SAMPLE, mixed / "a-sparse.jpg")
    os.truncate(mixed / "a-sparse.jpg", 30 * 2**30)
    Image.new("1", (25_000, 25_000)).save(mixed / "a-bomb.png")
    made = run([mixed], tmp_path / "out")
    assert names(made.done) == ["one.jpg"] and names(made.without) == ["blank.png"]
    said = {row.source.name: row.reason.en for row in made.failed}
    assert sorted(said) == ["a-bomb.png", "a-pipe.jpg", "a-pipe.mp4", "a-sparse.jpg",
                            "a-zero.mp4", "a-zero.png", "broken.jpg"]  # fmt: skip
    assert "too many pixels" in said["a-bomb.png"] and "30,720 MB" in said["a-sparse.jpg"]
    assert all("pipe" in said[name] for name in said if name.startswith(("a-pipe", "a-zero")))


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("odd"), cv2.error("odd")])
def test_an_error_that_nobody_thought_of_does_not_end_a_folder(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def odd(source: Path, target: Path, hider: object) -> Hidden:
        if source.name == "blank.png":
            raise error
        return hide_in_file(source, target, hider)  # type: ignore[arg-type]

    monkeypatch.setattr("engine.faces.mosaic.folder.hide_in_file", odd)
    made = run([mixed], tmp_path / "out")
    assert names(made.done) == ["one.jpg"] and names(made.failed) == ["blank.png", "broken.jpg"]
    assert ("memory" in made.failed[0].reason.en) == isinstance(error, MemoryError)


def test_a_stop_keeps_what_was_done(mixed: Path, tmp_path: Path) -> None:
    progress = Progress()
    made = run(
        [mixed / "one.jpg", mixed / "deep" / "two.jpg"],
        tmp_path / "out",
        progress=progress,
        on_row=lambda row: progress.cancel(),
    )
    assert made.cancelled and names(made.done) == ["one.jpg"]
    assert (tmp_path / "out" / "one.jpg").is_file()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError):
        run([SAMPLE], tmp_path / "file" / "out")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "in" / "closed"
    closed.mkdir(parents=True)
    shutil.copy(SAMPLE, tmp_path / "in" / "one.jpg")
    closed.chmod(0)
    try:
        made = run([tmp_path / "in"], tmp_path / "out", recursive=True)
    finally:
        closed.chmod(0o755)
    assert names(made.done) == ["one.jpg"] and names(made.failed) == ["closed"]


def test_a_folder_that_vanishes_while_it_is_listed_is_said(tmp_path: Path) -> None:
    files, missed = listing([SAMPLE, tmp_path / "gone"], tmp_path / "out", True)
    assert [path for path, _ in files] == [SAMPLE] and names(tuple(missed)) == ["gone"]


def test_a_dangling_link_takes_its_name(tmp_path: Path) -> None:
    (tmp_path / "one.jpg").symlink_to(tmp_path / "nowhere")
    assert free(tmp_path / "one.jpg").name == "one (2).jpg"


def test_one_run_at_a_time_in_threads(mixed: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "a", tmp_path / "b"]
    threads = [threading.Thread(target=run, args=([mixed / "one.jpg"], out)) for out in outs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((out / "one.jpg").is_file() for out in outs)


def test_the_command_line_hides_and_tells(
    mixed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    status = main(["mosaic", str(mixed), "--out", str(out), "--style", "blur", "--recursive"])
    shown = capfd.readouterr()
    assert status == 1 and "2 done, 1 without a face, 1 failed" in shown.out
    assert "broken.jpg" in shown.err and (out / "deep" / "two.jpg").is_file()


def test_the_command_line_speaks_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["mosaic", "--json", str(SAMPLE), "--out", str(out), "--block", "32"]) == 0
    found = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert found["done"][0]["faces"] == 1 and found["failed"] == [] and not found["cancelled"]
    assert Path(found["done"][0]["target"]).is_file()


@pytest.mark.parametrize(
    "words",
    [[], ["a.jpg"], ["a.jpg", "--out", "x", "--style", "smear"],
     ["a.jpg", "--out", "x", "--block", "0"], ["a.jpg", "--out", "x", "--block", "many"]],
)  # fmt: skip
def test_a_bad_command_line_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["mosaic", *words])
    assert ended.value.code == 2


def test_a_doubt_reaches_the_text_the_json_and_the_exit_status(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    portrait = samples.sample()
    cv2.imwrite(str(tmp_path / "cut.png"), portrait[:, :235])
    words = [str(tmp_path / "cut.png"), "--out", str(tmp_path / "out")]
    assert main(["mosaic", *words]) == 3
    shown = capfd.readouterr()
    assert "1 of them in doubt" in shown.out and CUT_OFF.en in shown.err
    assert main(["mosaic", "--json", *words]) == 3
    (row,) = json.loads(capfd.readouterr().out.splitlines()[-1])["done"]
    assert row["doubts"] == [{"ko": CUT_OFF.ko, "en": CUT_OFF.en}]
