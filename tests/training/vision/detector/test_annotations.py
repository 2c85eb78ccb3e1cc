"""Recipe F's annotations: encodings, EXIF orientations, broken entries, closed folders."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.core.errors import InputError
from engine.media.images import read_image
from training.vision.detector.annotations import (
    SHOWN,
    STORED,
    clipped,
    entries,
    parse,
    read,
    size_and_orientation,
    turned,
)

WIDE, HIGH = 64, 48


def entry(
    name: str, label: str = "기쁨", box: Sequence[object] = (8, 8, 24, 32)
) -> dict[str, object]:
    boxes = dict(zip(("minX", "minY", "maxX", "maxY"), box, strict=True))
    return {"filename": name, "faceExp_uploader": label, "annot_A": {"boxes": boxes}}


def picture(path: Path, orientation: int = 1, size: tuple[int, int] = (WIDE, HIGH)) -> Path:
    """Write a black picture with a white block at (8, 8)-(24, 32) of its stored pixels."""
    values = np.zeros((size[1], size[0], 3), np.uint8)
    values[8:32, 8:24] = 255
    exif = Image.Exif()
    exif[0x0112] = orientation
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path, quality=95, exif=exif)
    return path


def written(path: Path, content: object, encoding: str = "utf-8") -> Path:
    path.write_bytes(json.dumps(content, ensure_ascii=False).encode(encoding))
    return path


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_stored_box_follows_the_picture_upright(orientation: int, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", orientation)
    written(tmp_path / "a.json", [entry("a.jpg")])
    (source,) = read([tmp_path / "a.json"], tmp_path, STORED).sources
    image = source.picture()
    assert image.shape[:2] == (source.sample.height, source.sample.width)
    assert image.shape == read_image(path).shape
    assert (image.shape[0] > image.shape[1]) == (orientation >= 5)
    rows, columns = np.nonzero(image[:, :, 0] > 128)
    block = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    np.testing.assert_allclose(source.sample.faces[0].box, block, atol=1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_shown_box_stays_and_the_size_is_the_upright_ones(
    orientation: int, tmp_path: Path
) -> None:
    picture(tmp_path / "a.jpg", orientation)
    written(tmp_path / "a.json", [entry("a.jpg", box=(8, 20, 30, 60))])
    reading = read([tmp_path], tmp_path, SHOWN)
    (source,) = reading.sources
    tall = orientation >= 5
    assert (source.sample.width, source.sample.height) == ((HIGH, WIDE) if tall else (WIDE, HIGH))
    assert source.sample.faces[0].box == (8, 20, 30, 60 if tall else HIGH)
    assert reading.clipped == (0 if tall else 1)


def test_an_orientation_that_is_none_counts_as_upright(tmp_path: Path) -> None:
    assert size_and_orientation(picture(tmp_path / "a.jpg", 9)) == (WIDE, HIGH, 1)
    with pytest.raises(InputError):
        size_and_orientation(written(tmp_path / "b.jpg", "no picture"))


@given(
    st.tuples(*[st.integers(0, 99)] * 4),
    st.integers(1, 8),
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
)
def test_turning_keeps_the_area_and_turns_back(
    box: tuple[int, int, int, int], orientation: int, stored: tuple[int, int]
) -> None:
    width, height = stored
    back = {6: 8, 8: 6}.get(orientation, orientation)
    once = turned(box, orientation, width, height)
    size = (height, width) if orientation >= 5 else (width, height)
    assert turned(once, back, *size) == box
    area = (box[2] - box[0]) * (box[3] - box[1])
    assert (once[2] - once[0]) * (once[3] - once[1]) == area


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_files_come_in_several_encodings(encoding: str, tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "사진.JPG")
    picture(tmp_path / "pictures" / name)
    written(tmp_path / "a.json", [entry("사진.jpg", "분노")], encoding)
    (source,) = read([tmp_path / "a.json"], tmp_path / "pictures").sources
    assert source.sample.faces[0].kind == 0


def test_the_layouts_of_a_file(tmp_path: Path) -> None:
    one = entry("a.jpg")
    for content in ([one], one, {"data": [one], "version": 1}):
        assert entries(written(tmp_path / "a.json", content)) == [one]
    assert entries(written(tmp_path / "a.json", {})) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b'[{"filename": ', b"\xff\xff\x80", b"[" * 200_000, b"\xff\xfe["]
)
def test_what_is_no_json_is_said(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.json"):
        entries(tmp_path / "a.json")


def test_broken_entries_are_told_of_and_the_others_kept(tmp_path: Path) -> None:
    for name in ("good", "small", "beyond", "two", "mixed"):
        picture(tmp_path / f"{name}.jpg")
    (tmp_path / "damaged.jpg").write_bytes(b"\xff\xd8\xff no more")
    broken: list[object] = [
        7, None, {}, entry("", "기쁨"), entry("gone.jpg"), entry("good.jpg", ""),
        {"filename": "good.jpg", "faceExp_uploader": "기쁨"},
        {"filename": "good.jpg", "faceExp_uploader": "기쁨", "annot_A": {"boxes": []}},
        entry("good.jpg", box=(8, 8, 8, 32)), entry("good.jpg", box=(24, 8, 8, 32)),
        entry("good.jpg", box=("x", 8, 8, 32)), entry("good.jpg", box=(None, 8, 8, 32)),
        entry("good.jpg", box=(float("nan"), 8, 24, 32)), entry("good.jpg", box=(1, 1, 10**400, 9)),
    ]  # fmt: skip
    later = [entry("beyond.jpg", box=(900, 900, 950, 950)), entry("damaged.jpg")]
    fine = [
        entry("good.jpg", "Angry", ("8", "8", "24.5", "32")),
        entry("two.jpg"), entry("two.jpg", "슬픔", (30, 8, 60, 40)), entry("two.jpg"),
    ]  # fmt: skip
    mixed = [entry("mixed.jpg"), entry("mixed.jpg", "중립", (30, 8, 60, 40))]
    written(tmp_path / "a.json", broken + later + fine + mixed)
    reading = read([tmp_path], tmp_path)
    kept = {source.sample.name: source.sample.faces for source in reading.sources}
    assert set(kept) == {"good.jpg", "two.jpg"}
    assert kept["good.jpg"][0].kind == 0 and kept["good.jpg"][0].box == (8, 8, 24.5, 32)
    assert [face.kind for face in kept["two.jpg"]] == [3, 1]
    assert reading.unknown == {"중립": 1}
    assert len(reading.problems) == len(broken) + len(later) + 1
    assert all(problem.where and problem.why for problem in reading.problems)


def test_one_name_in_two_folders_needs_its_folder(tmp_path: Path) -> None:
    picture(tmp_path / "x" / "a.jpg")
    picture(tmp_path / "y" / "a.jpg")
    written(tmp_path / "a.json", [entry("a.jpg"), entry("y\\a.jpg")])
    reading = read([tmp_path / "a.json"], tmp_path)
    assert [source.sample.name for source in reading.sources] == ["y/a.jpg"]
    assert "2 pictures" in reading.problems[0].why


def test_folders_without_files_or_permission_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="No JSON"):
        read([tmp_path], tmp_path)
    with pytest.raises(InputError, match="nowhere"):
        read([tmp_path / "nowhere"], tmp_path)
    written(tmp_path / "a.json", [entry("a.jpg")])
    closed = tmp_path / "pictures" / "closed"
    closed.mkdir(parents=True)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(InputError, match="closed"):
        read([tmp_path / "a.json"], tmp_path / "pictures")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["filename", "faceExp_uploader", "annot_A", "boxes", "minX", "minY"])
        | st.text(),
        inner,
    ),
)  # fmt: skip


@given(values)
def test_any_entry_is_read_or_refused(value: object) -> None:
    try:
        name, label, boxes = parse(value)
    except ValueError as error:
        assert str(error)
    else:
        assert name and label and all(x1 < x2 and y1 < y2 for x1, y1, x2, y2 in boxes)


@given(st.tuples(*[st.floats()] * 4))
def test_a_clipped_box_lies_on_the_picture(box: tuple[float, float, float, float]) -> None:
    inside = clipped(box, 40, 30)
    if inside is not None:
        x1, y1, x2, y2 = inside
        assert min(x1, y1) >= 0 and x2 <= 40 and y2 <= 30 and min(x2 - x1, y2 - y1) >= 1
