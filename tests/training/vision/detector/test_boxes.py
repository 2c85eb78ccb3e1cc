"""Labelled pictures become boxes by the real landmarker, and canvases with several faces."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core.errors import InputError
from tests.engine import faces_samples as samples
from training.vision.detector.annotations import CLASSES
from training.vision.detector.compose import MOST, SIDE, Boxed, boxed, composites, group
from training.vision.detector.score import finder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Boxed:
    """Return what a zip with two faces, one grey picture and one broken file gives."""
    path = tmp_path_factory.mktemp("faces") / "tiny.zip"
    head = cv2.imencode(".jpg", samples.head())[1].tobytes()
    grey = cv2.imencode(".jpg", np.full((64, 64, 3), 128, np.uint8))[1].tobytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("happy/Some_Body_0001.jpg", head)
        archive.writestr("fear/Some_Body_0002.jpg", head)
        archive.writestr("neutral/Some_Body_0003.jpg", head)
        archive.writestr("sad/Grey_0001.jpg", grey)
        archive.writestr("angry/Broken_0001.jpg", b"")
    return boxed([path])


def test_each_face_has_a_box_a_class_and_a_person(made: Boxed) -> None:
    kinds = {source.sample.name: source.sample.faces[0].kind for source in made.sources}
    assert kinds == {
        "tiny/happy/Some_Body_0001.jpg": CLASSES.index("기쁨"),
        "tiny/fear/Some_Body_0002.jpg": CLASSES.index("공포"),
    }
    assert {source.sample.group for source in made.sources} == {"Some_Body"}
    x1, y1, x2, y2 = made.sources[0].sample.faces[0].box
    assert 60 < x2 - x1 < 160 and 60 < y2 - y1 < 180 and x1 < 100 < x2 and y1 < 100 < y2
    assert made.faceless == ["tiny/sad/Grey_0001.jpg"]
    assert made.unread == ["tiny/angry/Broken_0001.jpg"]
    assert made.outside == {"중립": 1}


def test_numbers_are_no_persons() -> None:
    assert group("sad/Training_3908.jpg") != group("sad/Training_3909.jpg")
    assert group("a/Al_Gore_0001.jpg") == group("b/Al_Gore_0002.jpg") == "Al_Gore"


def test_what_is_no_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        boxed([tmp_path / "nowhere.zip"])
    with pytest.raises(InputError):
        boxed([tmp_path])


def test_composites_hold_their_faces_apart_and_come_out_again(made: Boxed) -> None:
    first = list(composites(made.sources, 6, "train", 0))
    again = list(composites(made.sources, 6, "train", 0))
    other = list(composites(made.sources, 6, "val", 0))
    assert all((a.picture() == b.picture()).all() for a, b in zip(first, again, strict=True))
    assert any((a.picture() != b.picture()).any() for a, b in zip(first, other, strict=True))
    assert any(len(source.sample.faces) > 1 for source in first)
    for source in first:
        assert source.picture().shape == (SIDE, SIDE, 3)
        boxes = [face.box for face in source.sample.faces]
        assert len(boxes) <= MOST and all(0 <= v <= SIDE for box in boxes for v in box)
        for number, (x1, y1, x2, y2) in enumerate(boxes):
            for u1, v1, u2, v2 in boxes[:number]:
                assert x2 <= u1 or u2 <= x1 or y2 <= v1 or v2 <= y1
    assert list(composites([], 3, "train", 0)) == []


def test_the_box_on_a_canvas_is_where_the_landmarker_sees_the_face(made: Boxed) -> None:
    sources = composites(made.sources, 12, "train", 1)
    sizes = [
        (face.box[3] - face.box[1], source, face)
        for source in sources
        for face in source.sample.faces
    ]
    height, source, face = max(sizes, key=lambda row: row[0])
    with finder() as find:
        hits = find(source.picture())
    assert {hit.kind for hit in hits} == set(range(len(CLASSES)))
    nearest = min(
        hits, key=lambda hit: abs(hit.box[0] - face.box[0]) + abs(hit.box[1] - face.box[1])
    )
    np.testing.assert_allclose(nearest.box, face.box, atol=0.15 * height)
