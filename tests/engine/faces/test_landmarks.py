"""The landmarker on real pictures: large and tiny faces, several, none, live, closed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core.errors import ModelCorruptError, ModelMissingError
from engine.faces.detect.landmarks import BLENDSHAPES, Landmarker
from engine.media.images import Bgr
from tests.engine import faces_samples as samples


def pasted(heads: list[tuple[int, int, float]], height: int, width: int) -> Bgr:
    """Return a grey picture with the portrait's head at (x, y), scaled."""
    canvas = np.full((height, width, 3), 140, dtype=np.uint8)
    for x, y, scale in heads:
        head = cv2.resize(samples.head(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        canvas[y : y + head.shape[0], x : x + head.shape[1]] = head
    return canvas


@pytest.fixture(scope="module")
def landmarker(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    made = Landmarker()
    yield made
    made.close()


def test_the_sample_has_one_face_with_all_its_points(landmarker: Landmarker) -> None:
    (face,) = landmarker.find(samples.sample())
    assert face.points.shape == (478, 3)
    assert face.blendshapes.shape == (len(BLENDSHAPES),) == (52,)
    assert face.matrix.shape == (4, 4)
    x, y, width, height = face.box
    assert 150 < x < 200 and 50 < y < 100 and 70 < width < 130 and 80 < height < 140


def test_blendshape_names_are_those_of_the_model() -> None:
    import mediapipe as mp

    landmarker = Landmarker()
    (engine,) = landmarker._engines.values()
    rgb = np.ascontiguousarray(samples.sample()[:, :, ::-1])
    answer = engine.detect(mp.Image(mp.ImageFormat.SRGB, rgb))
    assert tuple(shape.category_name for shape in answer.face_blendshapes[0]) == BLENDSHAPES
    landmarker.close()


def test_a_smile_is_seen(landmarker: Landmarker) -> None:
    (face,) = landmarker.find(samples.sample())
    assert face.blendshapes[BLENDSHAPES.index("mouthSmileLeft")] > 0.7


def test_several_faces_come_largest_first(landmarker: Landmarker) -> None:
    faces = landmarker.find(pasted([(20, 60, 0.8), (260, 20, 1.6), (640, 90, 1.0)], 400, 900))
    assert len(faces) == 3
    widths = [face.box[2] for face in faces]
    assert widths == sorted(widths, reverse=True)
    assert 300 < faces[0].box[0] < 580


def test_no_more_faces_than_wanted() -> None:
    landmarker = Landmarker(max_faces=1)
    (face,) = landmarker.find(pasted([(20, 60, 0.8), (260, 20, 1.6)], 400, 640))
    assert face.box[0] > 260
    landmarker.close()


def test_a_face_far_away_is_found_by_looking_again(landmarker: Landmarker) -> None:
    picture = pasted([(1510, 430, 0.5)], 1000, 2000)
    (face,) = landmarker.find(picture)
    assert 1520 < face.box[0] < 1600 and 440 < face.box[1] < 520
    assert 20 < face.box[2] < 80


@pytest.mark.parametrize("side", [48, 64, 96])
def test_a_thumbnail_of_a_face_is_read(landmarker: Landmarker, side: int) -> None:
    tight = samples.sample()[60:190, 165:290]
    small = cv2.resize(tight, (side, side), interpolation=cv2.INTER_AREA)
    (face,) = landmarker.find(np.asarray(small, dtype=np.uint8))
    x, y, width, height = face.box
    assert x > -side / 8 and y > -side / 8 and x + width < side * 1.1 and y + height < side * 1.15


@pytest.mark.parametrize("size", [(48, 48), (300, 300), (700, 1100), (40, 4096), (3, 600), (1, 1)])
def test_no_face_no_answer(landmarker: Landmarker, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    assert landmarker.find(np.full((*size, 3), 90, dtype=np.uint8)) == []
    assert landmarker.find(rng.integers(0, 256, (*size, 3)).astype(np.uint8)) == []


def test_live_frames_may_come_without_or_with_stalled_times() -> None:
    landmarker = Landmarker(live=True)
    for time in (None, 40, 40, 20, None, 100):
        assert len(landmarker.find(samples.sample(), time)) == 1
    landmarker.close()
    landmarker.close()


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    landmarker = Landmarker(live=True)
    landmarker.find(samples.sample())
    landmarker.close()
    shown = capfd.readouterr()
    assert shown.err == "" and shown.out == ""


def test_a_missing_landmarker_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    samples.models_without(monkeypatch, tmp_path / "models")
    with pytest.raises(ModelMissingError, match="face-landmarker"):
        Landmarker()


def test_a_corrupt_landmarker_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    samples.models_without(monkeypatch, tmp_path / "models", "face_landmarker.task")
    with pytest.raises(ModelCorruptError, match="face-landmarker"):
        Landmarker()
