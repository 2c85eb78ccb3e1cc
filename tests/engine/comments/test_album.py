"""Albums: photos one after the other, faults kept apart, stopped, and written to files."""

from __future__ import annotations

import csv
import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine.comments import album, write
from engine.comments import album as album_export
from engine.comments import album as album_memory
from engine.comments.album import Entry
from engine.comments.detect.objects import Detection
from engine.comments.result import CommentResult, PhotoResult
from engine.comments.tone.tone import Style
from engine.core.errors import InputError, Message, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.media.images import Picture
from tests.engine.comments_drawings import nothing, stop_sign


def comments_for(photo: PhotoResult, labels: tuple[str, ...]) -> CommentResult:
    return write(labels, seed=1, counts=photo.counts)


class Watch:
    """What a run tells."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.states: list[tuple[int, str]] = []
        self.pictures: list[tuple[int, tuple[int, ...]]] = []

    def entry(self, number: int, entry: Entry) -> None:
        self.entries[number] = entry
        self.states.append((number, entry.state))

    def picture(self, number: int, picture: Picture) -> None:
        self.pictures.append((number, picture.pixels.shape))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "사진"
    made.mkdir()
    Image.fromarray(stop_sign()[:, :, ::-1]).save(made / "a 표지판.png")
    (made / "b 손상.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a photo")
    Image.fromarray(nothing()).save(made / "c 벽.png")
    frames = [
        Image.fromarray(stop_sign()[:, :, ::-1]).resize((320, 240)),
        Image.new("RGB", (320, 240)),
    ]
    frames[0].save(made / "d.gif", save_all=True, append_images=frames[1:], duration=50)
    (made / "notes.txt").write_text("no photo", encoding="utf-8")
    Image.new("RGB", (8, 8)).save(made / ".hidden.png")
    return made


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """Return an album of a sign, a damaged file, a wall and a file that is not there."""
    place = tmp_path_factory.mktemp("album")
    Image.fromarray(stop_sign()[:, :, ::-1]).save(place / "=sign.png")
    (place / "bad.jpg").write_bytes(b"no photo")
    Image.fromarray(nothing()).save(place / "wall.png")
    files = [place / name for name in ("=sign.png", "bad.jpg", "wall.png", "none.png")]
    watch = Watch()
    failed = album.run(
        list(enumerate(files)), comments_for, on_entry=watch.entry, on_picture=watch.picture
    )
    assert failed == 2
    assert watch.pictures == [(0, (480, 640, 3)), (2, (480, 640, 3))]
    assert watch.states == [
        (number, state)
        for number, end in enumerate(("done", "failed", "done", "failed"))
        for state in ("looking", end)
    ]
    return [watch.entries[number] for number in range(4)]


def test_folders_are_opened_and_nothing_comes_twice(folder: Path) -> None:
    found, rest = album.collect([folder / "c 벽.png", folder, folder / "notes.txt"])
    names = ["c 벽.png", "a 표지판.png", "b 손상.jpg", "d.gif", "notes.txt"]
    assert [path.name for path in found] == names
    assert rest == []


def test_a_thousand_photos_are_enough() -> None:
    found, rest = album.collect([Path(f"{n}.jpg") for n in range(album.MOST + 2)])
    assert len(found) == album.MOST
    assert [path.name for path in rest] == ["1000.jpg", "1001.jpg"]


def test_each_photo_has_its_own_ending(done: list[Entry]) -> None:
    sign, bad, wall, missing = done
    assert sign.photo is not None
    assert sign.labels == ("정지 표지판",)
    assert sign.photo.counts == {"정지 표지판": 1}
    assert sign.written is not None
    assert len(sign.written.comments) == 3
    assert sign.thumbnail is not None
    assert sign.thumbnail.shape == (132, 176, 3)
    assert bad.state == "failed"
    assert bad.reason is not None
    assert "bad.jpg" in bad.reason.ko
    assert wall.empty
    assert wall.labels == ()
    assert wall.written is not None
    assert missing.state == "failed"


def test_a_picture_that_moves_is_said(folder: Path) -> None:
    watch = Watch()
    album.run([(7, folder / "d.gif")], comments_for, on_entry=watch.entry)
    assert watch.entries[7].notes
    assert "첫 장면" in watch.entries[7].notes[0].ko


def test_the_settings_of_the_detector_are_kept_to(folder: Path) -> None:
    watch = Watch()
    only_cats = Detection(classes=frozenset({"고양이"}))
    album.run([(0, folder / "a 표지판.png")], comments_for, only_cats, on_entry=watch.entry)
    assert watch.entries[0].empty


def test_a_stop_leaves_the_rest_waiting(folder: Path) -> None:
    shutil.copy(folder / "a 표지판.png", folder / "z.png")
    files = [(n, folder / name) for n, name in enumerate(("c 벽.png", "a 표지판.png", "z.png"))]
    watch, progress = Watch(), Progress()

    def stop(number: int, entry: Entry) -> None:
        watch.entry(number, entry)
        if number == 1:
            progress.cancel()

    with pytest.raises(Cancelled):
        album.run(files, comments_for, progress=progress, on_entry=stop)
    assert watch.entries[0].state == "done"
    assert watch.entries[1] == Entry(files[1][1])
    assert 2 not in watch.entries


def test_progress_names_the_photo_and_never_goes_back(folder: Path) -> None:
    told: list[tuple[float | None, Message | None]] = []
    files = [(n, folder / name) for n, name in enumerate(("c 벽.png", "a 표지판.png"))]
    progress = Progress(lambda fraction, message: told.append((fraction, message)))
    album.run(files, comments_for, progress=progress, on_entry=Watch().entry)
    fractions = [fraction for fraction, _ in told if fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    said = [message.ko for _, message in told if message]
    assert said == [f"사진을 보는 중… {n + 1}/2 · {path.name}" for n, path in files]


def test_comments_that_cannot_be_written_do_not_fail_the_photo(folder: Path) -> None:
    def refuse(photo: PhotoResult, labels: tuple[str, ...]) -> CommentResult:
        raise InputError("못 써요", "cannot write")

    watch = Watch()
    album.run([(0, folder / "a 표지판.png")], refuse, on_entry=watch.entry)
    assert watch.entries[0].state == "done"
    assert watch.entries[0].labels == ("정지 표지판",)
    assert watch.entries[0].reason == Message("못 써요", "cannot write")


def test_what_nobody_foresaw_is_told_and_does_not_stop_the_others(folder: Path) -> None:
    def stumble(photo: PhotoResult, labels: tuple[str, ...]) -> CommentResult:
        if labels:
            raise ZeroDivisionError
        return comments_for(photo, labels)

    watch = Watch()
    files = [(0, folder / "a 표지판.png"), (1, folder / "c 벽.png")]
    assert album.run(files, stumble, on_entry=watch.entry) == 1
    assert watch.entries[0].reason == album.UNEXPECTED
    assert watch.entries[1].state == "done"


def test_all_comments_are_written_anew_from_the_labels_that_are_on(done: list[Entry]) -> None:
    def polite(photo: PhotoResult, labels: tuple[str, ...]) -> CommentResult:
        return write(labels, seed=1, style=Style("정중하게"))

    watch = Watch()
    sign = dataclasses.replace(done[0], labels=("나무",), chosen="이거", own=True)
    album.rewrite([(0, sign), (1, done[1]), (2, done[2])], polite, on_entry=watch.entry)
    assert [number for number, _ in watch.states] == [0, 2]
    assert watch.entries[0].written is not None
    assert watch.entries[0].written.labels == ("나무",)
    assert watch.entries[0].written.tone == "정중하게"
    assert watch.entries[0].chosen is None
    assert watch.entries[0].thumbnail is done[0].thumbnail


def test_the_table_has_a_row_a_photo(done: list[Entry], tmp_path: Path) -> None:
    target = album_export.save(tmp_path / "앨범.csv", done)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert tuple(rows[0]) == album_export.COLUMNS
    assert [row["상태"] for row in rows] == ["완료", "실패", "완료", "실패"]
    assert rows[0]["파일"] == "'=sign.png"  # no formula
    assert rows[0]["사물"] == "정지 표지판 한 개"
    assert done[0].written is not None
    assert rows[0]["댓글 1"] == done[0].written.comments[0]
    assert "bad.jpg" in rows[1]["설명"]
    assert rows[2]["설명"] == album_export.NOTHING
    assert rows[3]["댓글 1"] == ""


def test_the_json_has_everything(done: list[Entry], tmp_path: Path) -> None:
    saved = json.loads(album_export.save(tmp_path / "a.json", done).read_text(encoding="utf-8"))
    assert [item["state"] for item in saved] == ["done", "failed", "done", "failed"]
    assert saved[0]["counts"] == {"정지 표지판": 1}
    assert len(saved[0]["comments"]) == 3
    assert saved[0]["chosen"] is None
    assert saved[1]["reason"]


def test_a_photo_is_brought_back_from_its_json(done: list[Entry]) -> None:
    sign = dataclasses.replace(done[0], labels=("나무",), chosen="좋아요", own=True)
    back = album_memory.from_dict(json.loads(json.dumps(album_export.to_dict(sign))))
    assert back.photo is not None
    assert sign.photo is not None
    assert (back.path, back.labels, back.chosen, back.own) == (sign.path, ("나무",), "좋아요", True)
    assert back.photo.labels == ("정지 표지판",)
    assert back.photo.counts == sign.photo.counts
    assert back.photo.objects[0].box == pytest.approx(sign.photo.objects[0].box, abs=0.1)
    assert back.written is not None
    assert sign.written is not None
    assert back.written.comments == sign.written.comments
    assert back.written.hashtags == sign.written.hashtags


@pytest.mark.parametrize(
    "payload",
    [{}, {"comments": []}, {"labels": 3, "comments": ["가"]}, {"labels": [], "objects": [{}]}],
)
def test_what_is_no_photo_is_not_brought_back(payload: dict[str, object]) -> None:
    with pytest.raises(InputError):
        album_memory.from_dict(payload)


def test_another_kind_and_a_missing_folder_are_told(done: list[Entry], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        album_export.save(tmp_path / "a.xlsx", done)
    with pytest.raises(StorageError):
        album_export.save(tmp_path / "none" / "a.csv", done)


def test_a_folder_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(album.os, "listdir", refuse)
    with pytest.raises(InputError) as caught:
        album.collect([tmp_path])
    assert tmp_path.name in caught.value.message.ko
