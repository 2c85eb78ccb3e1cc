"""Labelled faces: which pictures are there, what is left out and why, what is kept on cancel."""

from __future__ import annotations

import os
import sys
import unicodedata
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core import paths
from engine.core.errors import InputError
from engine.core.jobs import Cancelled, Progress
from engine.faces.expression import labelled as faces
from engine.learning.labelled import listing as table
from engine.learning.labelled.listing import class_of, look
from engine.learning.labelled.reading import read
from tests.engine import faces_samples
from tests.engine.labelled_sets import face_folders, head, material, no_face, write


def test_a_folder_a_class_in_many_spellings(tmp_path: Path) -> None:
    names = ("행복", unicodedata.normalize("NFD", "놀람"), "Sad", "3_angry", "무표정")
    face_folders(tmp_path, [(name, 1) for name in names])
    write(tmp_path / "train" / "happy" / "kim" / "a.jpg", head(9))
    write(tmp_path / "contempt" / "b.png", head(10))
    write(tmp_path / "loose.png", head(11))
    (tmp_path / "행복" / "notes.txt").write_text("no picture")
    (tmp_path / "행복" / "._0.png").write_bytes(b"a resource fork")
    found = look(tmp_path, "faces")
    met = {label: count for label, count in found.counts().items() if count}
    assert met == {"행복": 2, "슬픔": 1, "분노": 1, "놀람": 1, "중립": 1}
    assert found.unknown() == {"contempt": 1, "": 1} and found.others == 1
    assert "일곱 가지" in found.only_these.ko
    assert {row.name for row in found.left_out} == {"loose.png", "contempt/b.png"}


def test_a_folder_that_is_a_class_itself(tmp_path: Path) -> None:
    face_folders(tmp_path, [("surprise", 2)])
    assert look(tmp_path / "surprise", "faces").counts()["놀람"] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="making links takes a privilege there")
def test_links_in_a_circle_are_followed_once(tmp_path: Path) -> None:
    face_folders(tmp_path, [("sad", 2)])
    (tmp_path / "sad" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert look(tmp_path, "faces").counts()["슬픔"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_tables_in_usual_encodings(tmp_path: Path, encoding: str, mark: str) -> None:
    write(tmp_path / "사진" / "하나.png", head(0))
    write(tmp_path / "둘.png", head(1))
    elsewhere = write(tmp_path / "other" / "셋.png", head(2))
    rows = ["image_path,label", "사진\\하나.png,행복", "둘.png,Sad", f"{elsewhere},놀라움"]
    content = "\r\n".join(row.replace(",", mark) for row in rows)
    source = tmp_path / "labels.csv"
    source.write_bytes(content.encode(encoding))
    found = look(source, "faces")
    assert [(e.label, e.path.exists()) for e in found.entries] == [
        ("행복", True), ("슬픔", True), ("놀람", True)
    ]  # fmt: skip
    assert not found.left_out


def test_a_table_without_a_header_and_with_other_columns(tmp_path: Path) -> None:
    write(tmp_path / "a.png", head(0))
    (tmp_path / "one.csv").write_text("happy,a.png\nsad,a.png\n")
    assert [e.label for e in look(tmp_path / "one.csv", "faces").entries] == ["행복", "슬픔"]
    (tmp_path / "two.csv").write_text('id,표정,note,파일\n1,화남,"x, y",a.png\n')
    assert [e.label for e in look(tmp_path / "two.csv", "faces").entries] == ["분노"]


def test_rows_that_cannot_be_used_are_listed_with_reasons(tmp_path: Path) -> None:
    write(tmp_path / "a.png", head(0))
    rows = ["image_path,label", "a.png,happy", "gone.png,happy", "a.png,졸림", "a.png,3", "a.png,"]
    (tmp_path / "l.csv").write_text("\n".join([*rows, ",sad", "bad\0name.png,sad"]))
    found = look(tmp_path / "l.csv", "faces")
    assert [e.name for e in found.entries] == ["a.png"]
    assert [row.kind for row in found.left_out] == [
        "missing", "unknown", "unknown", "unknown", "missing", "missing"
    ]  # fmt: skip
    said = " ".join(row.why.ko for row in found.left_out)
    assert "gone.png" in said and "자료마다 달라요" in said and "라벨이 비어" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gone.csv", None),
        ("empty.csv", b""),
        ("columns.csv", b"a,b,c\n1,2,3\n"),
        ("header.csv", b"image_path,label\n"),
        ("binary.csv", bytes(range(256)) * 8),
        ("set.zip", b"PK\x03\x04"),
        ("book.xlsx", b"PK\x03\x04"),
    ],
)
def test_sources_that_are_none_are_one_sentence(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        look(tmp_path / name, "faces")
    assert name in caught.value.message.ko or "텍스트" in caught.value.message.ko


def test_a_folder_without_pictures_or_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="no pictures"):
        look(tmp_path, "faces")
    face_folders(tmp_path, [("sad", 1), ("happy", 1)])
    closed, scandir = {tmp_path / "sad"}, os.scandir

    def guarded(path: Path) -> object:
        if Path(path) in closed:  # chmod does not keep the superuser out
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = look(tmp_path, "faces")
    assert [(row.name, row.kind) for row in found.left_out] == [("sad/", "denied")]
    assert found.counts()["행복"] == 1
    closed.add(tmp_path)
    with pytest.raises(InputError) as caught:
        look(tmp_path, "faces")
    assert "권한" in caught.value.message.ko


def test_every_picture_is_checked(tmp_path: Path) -> None:
    face_folders(tmp_path, [("happy", 3)])
    write(tmp_path / "sad" / "stripes.png", no_face())
    write(tmp_path / "sad" / "tiny.png", cv2.resize(head(0), (12, 12)))
    (tmp_path / "sad" / "text.png").write_text("no picture")
    (tmp_path / "sad" / "empty.jpg").write_bytes(b"")
    whole = (tmp_path / "happy" / "0.png").read_bytes()
    (tmp_path / "sad" / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "happy" / "again.png").write_bytes(whole)
    (tmp_path / "sad" / "other.png").write_bytes((tmp_path / "happy" / "1.png").read_bytes())
    write(tmp_path / "sad" / "two.png", _two())
    (tmp_path / "l.csv").write_text("image_path,label\nhappy,sad\n")  # a folder
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "sad" / "pipe.png")
    else:
        (tmp_path / "sad" / "pipe.png").write_bytes(b"")
    found = material(tmp_path, "faces")
    gone = {row.name.split("/")[1]: row.kind for row in found.left_out}
    assert gone == {
        "stripes.png": "nothing", "tiny.png": "small", "text.png": "unreadable",
        "empty.jpg": "unreadable", "cut.png": "unreadable", "again.png": "duplicate",
        "other.png": "conflict", "1.png": "conflict", "pipe.png": "unreadable",
    }  # fmt: skip
    assert found.names == ("happy/0.png", "happy/2.png", "sad/two.png")
    assert material(tmp_path / "l.csv", "faces").left_out[0].kind == "unreadable"
    width = faces.base_head().weights.shape[1]
    assert found.several == 1 and found.lessons.features.shape == (3, width)


def _two() -> np.ndarray:
    """Return a picture of a large head and a smaller one."""
    large = cv2.resize(faces_samples.head(), (260, 260))
    small = np.full((260, 160, 3), 200, np.uint8)
    small[50:210] = cv2.resize(faces_samples.head(), (160, 160))
    return np.hstack([large, small])


def test_a_cancelled_reading_goes_on_where_it_was(tmp_path: Path) -> None:
    face_folders(tmp_path / "set", [("happy", 5)])
    listing = look(tmp_path / "set", "faces")
    progress = Progress(lambda share, _: progress.cancel() if (share or 0) > 0.5 else None)
    with pytest.raises(Cancelled):
        read(listing, progress)
    again = read(listing)
    assert 0 < again.remembered < 5 and len(again.lessons) == 5
    once_more = read(listing)
    assert once_more.remembered == 5
    np.testing.assert_array_equal(once_more.lessons.features, again.lessons.features)


def test_pictures_are_neither_copied_nor_changed(tmp_path: Path) -> None:
    face_folders(tmp_path / "set", [("happy", 2)])
    before = {p: p.read_bytes() for p in (tmp_path / "set").rglob("*.png")}
    material(tmp_path / "set", "faces")
    assert {p: p.read_bytes() for p in (tmp_path / "set").rglob("*") if p.is_file()} == before
    kept = b"".join(p.read_bytes() for p in paths.cache_dir().rglob("*") if p.is_file())
    assert kept and b"IDAT" not in kept and len(kept) < 60_000


def test_a_damaged_cache_is_begun_anew_and_an_unusable_one_is_told(tmp_path: Path) -> None:
    face_folders(tmp_path / "set", [("happy", 1)])
    material(tmp_path / "set", "faces")
    (file,) = (paths.cache_dir() / "labelled").glob("*.sqlite3")
    for extra in file.parent.glob(f"{file.name}-*"):
        extra.unlink()
    file.write_bytes(b"no database at all" * 100)
    again = material(tmp_path / "set", "faces")
    assert again.remembered == 0 and len(again.lessons) == 1 and not again.notes
    assert material(tmp_path / "set", "faces").remembered == 1
    for rest in file.parent.iterdir():
        rest.unlink()
    file.parent.rmdir()
    file.parent.write_text("a file where the folder should be")
    told = material(tmp_path / "set", "faces")
    assert len(told.lessons) == 1 and "처음부터 다시" in told.notes[0].ko


def test_every_known_name_is_one_of_the_seven() -> None:
    assert set(faces.class_names.values()) == set(faces.labels)
    for name in ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"):  # FER2013's
        assert class_of(name, faces.class_names) in faces.labels
    assert class_of("0", faces.class_names) is None


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_any_bytes_are_rows_or_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        rows = list(table.read_rows(path, {"happy"}.__contains__))
    except InputError as error:
        assert error.message.ko
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row[1:])


def test_a_set_in_a_zip_is_asked_to_be_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("happy/a.png", b"x")
    with pytest.raises(InputError) as caught:
        look(tmp_path / "a.zip", "faces")
    assert "먼저 풀고" in caught.value.message.ko
