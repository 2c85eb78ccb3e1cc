"""The faces' training on tiny sets made from the one sample: reads, splits, trains, exports."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.core import paths
from engine.core.errors import InputError
from engine.faces import LABELS, FaceReader
from engine.faces.expression import learn
from engine.faces.measure.features import VECTOR_NAMES
from engine.models import store
from engine.reports.sets.faces import CLASSES
from engine.reports.sets.pictures import pictures
from tests.engine import faces_samples as samples
from training.evaluate import faces as evaluation
from training.vision.faces import data as faces_data
from training.vision.faces import data as faces_split
from training.vision.faces import train
from training.vision.faces.fit import LIGHT, MIRROR_ORDER, STRONG, augment, mix
from training.vision.faces.net import FIRST, SECOND, Exported, FaceNet
from training.vision.faces.train import VERSION, mean, temperature

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


def unpacked(data: Path, folder: Path) -> Path:
    with zipfile.ZipFile(data) as archive:
        archive.extractall(folder / "set")
    return folder / "set"


def test_pictures_are_read_from_zip_and_folder(data: Path, tmp_path: Path) -> None:
    zipped = list(pictures([data], CLASSES))
    filed = list(pictures([unpacked(data, tmp_path)], CLASSES))
    assert [row.label for row in zipped] == [row.label for row in filed]
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
    options = ["--adapt", str(unpacked(data, tmp_path)), "--out", str(out), "--cache", str(cache)]
    options += ["--epochs", "1", "1", "--adapt-epochs", "1", "--base", str(tmp_path / "bases")]
    train.main(["--data", str(data), *options])
    printed = capsys.readouterr().out.splitlines()
    assert "; 1 without" in next(line for line in printed if line.startswith("faces:"))
    reports = [json.loads(line) for line in printed if "unseen" in line]
    assert [report["unseen"] for report in reports] == [
        "3 folds", "validation of tiny.zip", "validation of set",
    ]  # fmt: skip
    assert all({"accuracy", "macro_f1", "per_class", "ece"} <= set(report) for report in reports)
    assert reports[0]["n"] + reports[2]["n"] == 24 and len(list(cache.glob("*.npz"))) == 2
    first = (out / "face-expression" / "head.npz").read_bytes()
    assert (out / "face-expression" / "expression.onnx").stat().st_size < 6_000_000

    train.main(["--data", str(data), *options])  # from the kept network: the same again
    assert "epoch 1/1" in capsys.readouterr().out
    assert (out / "face-expression" / "head.npz").read_bytes() == first

    (out / "face_landmarker.task").write_bytes(
        (paths.models_dir() / "face_landmarker.task").read_bytes()
    )
    shipped = (paths.models_dir() / "manifest.toml").read_text(encoding="utf-8")
    landmarker = next(part for part in shipped.split("[[model]]") if '"face-landmarker"' in part)
    with (out / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(f"\n[[model]]{landmarker}")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(out))
    store.forget()
    with FaceReader() as reader:
        said = reader.read(samples.sample()).faces[0].expression
    assert said.source == "model" and said.model == f"face-expression {VERSION}"
    length = FIRST.embedding + SECOND.embedding - len(VECTOR_NAMES)
    assert learn.base_head().weights.shape == (len(LABELS), length)
    features, labels = learn.anchors()
    assert features.shape == (len(labels), length)
    store.forget()


def test_no_person_is_in_two_parts() -> None:
    names = [f"set/happy/Person{n // 3}_{n:04d}.jpg" for n in range(60)]
    labels = np.array([0 if n < 54 else 5 for n in range(60)], dtype=np.int64)
    part = faces_split.parts(names, labels, [0.5, 0.5], seed=0)
    for person in range(20):
        assert len({part[n] for n in range(60) if n // 3 == person}) == 1
    for label in (0, 5):  # halves, the rare class as well
        assert (part[labels == label] == 0).sum() == (labels == label).sum() / 2
    assert (part == faces_split.parts(names, labels, [0.5, 0.5], seed=0)).all()


def test_the_parts_of_a_read_set(data: Path, tmp_path: Path) -> None:
    found = faces_split.read([data], [unpacked(data, tmp_path)], None, None, seed=0)
    checked = set(found.checked(0))
    assert set(found.base) | checked == set(np.flatnonzero(found.source == 0))
    assert not set(found.base) & checked and len(checked) >= 3
    adapted = found.fold[(found.source == 1) & ~found.validation]
    assert set(adapted) == set(range(faces_split.FOLDS))
    assert len(found.checked(1)) + len(adapted) == 24
    whole = [n for n in range(len(found.names)) if torch.isnan(found.features[n]).all()]
    assert [Path(str(found.names[n])).name for n in whole] == ["Nobody_0001.jpg"]
    assert not torch.isnan(found.features).any(1).sum() > 1


def test_a_mirror_swaps_left_and_right() -> None:
    left, right = VECTOR_NAMES.index("mouthSmileLeft"), VECTOR_NAMES.index("mouthSmileRight")
    assert MIRROR_ORDER[left] == right and MIRROR_ORDER[right] == left
    assert MIRROR_ORDER[VECTOR_NAMES.index("jawLeft")] == VECTOR_NAMES.index("jawRight")
    assert MIRROR_ORDER[VECTOR_NAMES.index("ear")] == VECTOR_NAMES.index("ear")


def test_augmentation_keeps_shapes_and_range_and_follows_its_seed() -> None:
    crops = torch.rand(64, 64, 64) * 255
    values = torch.rand(64, len(VECTOR_NAMES))
    first = augment(crops, values, torch.Generator().manual_seed(5))
    second = augment(crops, values, torch.Generator().manual_seed(5))
    small = augment(crops, values, torch.Generator().manual_seed(5), 48)
    assert first[0].shape == crops.shape and first[1].shape == values.shape
    assert small[0].shape == (64, 48, 48)
    assert float(first[0].min()) >= 0 and float(first[0].max()) <= 255
    assert torch.equal(first[0], second[0])
    assert torch.equal(torch.nan_to_num(first[1]), torch.nan_to_num(second[1]))
    lost = torch.isnan(first[1]).all(1)
    assert torch.equal(lost, torch.isnan(first[1]).any(1)) and 0 < int(lost.sum()) < 32


def test_a_whole_picture_is_framed_by_its_middle_square() -> None:
    image = np.zeros((48, 96, 3), np.uint8)
    image[:, 24:72] = 200
    assert (faces_data.framed(image) == 200).all()
    assert faces_data.framed(np.full((300, 200, 3), 7, np.uint8)).shape == (64, 64)


def test_mixed_faces_have_mixed_answers() -> None:
    crops, values = torch.arange(4.0)[:, None, None].expand(4, 64, 64), torch.eye(4)
    mixed, _, answers = mix(crops, values, values, torch.Generator().manual_seed(1), 0.5)
    assert torch.allclose(answers.sum(1), torch.ones(4))
    assert torch.allclose(mixed[:, 0, 0], answers @ torch.arange(4.0))
    assert not torch.equal(answers, torch.eye(4))


def test_features_that_are_lacking_count_as_their_mean() -> None:
    torch.manual_seed(0)
    mean = np.linspace(0, 1, len(VECTOR_NAMES), dtype=np.float32)
    net = FaceNet(mean, np.ones_like(mean)).eval()
    crops = torch.rand(1, 64, 64) * 255
    with torch.no_grad():
        lacking = net(crops, torch.full((1, len(VECTOR_NAMES)), torch.nan))[1]
        average = net(crops, torch.from_numpy(mean)[None])[1]
    assert torch.equal(lacking, average)


def test_two_networks_join_in_one_layer() -> None:
    torch.manual_seed(0)
    ones = np.ones(len(VECTOR_NAMES), dtype=np.float32)
    nets = [FaceNet(ones * 0, ones, shape).eval() for shape in (FIRST, SECOND)]
    crops = (torch.rand(3, 64, 64) * 255).to(torch.uint8)
    values = torch.rand(3, len(VECTOR_NAMES))
    with torch.no_grad():
        embedding, logits = Exported(*nets)(crops, values)
        alone = torch.stack([Exported(net)(crops, values)[1] for net in nets]).mean(0)
    assert embedding.shape == (3, FIRST.embedding + SECOND.embedding - len(VECTOR_NAMES))
    assert torch.allclose(logits, alone, atol=1e-5)


def test_light_changes_move_faces_less() -> None:
    crops = torch.rand(32, 64, 64) * 0 + torch.arange(64.0)[:, None] * 4
    values = torch.rand(32, len(VECTOR_NAMES))
    strong, light = (
        augment(crops, values, torch.Generator().manual_seed(2), None, how)[0]
        for how in (STRONG, LIGHT)
    )
    assert (light - crops).abs().median() < (strong - crops).abs().median()


def test_the_mean_of_networks() -> None:
    torch.manual_seed(0)
    ones = np.ones(len(VECTOR_NAMES), dtype=np.float32)
    nets = [FaceNet(ones * 0, ones) for _ in range(2)]
    middle = mean(nets)
    expected = (nets[0].head.weight + nets[1].head.weight) / 2
    assert torch.allclose(middle.head.weight, expected)


def test_a_temperature_makes_the_confidence_true() -> None:
    labels = torch.arange(1000) % 7
    logits = torch.nn.functional.one_hot(labels, 7) * 10.0
    logits[:300] = logits[:300].roll(1, 1)  # three in ten are wrong, and all are sure
    sharp = temperature([(logits, labels)])
    sure = float((logits / sharp).softmax(1).max(1).values.mean())
    assert sharp > 2 and sure == pytest.approx(0.7, abs=0.02)


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
    assert {"groups", "confusions", "doubtful_labels", "network_ms"} <= set(metrics)
    assert evaluation.evaluate([data], limit=5)["n"] == 5
