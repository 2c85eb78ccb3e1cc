"""Figures for groups of faces: bins, mistakes, labels in doubt."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.faces.measure.features import HeadPose
from engine.faces.result import LABELS
from training.evaluate import faces as groups

CROP = np.random.default_rng(0).integers(40, 200, (64, 64)).astype(np.uint8)


def seen(
    label: str, said: str, sure: float = 0.7, yaw: float = 0.0, size: float = 100.0, light: int = 0
) -> groups.Seen:
    rest = (1 - sure) / (len(LABELS) - 1)
    chances = [sure if name == said else rest for name in LABELS]
    crop = np.full((64, 64), light, np.uint8) if light else CROP
    return groups.Seen(label, chances, HeadPose(yaw, 0.0, 0.0), size, crop)


def test_each_face_is_in_one_bin_of_every_kind() -> None:
    faces = [
        seen("행복", "행복", yaw=-30, size=30), seen("행복", "중립", yaw=30, size=30),
        seen("중립", "중립", yaw=5, size=500), seen("슬픔", "슬픔", yaw=10, light=170),
    ]  # fmt: skip
    found = groups.grouped(faces)
    assert found["turned by 25+ °"] == pytest.approx({"n": 2, "accuracy": 0.5, "macro_f1": 2 / 3})
    assert found["turned by 0-10 °"]["n"] == found["turned by 10-25 °"]["n"] == 1
    assert found["face 0-40 px"]["n"] == 2 and found["face 160+ px"]["n"] == 1
    assert found["light 160+ of 255"]["n"] == 1
    for kind in ("turned", "up or down", "face", "light", "sharpness"):
        assert sum(row["n"] for name, row in found.items() if name.startswith(kind)) == 4


def test_a_blurred_face_is_less_sharp_and_its_light_does_not_matter() -> None:
    blurred = np.asarray(cv2.GaussianBlur(CROP, (0, 0), 2.0), dtype=np.uint8)
    sharp, dull, dark = (
        groups.Seen("중립", [0.0] * 7, HeadPose(0, 0, 0), 50.0, crop).sharpness
        for crop in (CROP, blurred, (CROP // 2).astype(np.uint8))
    )
    assert dull < sharp / 2 and dark == pytest.approx(sharp, rel=0.1)


def test_mistakes_are_counted_by_pair() -> None:
    faces = [seen("공포", "놀람"), seen("공포", "놀람"), seen("공포", "공포"), seen("중립", "슬픔")]
    found = groups.confusions(faces)
    assert list(found) == ["공포 -> 놀람", "중립 -> 슬픔"]
    assert found["공포 -> 놀람"] == pytest.approx({"n": 2, "share": 2 / 3})


def test_a_wrong_label_among_sure_faces_is_doubted() -> None:
    right = [seen(label, label, 0.9) for label in LABELS for _ in range(10)]
    found = groups.doubtful([*right, seen("행복", "분노", 0.95), seen("슬픔", "중립", 0.4)])
    assert found["confident"] == 1 and found["share"] == pytest.approx(1 / 72)
    assert found["confident_learning"] == pytest.approx(1 / 72)
    assert groups.doubtful([])["share"] == 0.0
