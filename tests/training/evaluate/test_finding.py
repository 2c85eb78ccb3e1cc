"""Scoring what is found: scenes hold what they say, and each look is counted by itself."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import InputError
from engine.faces.detect.landmarks import Landmarker
from engine.faces.detect.tiling import same
from engine.media.images import encode_png
from tests.engine import faces_samples as samples
from training.evaluate import __main__, finding
from training.evaluate import finding as scenes
from training.evaluate.finding import CANVAS, SCENES, Head


@pytest.fixture(scope="module")
def head() -> Head:
    landmarker = Landmarker()
    (face,) = landmarker.look(samples.sample())
    landmarker.close()
    return scenes.cut(samples.sample(), face)


@pytest.fixture
def portraits(tmp_path: Path) -> Path:
    """A folder with one portrait of joy, and one that cannot be read."""
    folder = tmp_path / "portraits" / "happiness"
    folder.mkdir(parents=True)
    (folder / "1.png").write_bytes(encode_png(samples.sample()))
    (folder / "2.png").write_bytes(b"no picture")
    return folder.parent


def test_a_head_is_cut_with_its_box(head: Head) -> None:
    x, y, width, height = head.box
    side = head.image.shape[0]
    assert head.image.shape[:2] == (side, side)
    assert abs(x + width / 2 - side / 2) < 2 and abs(y + height / 2 - side / 2) < 2


@pytest.mark.parametrize("kind", SCENES)
def test_scenes_hold_what_they_say(head: Head, kind: str) -> None:
    scene = SCENES[kind]([head], np.random.default_rng(1))
    assert scene.image.shape == (*CANVAS, 3) and scene.image.dtype == np.uint8
    assert len(scene.faces) == {"group": 10, "empty": 0}.get(kind, 1)
    for face in scene.faces:
        x, y, width, height = face.box
        assert x >= 0 and y >= 0 and x + width <= CANVAS[1] and y + height <= CANVAS[0]
    again = SCENES[kind]([head], np.random.default_rng(1))
    assert (again.image == scene.image).all()
    if kind == "dark":
        assert scene.image.mean() < 40


def test_a_pasted_face_lies_where_the_truth_says(head: Head) -> None:
    landmarker = Landmarker()
    scene = scenes.small([head], np.random.default_rng(2))
    x, y, width, height = (round(value) for value in scene.faces[0].box)
    part = scene.image[max(y - 40, 0) : y + height + 40, max(x - 40, 0) : x + width + 40]
    (face,) = landmarker.find(np.ascontiguousarray(part))
    landmarker.close()
    moved = (face.box[0] + max(x - 40, 0), face.box[1] + max(y - 40, 0), *face.box[2:])
    assert same(moved, scene.faces[0].box)


def test_nothing_of_the_face_is_left_in_the_ground(head: Head) -> None:
    ground = scenes.scrambled(head.image, (480, 640), np.random.default_rng(3))
    landmarker = Landmarker()
    assert landmarker.look(ground) == []
    landmarker.close()
    assert abs(float(ground.mean()) - float(head.image.mean())) < 15


def test_each_look_is_counted(
    portraits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {kind: SCENES[kind] for kind in ("small", "group", "empty")}
    monkeypatch.setattr(finding, "SCENES", few)
    target = tmp_path / "figures.json"
    assert __main__.main(["finding", "--data", str(portraits), "--json", str(target)]) == 0
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert (figures["n"], figures["unreadable"], figures["heads"]) == (2, 1, 1)
    kinds = figures["kinds"]
    assert set(kinds) == {"portraits", *few}
    assert kinds["portraits"]["first"] == kinds["portraits"]["asked"] == 1.0
    assert kinds["small"]["first"] == 0.0 and kinds["small"]["second"] == 1.0
    assert kinds["group"]["faces"] == 10 and kinds["group"]["asked"] >= 0.9
    assert "first" not in kinds["empty"] and kinds["empty"]["faces"] == 0
    for row in kinds.values():
        assert all(row[f"{look}_ms"] >= 0 for look in ("first", "second", "asked"))


def test_data_without_a_face_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "portraits" / "fear"
    folder.mkdir(parents=True)
    (folder / "1.png").write_bytes(encode_png(np.full((90, 90, 3), 120, np.uint8)))
    with pytest.raises(InputError, match="no picture of a face"):
        __main__.evaluate("finding", [tmp_path / "portraits"])
