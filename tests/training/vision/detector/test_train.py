"""The detector's steps on eight small canvases: converted, trained, scored, exported, compared."""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.media.images import read_image
from tests.engine import faces_samples as samples
from training.vision.detector import train
from training.vision.detector.formats import Split

# Not importorskip: the import would replace PIL's open() before other tests run.
pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ultralytics") is None, reason="the training extra is not installed"
)

IMGSZ = 64


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a set of recipe F's form, converted: 12 pictures of one face."""
    folder = tmp_path_factory.mktemp("detector")
    entries = []
    for number in range(12):
        name = f"{number}.jpg"
        cv2.imwrite(str(folder / name), cv2.resize(samples.head(), (96, 96)))
        box = {"minX": 20, "minY": 20, "maxX": 70 + number, "maxY": 80}
        label = ("분노", "슬픔", "당황", "기쁨")[number % 4]
        entries.append({"filename": name, "faceExp_uploader": label, "annot_A": {"boxes": box}})
    (folder / "faces.json").write_text(json.dumps(entries), encoding="utf-8")
    done = train.main(
        ["convert", "--data", str(folder / "faces.json"), "--pictures", str(folder),
         "--out", str(folder / "set"), "--validation", "0.3", "--test", "0.3",
         "--composites", "4", "--mlflow", "off"]
    )  # fmt: skip
    assert done == 0
    return folder / "set"


@pytest.fixture(scope="module")
def weights(split: Path) -> Path:
    """Return weights of one epoch; they are worth nothing."""
    out = split.parent / "yolo"
    done = train.main(
        ["train", "--data", str(split), "--out", str(out), "--epochs", "1", "--imgsz", str(IMGSZ),
         "--batch", "4", "--minutes", "1", "--mixed", "--mlflow", "off"]
    )  # fmt: skip
    assert done == 0
    return out / "weights" / "best.pt"


def report(text: str, step: str) -> dict[str, object]:
    (line,) = [row for row in text.splitlines() if row.startswith(f'{{"{step}"')]
    return json.loads(line)[step]


def test_the_parts_share_nothing_and_lie_in_both_forms(split: Path) -> None:
    parts = {part: Split(split).samples(part) for part in ("train", "val", "test")}
    groups = [s.group for rows in parts.values() for s in rows]
    assert len(groups) == len(set(groups)) and all(parts.values())
    for part, rows in parts.items():
        labels = sorted(path.stem for path in (split / "labels" / part).iterdir())
        assert labels == sorted(Path(s.name).stem for s in rows)
        assert all(Split(split).picture(part, s).is_file() for s in rows)
    assert json.loads((split / "problems.json").read_text()) == []


def test_a_trained_detector_is_scored_and_exported(
    split: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import onnxruntime

    onnx = split.parent / "detector.onnx"
    size = ["--imgsz", str(IMGSZ)]
    assert train.main(["export", "--weights", str(weights), "--out", str(onnx), *size]) == 0
    assert report(capsys.readouterr().out, "export")["worst_difference"] < 1e-3
    session = onnxruntime.InferenceSession(str(onnx), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"image": np.zeros((1, 3, IMGSZ, IMGSZ), np.float32)})
    assert found.shape == (1, 64 + 16 + 4, 6)  # strides 8, 16 and 32 of a small picture
    for file in (weights, onnx):
        run = ["evaluate", "--data", str(split), "--weights", str(file), *size]
        assert train.main(run) == 0
        said = report(capsys.readouterr().out, "evaluate")
        assert said["pictures"] == len(Split(split).samples("test"))
        assert 0 <= said["ap50_95"] <= said["ap50"] <= 1 and said["ms_per_picture"] > 0


def test_training_goes_on_from_weights(split: Path, weights: Path) -> None:
    import torch

    saved = torch.load(weights, map_location="cpu", weights_only=False)
    first = saved["model"].model[0].conv
    with torch.no_grad():
        first.weight.mul_(3)  # told apart from a fresh network of the same seed
    moved, out = split.parent / "moved.pt", split.parent / "on"
    torch.save(saved, moved)
    run = ["train", "--data", str(split), "--weights", str(moved), "--out", str(out)]
    run += ["--epochs", "1", "--imgsz", str(IMGSZ), "--batch", "4", "--mlflow", "off"]
    assert train.main(run) == 0
    after = torch.load(out / "weights" / "best.pt", map_location="cpu", weights_only=False)
    gone = (after["model"].model[0].conv.weight.float() - first.weight.float()).abs().mean()
    assert gone < 0.1 * first.weight.float().abs().mean()


def test_the_three_are_compared_on_the_same_pictures(
    split: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = split.parent / "first.pt", split.parent / "second.pt"
    size = ["--data", str(split), "--imgsz", str(IMGSZ), "--limit", "2"]
    learn = ["rcnn", *size, "--epochs", "1", "--batch", "2", "--mlflow", "off"]
    assert train.main([*learn, "--out", str(first), "--mixed"]) == 0
    assert train.main([*learn, "--out", str(second), "--weights", str(first)]) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(said)["rcnn"]["started_from"] == str(first)
    run = ["compare", *size, "--weights", str(weights), "--rcnn", str(second)]
    assert train.main([*run, "--mlflow", "off"]) == 0
    models = report(capsys.readouterr().out, "compare")["models"]
    assert list(models) == ["YOLOv10n", "landmarks", "Faster R-CNN"]
    assert train.main([*run, "--mlflow", "off", "--groups", "^composite/"]) == 0
    several = report(capsys.readouterr().out, "compare")["models"]
    assert {row["pictures"] for row in several.values()} == {1}
    assert len({(row["pictures"], row["faces"]) for row in models.values()}) == 1


def test_weights_of_another_kind_are_no_faster_rcnn(
    split: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main(["rcnn", "--data", str(split), "--weights", str(weights)]) == 1
    assert "best.pt" in capsys.readouterr().err


@pytest.mark.parametrize("step", ["train", "rcnn", "evaluate", "export", "compare"])
def test_weights_that_are_not_there_are_said(
    step: str, split: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = [step, "--weights", str(split / "none.pt")]
    run += [] if step == "export" else ["--data", str(split)]
    run += ["--rcnn", str(split / "none.pt")] if step == "compare" else []
    assert train.main(run) == 1
    assert "none.pt" in capsys.readouterr().err


def test_a_set_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main(["train", "--data", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert "convert" in capsys.readouterr().err
    assert train.main(["convert", "--data", str(tmp_path), "--out", str(tmp_path)]) == 1


def test_shares_that_leave_nothing_are_refused() -> None:
    with pytest.raises(SystemExit):
        train.parser("").parse_args(["convert", "--data", "x", "--test", "0.7"])


def test_what_a_picture_costs_is_measured_on_each_of_them(split: Path) -> None:
    seen: list[tuple[int, ...]] = []
    said = train.measure(
        Split(split),
        "val",
        1,
        lambda image: seen.append(image.shape) or (),  # type: ignore[func-returns-value]
    )
    sample = Split(split).samples("val")[0]
    assert seen == [read_image(Split(split).picture("val", sample)).shape]
    assert said["ap50"] == 0
    assert isinstance(train.parser("").parse_args(["train"]), argparse.Namespace)
