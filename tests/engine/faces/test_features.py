"""Measures and crops: known geometry, and the same face turned, moved and enlarged."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import InputError
from engine.faces.detect.landmarks import Found, Landmarker
from engine.faces.expression import learn, network
from engine.faces.measure.features import (
    PAIRS,
    VECTOR_NAMES,
    HeadPose,
    head_pose,
    measure,
    openness,
    rotation,
    vector,
)
from engine.faces.measure.regions import REGIONS, regions
from tests.engine import faces_samples as samples


@pytest.fixture(scope="module")
def face() -> Found:
    landmarker = Landmarker()
    (found,) = landmarker.find(samples.sample())
    landmarker.close()
    return found


def turn(axis: str, degrees: float) -> npt.NDArray[np.float32]:
    """Return the (4, 4) rotation about one axis of the camera (x right, y up, z to viewer)."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    rows = {
        "yaw": [[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]],
        "pitch": [[1, 0, 0], [0, cos, sin], [0, -sin, cos]],
        "roll": [[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]],
    }
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3] = rows[axis]
    return matrix


@pytest.mark.parametrize(("height", "expected"), [(0.0, 0.0), (4.0, 0.4)])
def test_eye_aspect_ratio_of_lids_so_far_apart(height: float, expected: float) -> None:
    assert openness(eyes(height)) == pytest.approx(expected)


def eyes(height: float) -> npt.NDArray[np.float32]:
    """Return points with two eyes 10 wide whose lids are *height* apart."""
    points = np.zeros((478, 2), dtype=np.float32)
    for left, (corners, *lids) in zip((0.0, 30.0), PAIRS, strict=True):
        points[list(corners)] = (left, 0), (left + 10, 0)
        for x, (upper, lower) in zip((3.0, 7.0), lids, strict=True):
            points[upper], points[lower] = (left + x, -height / 2), (left + x, height / 2)
    return points


def test_eye_aspect_ratio_and_mouth_of_known_points() -> None:
    points = eyes(4.0)
    points[61], points[291], points[13], points[14] = (10, 30), (30, 30), (20, 28), (20, 34)
    points[55], points[285] = (15, -10), (25, -10)
    points[234], points[454] = (-5, 10), (45, 10)
    found = measure(points)
    assert found.ear == pytest.approx(0.4)
    assert found.mouth_open == pytest.approx(6 / 20)
    assert found.smile_lift == pytest.approx(-2 / 40)
    assert found.normalized_mouth_width == pytest.approx(20 / 40)
    assert found.smile_score == 0.0
    assert found.brow_raise == pytest.approx(10 / 40)
    assert found.furrow == 0.0
    assert not found.drowsy


@given(st.floats(-60, 60), st.floats(0.2, 5), st.floats(-300, 300), st.floats(-300, 300))
def test_measures_do_not_depend_on_place_size_and_tilt(
    angle: float, scale: float, dx: float, dy: float
) -> None:
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 100, (478, 3)).astype(np.float32)
    cos, sin = scale * np.cos(np.radians(angle)), scale * np.sin(np.radians(angle))
    moved = points.copy()
    moved[:, :2] = points[:, :2] @ np.array([[cos, sin], [-sin, cos]]) + np.array([dx, dy])
    before, after = measure(points), measure(moved)
    for name in vars(before) or before.__dataclass_fields__:
        assert getattr(after, name) == pytest.approx(getattr(before, name), abs=2e-2), name


@pytest.mark.parametrize("axis", ["yaw", "pitch", "roll"])
@pytest.mark.parametrize("degrees", [-50.0, -5.0, 0.0, 20.0, 70.0])
def test_head_pose_of_known_rotations(axis: str, degrees: float) -> None:
    pose = head_pose(turn(axis, degrees) * np.float32(1.7))
    for name in ("yaw", "pitch", "roll"):
        expected = degrees if name == axis else 0.0
        assert getattr(pose, name) == pytest.approx(expected, abs=1e-3)


def test_head_pose_follows_the_picture() -> None:
    landmarker = Landmarker()
    image = samples.head()
    tilt = cv2.getRotationMatrix2D((100, 100), 25, 1.0)  # counter-clockwise
    turned = cv2.warpAffine(image, tilt, (200, 200), borderMode=cv2.BORDER_REPLICATE)
    (straight,) = landmarker.find(image)
    (tilted,) = landmarker.find(np.asarray(turned, dtype=np.uint8))
    landmarker.close()
    moved = head_pose(tilted.matrix).roll - head_pose(straight.matrix).roll
    assert moved == pytest.approx(25, abs=6)


def test_the_smiling_sample(face: Found) -> None:
    found = measure(face.points)
    assert 0.2 < found.ear < 0.6 and found.smile_score > 0.01
    assert found.smile_lift > 0 and 0.5 < found.normalized_mouth_width < 0.9
    assert abs(head_pose(face.matrix).yaw) < 10


def test_regions_hold_their_points(face: Found) -> None:
    found = regions(face.points)
    assert set(found) == set(REGIONS) == {"left_eye", "right_eye", "nose", "mouth"}
    for region in found.values():
        x, y, width, height = region.box
        assert x <= region.centroid[0] <= x + width and y <= region.centroid[1] <= y + height
        assert ((region.points >= (x, y)) & (region.points <= (x + width, y + height))).all()
    assert found["left_eye"].centroid[0] < found["nose"].centroid[0]
    assert found["nose"].centroid[0] < found["right_eye"].centroid[0]
    assert found["nose"].centroid[1] < found["mouth"].centroid[1]


def test_the_crop_is_level_and_centred(face: Found) -> None:
    matrix = network.transform(face.points)
    flat = np.hstack([face.points[:, :2], np.ones((478, 1))]) @ matrix.T
    left, right, mouth = (
        flat[list(pair)].mean(axis=0)
        for pair in (network.LEFT_EYE, network.RIGHT_EYE, network.MOUTH)
    )
    assert left[1] == pytest.approx(right[1], abs=0.01)
    assert ((left + right) / 2 + mouth) / 2 == pytest.approx(np.array(network.CENTRE), abs=0.01)
    assert network.align(samples.sample(), face.points).shape == (network.SIZE, network.SIZE)


@pytest.mark.parametrize(("angle", "scale"), [(0, 3.0), (20, 1.0), (-35, 1.5), (10, 0.6)])
def test_the_crop_is_the_same_whatever_the_picture(angle: float, scale: float) -> None:
    landmarker = Landmarker()
    image = samples.head()
    side = round(260 * scale)
    matrix = np.asarray(cv2.getRotationMatrix2D((100, 100), angle, scale), dtype=np.float64)
    matrix[:, 2] += side / 2 - 100
    turned = cv2.warpAffine(image, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE)
    (one,) = landmarker.find(image)
    (two,) = landmarker.find(np.asarray(turned, dtype=np.uint8))
    landmarker.close()
    first = network.align(image, one.points)[12:56, 12:52].astype(float)
    second = network.align(np.asarray(turned, dtype=np.uint8), two.points)[12:56, 12:52].astype(
        float
    )
    assert np.corrcoef(first.ravel(), second.ravel())[0, 1] > 0.9


def test_a_crop_over_the_edge_repeats_the_edge(face: Found) -> None:
    picture = samples.sample()
    for dx, dy in ((-200, 0), (0, -110), (330, 430), (-900, -900)):
        moved = face.points + np.array([dx, dy, 0], dtype=np.float32)
        assert network.align(picture, moved).shape == (network.SIZE, network.SIZE)


def test_payloads_come_back_as_they_were(face: Found) -> None:
    picture = network.align(samples.sample(), face.points)
    values = vector(face)
    assert values.shape == (len(VECTOR_NAMES),) == (62,)
    crops, vectors = learn.unpack([learn.pack(picture, values)] * 2)
    assert (crops[1] == picture).all() and (vectors[1] == values).all()
    with pytest.raises(InputError):
        learn.unpack([b"something else"])


@pytest.mark.parametrize("angles", [(20.0, -35.0, 10.0), (-60.0, 5.0, -40.0), (0.0, 0.0, 90.0)])
def test_a_pose_gives_back_the_rotation_it_was_read_from(angles: tuple[float, ...]) -> None:
    pose = HeadPose(*angles)
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3] = rotation(pose)
    assert np.allclose(rotation(pose) @ rotation(pose).T, np.eye(3))
    again = head_pose(matrix)
    assert (again.yaw, again.pitch, again.roll) == pytest.approx(angles, abs=1e-3)
