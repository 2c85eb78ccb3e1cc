"""YOLO and COCO: what is written is read again; the folder is what ultralytics expects."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.core.errors import InputError, StorageError
from engine.media.images import decode_image
from training.vision.detector.annotations import NAMES, PARTS, Face, Sample, Source, part_of
from training.vision.detector.formats import Split, coco, samples_of, write, yolo_faces, yolo_text


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    width, height = draw(st.integers(2, 6000)), draw(st.integers(2, 6000))
    faces = []
    for _ in range(draw(st.integers(0, 4))):
        x1, y1 = draw(st.floats(0, width - 1)), draw(st.floats(0, height - 1))
        x2, y2 = draw(st.floats(x1 + 1, width)), draw(st.floats(y1 + 1, height))
        faces.append(Face(draw(st.integers(0, 3)), (x1, y1, x2, y2)))
    return Sample("사진.jpg", width, height, tuple(faces), "who")


def same(before: Sample, after: tuple[Face, ...]) -> None:
    assert [face.kind for face in before.faces] == [face.kind for face in after]
    for one, other in zip(before.faces, after, strict=True):
        np.testing.assert_allclose(one.box, other.box, atol=1e-4)


@given(samples())
def test_yolo_round_trip(sample: Sample) -> None:
    text = yolo_text(sample)
    assert all(0 <= float(value) <= 1 for line in text.splitlines() for value in line.split()[1:])
    same(sample, yolo_faces(text, sample.width, sample.height))


@given(st.lists(samples(), max_size=4))
def test_coco_round_trip(rows: list[Sample]) -> None:
    found = coco(rows)
    assert [row["id"] for row in found["annotations"]] == list(
        range(1, 1 + sum(len(row.faces) for row in rows))
    )
    again = samples_of(json.loads(json.dumps(found)))
    for before, after in zip(rows, again, strict=True):
        assert (before.name, before.width, before.height, before.group) == (
            after.name, after.width, after.height, after.group,
        )  # fmt: skip
        same(before, after.faces)


@pytest.mark.parametrize("text", ["4 0.5 0.5 0.1 0.1", "0 0.5 0.5", "face 0.5 0.5 0.1 0.1"])
def test_lines_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        yolo_faces(text, 10, 10)


def source(name: str, width: int = 80, height: int = 40) -> Source:
    image = np.zeros((height, width, 3), np.uint8)
    image[10:30, 20:50] = 255
    return Source(Sample(name, width, height, (Face(2, (20, 10, 50, 30)),)), lambda: image)


def test_the_folder_holds_pictures_labels_and_both_descriptions(tmp_path: Path) -> None:
    broken = Source(source("broken").sample, lambda: decode_image(b"", "broken"))
    folder = tmp_path / "집합"
    counts, problems = write(
        folder, {"train": [source("큰 사진", 160, 40), broken], "val": [source("b")]}, longest=80
    )
    assert counts == {"train": 1, "val": 1, "test": 0}
    assert [problem.where for problem in problems] == ["broken"]
    split = Split(folder)
    (sample,) = split.samples("train")
    assert (sample.width, sample.height) == (80, 20)
    assert sample.faces[0].box == (10, 5, 25, 15)
    with Image.open(split.picture("train", sample)) as image:
        assert image.size == (80, 20)
    label = folder / "labels" / "train" / f"{Path(sample.name).stem}.txt"
    same(sample, yolo_faces(label.read_text(), 80, 20))
    import yaml

    described = yaml.safe_load(split.yaml.read_text(encoding="utf-8"))
    assert list(described["names"].values()) == list(NAMES)
    assert "path" not in described and described["val"] == "images/val"
    with pytest.raises(StorageError):
        write(folder, {})


def test_a_folder_that_holds_no_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="convert"):
        Split(tmp_path).samples("train")
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "train.json").write_text('{"images": [{"id": 1}]}')
    with pytest.raises(InputError, match="convert"):
        Split(tmp_path).samples("train")
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        write(tmp_path / "file" / "set", {})


def test_a_group_falls_into_one_part_about_as_often_as_asked() -> None:
    parts = [part_of(f"person {n}", 0, 0.1, 0.2) for n in range(4000)]
    assert parts == [part_of(f"person {n}", 0, 0.1, 0.2) for n in range(4000)]
    shares = {part: parts.count(part) / 4000 for part in PARTS}
    assert shares == pytest.approx({"train": 0.7, "val": 0.1, "test": 0.2}, abs=0.03)
