"""The faces' training on tiny sets made from the one sample: reads, splits, trains, exports."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine import models, paths
from engine.errors import InputError
from engine.faces import LABELS, FaceReader, learn
from engine.faces.features import VECTOR_NAMES
from engine.reporting.sets.faces import CLASSES
from engine.reporting.sets.pictures import pictures
from tests.engine import faces_samples as samples
from training import faces_data, faces_split, train_faces
from training.evaluation import faces as evaluation
from training.faces_augment import MIRROR_ORDER, augment
from training.faces_net import EMBEDDING, FaceNet

FOLDERS = ("happy", "sadness", "neutral")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a zip of 8 changed copies of the sample in each of three class folders."""
    path = tmp_path_factory.mktemp("faces") / "tiny.zip"
    rng = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for folder in FOLDERS:
            for number in range(8):
                matrix = cv2.getRotationMatrix2D((100, 100), rng.uniform(-15, 15), 0.9)
                image = cv2.warpAffine(samples.head(), matrix, (200, 200))
                name = f"{folder}/Somebody{number}_0001.jpg"
                archive.writestr(name, cv2.imencode(".jpg", image)[1].tobytes())
        grey = np.full((64, 64, 3), 128, np.uint8)
        archive.writestr("sad/Nobody_0001.jpg", cv2.imencode(".jpg", grey)[1].tobytes())
        archive.writestr("happy/Broken_0001.jpg", b"")
        archive.writestr("readme.txt", b"no picture")
    return path


def test_pictures_are_read_from_zip_and_folder(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(data) as archive:
        archive.extractall(tmp_path)
    zipped = list(pictures([data], CLASSES))
    unpacked = list(pictures([tmp_path], CLASSES))
    assert [row.label for row in zipped] == [row.label for row in unpacked]
    assert len(zipped) == 26 and {row.label for row in zipped} == {"행복", "슬픔", "중립"}


@pytest.mark.parametrize("content", ["missing", "text", "empty"])
def test_what_is_no_set_is_said(content: str, tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    if content == "text":
        path.write_text("hello")
    elif content == "empty":
        zipfile.ZipFile(path, "w").close()
    with pytest.raises(InputError):
        list(pictures([path], CLASSES))


def test_training_makes_a_model_that_the_engine_reads(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, cache = tmp_path / "models", tmp_path / "cache"
    out.mkdir()
    train_faces.main(
        ["--data", str(data), "--out", str(out), "--cache", str(cache), "--epochs", "1"]
    )
    printed = capsys.readouterr().out.splitlines()
    assert "2 without" in next(line for line in printed if line.startswith("faces:"))
    report = next(json.loads(line) for line in printed if "held_out" in line)
    assert {"accuracy", "macro_f1", "per_class", "rules", "majority"} <= set(report)
    assert len(list(cache.glob("*.npz"))) == 1

    (out / "face_landmarker.task").write_bytes(
        (paths.models_dir() / "face_landmarker.task").read_bytes()
    )
    shipped = (paths.models_dir() / "manifest.toml").read_text(encoding="utf-8")
    landmarker = next(part for part in shipped.split("[[model]]") if '"face-landmarker"' in part)
    with (out / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(f"\n[[model]]{landmarker}")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(out))
    models.forget()
    with FaceReader() as reader:
        said = reader.read(samples.sample()).faces[0].expression
    assert said.source == "model" and said.model == "face-expression 1.0"
    assert learn.base_head().weights.shape == (len(LABELS), EMBEDDING)
    features, labels = learn.anchors()
    assert features.shape == (len(labels), EMBEDDING)
    models.forget()


def test_no_person_is_in_two_parts(data: Path) -> None:
    rows: Sequence[str] = [f"set/happy/Person{n // 3}_{n:04d}.jpg" for n in range(60)]
    faces = faces_data.Faces(
        names=np.array(rows),
        labels=np.array([n % 2 for n in range(60)], dtype=np.int64),
        crops=np.zeros((60, 64, 64), np.uint8),
        points=np.zeros((60, 478, 3), np.float32),
        blendshapes=np.zeros((60, 52), np.float32),
        matrices=np.zeros((60, 4, 4), np.float32),
        missed=(),
    )
    part = faces_split.split(faces, np.zeros(60, dtype=np.int64), seed=0)
    assert set(part) == {0, 1, 2}
    for person in range(20):
        assert len({part[n] for n in range(60) if n // 3 == person}) == 1
    assert (part == faces_split.split(faces, np.zeros(60, dtype=np.int64), seed=0)).all()


def test_a_mirror_swaps_left_and_right() -> None:
    left, right = VECTOR_NAMES.index("mouthSmileLeft"), VECTOR_NAMES.index("mouthSmileRight")
    assert MIRROR_ORDER[left] == right and MIRROR_ORDER[right] == left
    assert MIRROR_ORDER[VECTOR_NAMES.index("jawLeft")] == VECTOR_NAMES.index("jawRight")
    assert MIRROR_ORDER[VECTOR_NAMES.index("ear")] == VECTOR_NAMES.index("ear")


def test_augmentation_keeps_shapes_and_range_and_follows_its_seed() -> None:
    crops = torch.rand(9, 64, 64) * 255
    values = torch.rand(9, len(VECTOR_NAMES))
    first = augment(crops, values, torch.Generator().manual_seed(5))
    second = augment(crops, values, torch.Generator().manual_seed(5))
    assert first[0].shape == crops.shape and first[1].shape == values.shape
    assert float(first[0].min()) >= 0 and float(first[0].max()) <= 255
    assert torch.equal(first[0], second[0]) and torch.equal(first[1], second[1])


def test_the_light_of_a_picture_hardly_matters() -> None:
    torch.manual_seed(0)
    ones = np.ones(len(VECTOR_NAMES), dtype=np.float32)
    net = FaceNet(ones * 0, ones).eval()
    crops, values = torch.rand(2, 64, 64) * 100 + 50, torch.rand(2, len(VECTOR_NAMES))
    with torch.no_grad():
        before, after = net(crops, values)[0], net(crops * 1.3 + 20, values)[0]
    assert torch.allclose(before, after, atol=0.1)


def test_evaluation_counts_what_is_not_answered(data: Path) -> None:
    metrics = evaluation.evaluate([data])
    assert metrics["n"] == 26 and metrics["unanswered"] == 2
    assert 0 <= metrics["accuracy"] <= 24 / 26  # type: ignore[operator]
    assert {"macro_f1", "ece", "ms_per_item", "model", "rules_accuracy"} <= set(metrics)
    assert evaluation.evaluate([data], limit=5)["n"] == 5
