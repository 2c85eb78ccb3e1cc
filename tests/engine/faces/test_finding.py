"""The second look on pictures made of the sample: small, turned, many, from the side, none."""

from __future__ import annotations

import importlib.util
import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.core.errors import ModelCorruptError
from engine.faces import FaceReader, FacesResult
from engine.faces.detect.boxes import BoxDetector
from engine.faces.detect.landmarks import Landmarker
from engine.faces.detect.multiscale_search import PROFILE, Finder, Findings, pieces
from engine.faces.detect.rotation import turned
from engine.faces.detect.tiling import around, same
from engine.faces.measure.features import head_pose
from engine.media.images import Bgr, decode_image, read_image
from tests.engine import faces_samples as samples

FACE = (180.0, 71.0, 89.0, 105.0)
"""The sample's face."""


@pytest.fixture(scope="module")
def landmarker():  # type: ignore[no-untyped-def]
    made = Landmarker(max_faces=20)
    yield made
    made.close()


@pytest.fixture(scope="module")
def finder(landmarker: Landmarker):  # type: ignore[no-untyped-def]
    made = Finder(landmarker)
    yield made
    made.close()


def background(height: int, width: int) -> Bgr:
    """Return soft blotches without a face, always the same."""
    rng = np.random.default_rng(3)
    small = rng.integers(60, 190, (height // 40 + 1, width // 40 + 1, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def group(faces: int = 10, scale: float = 0.5) -> tuple[Bgr, list[tuple[float, float]]]:
    """Return a picture of the portrait's head *faces* times, and the faces' middles."""
    canvas = background(900, 1600)
    head = cv2.resize(samples.head(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    middles = []
    for number in range(faces):
        x, y = 60 + 300 * (number % 5), 150 + 400 * (number // 5)
        canvas[y : y + head.shape[0], x : x + head.shape[1]] = head
        middles.append((x + 99.5 * scale, y + 103.5 * scale))
    return canvas, middles


def middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def test_ten_faces_of_a_group_are_found_each_once(finder: Finder) -> None:
    picture, middles = group()
    found = finder.find(picture, thorough=True)
    assert len(found.faces) == 10 and found.boxes == []
    for x, y in middles:
        gaps = [np.hypot(middle(f.box)[0] - x, middle(f.box)[1] - y) for f in found.faces]
        assert min(gaps) < 15


def test_a_tiny_face_is_found_where_the_first_look_finds_none(
    finder: Finder, landmarker: Landmarker
) -> None:
    picture, ((x, y),) = group(faces=1, scale=0.2)
    assert landmarker.look(picture) == []
    found = finder.find(picture)
    (box,) = [face.box for face in found.faces] + [face.box for face in found.boxes]
    assert np.hypot(middle(box)[0] - x, middle(box)[1] - y) < 10


@pytest.mark.parametrize("degrees", [45, 90, 135, 180, 270, 315])
def test_a_turned_picture_is_read_the_right_way_up(finder: Finder, degrees: int) -> None:
    turn = turned(samples.sample(), degrees, 4000)
    (face,) = finder.find(turn.image).faces
    back = turn.to_whole(face)
    assert same(back.box, FACE) and abs(head_pose(back.matrix).roll) < 20
    roll = (head_pose(face.matrix).roll - degrees + 180) % 360 - 180
    assert abs(roll) < 20
    eyes, mouth = back.points[[33, 263], 1].mean(), back.points[[61, 291], 1].mean()
    assert mouth - eyes > 25


def test_turning_goes_back_to_the_same_pixels(landmarker: Landmarker) -> None:
    (straight,) = landmarker.look(samples.sample())
    turn = turned(samples.sample(), 20, 400)
    assert max(turn.image.shape) == pytest.approx(400 * (np.cos(0.35) + np.sin(0.35)), abs=3)
    (face,) = map(turn.to_whole, landmarker.look(turn.image))
    assert np.abs(face.points[:, :2] - straight.points[:, :2]).mean() < 3


@pytest.mark.parametrize("thorough", [False, True])
@pytest.mark.parametrize("size", [(300, 400), (1, 1), (3, 700), (1400, 900)])
def test_no_face_no_answer(finder: Finder, size: tuple[int, int], thorough: bool) -> None:
    assert finder.find(background(*size), thorough) == Findings([], [])


def test_what_is_found_at_once_is_not_looked_for_again(landmarker: Landmarker) -> None:
    fresh = Finder(landmarker)
    whole = landmarker.find(samples.sample())
    found = fresh.find(samples.sample())
    assert [face.box for face in found.faces] == [face.box for face in whole]
    fresh.close()
    fresh.close()


def assets() -> Path:
    spec = importlib.util.find_spec("ultralytics")
    if spec is None or spec.origin is None:
        pytest.skip("the training extra (ultralytics) is not installed: no zidane.jpg, no bus.jpg")
    return Path(spec.origin).parent / "assets"


def test_zidane_both_faces(finder: Finder, landmarker: Landmarker) -> None:
    picture = read_image(assets() / "zidane.jpg")
    assert landmarker.look(picture) == []
    found = finder.find(picture)
    (right,), (left,) = found.faces, found.boxes
    assert same(right.box, (910, 116, 144, 161)) and same(left.box, (530, 285, 130, 130))
    assert left.reason == PROFILE


def test_bus_the_two_faces_that_look_this_way(finder: Finder) -> None:
    found = finder.find(read_image(assets() / "bus.jpg"))
    assert sorted(round(face.box[0] / 20) for face in found.faces) == [6, 13]
    assert found.boxes == []


def test_orientation_of_exif_is_heeded() -> None:
    image = Image.fromarray(np.ascontiguousarray(samples.sample()[:, :, ::-1]))
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its side: to be turned clockwise
    store = io.BytesIO()
    image.transpose(Image.Transpose.ROTATE_90).save(store, "JPEG", quality=95, exif=exif)
    with FaceReader(use_rules=True) as reader:
        (face,) = reader.read(decode_image(store.getvalue())).faces
    assert same(face.box, FACE) and abs(face.pose.roll) < 15


def test_boxes_travel_with_the_result() -> None:
    profile = turned(samples.sample(), 0, 4000).image.copy()
    with FaceReader(use_rules=True) as reader:
        result = reader.read(profile, second_look=True)
    again = FacesResult.from_dict(json.loads(json.dumps(result.to_dict())))
    assert again.faces_without_landmarks == result.faces_without_landmarks
    old = {k: v for k, v in result.to_dict().items() if k != "faces_without_landmarks"}
    assert FacesResult.from_dict(old).faces_without_landmarks == ()


def test_the_second_look_can_be_left_out() -> None:
    with FaceReader(use_rules=True) as reader:
        upside_down = np.ascontiguousarray(samples.sample()[::-1, ::-1])
        plain = reader.read(upside_down, second_look=False).faces
        turned_back = reader.read(upside_down).faces
    assert all(abs(face.pose.roll) < 90 for face in plain)
    assert abs(turned_back[0].pose.roll) > 150


def test_the_square_around_a_box_may_leave_the_picture() -> None:
    picture = background(100, 120)
    for box in ((-10.0, -10.0, 40.0, 40.0), (90.0, 70.0, 40.0, 40.0), (50.0, 40.0, 300.0, 10.0)):
        part = around(picture, box, 2.0)
        assert part.image.shape[0] == part.image.shape[1] >= 288
        x, y, _, _ = part.box_to_whole((0.0, 0.0, 1.0, 1.0))
        assert (x, y) == (part.x, part.y)


def test_the_pieces_cover_the_picture() -> None:
    covered = np.zeros((700, 1000), bool)
    for part in list(pieces(background(700, 1000)))[2:]:
        height, width = part.image.shape[:2]
        covered[int(part.y) : int(part.y) + height, int(part.x) : int(part.x) + width] = True
    assert covered.all()


def test_a_corrupt_bundle_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    samples.models_without(monkeypatch, tmp_path / "models", "face_landmarker.task")
    with pytest.raises(ModelCorruptError, match="face-landmarker"):
        BoxDetector()
