"""The whole reading: the sample, every kind of image file, missing models, the rules."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli import predict, selftest, session
from engine.core import paths
from engine.core.errors import InputError, ModelCorruptError
from engine.faces import LABELS, FaceFeatures, FaceReader
from engine.faces.detect.landmarks import MODEL as LANDMARKER
from engine.faces.expression import prediction
from engine.media.images import decode_image, read_image
from engine.models import manifest, store
from engine.reports.answers import faces as answers
from tests.engine import faces_samples as samples

DAMAGED = "face-expression/expression.onnx"


def picture() -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(samples.sample()[:, :, ::-1]))


def test_the_sample_is_happy() -> None:
    with FaceReader() as reader:
        result = reader.read(samples.sample())
    (face,) = result.faces
    said = face.expression
    assert said.label == "행복" and said.confidence > 0.6
    assert said.source == "model" and not said.drowsy
    assert tuple(said.probabilities) == LABELS
    assert sum(said.probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert said.confidence == max(said.probabilities.values())
    assert result.model == said.model == manifest.entry("face-expression").label
    assert result.image_size == (512, 512) and result.warnings == ()


def test_a_result_is_plain_json() -> None:
    with FaceReader() as reader:
        text = json.dumps(reader.read(samples.sample()).to_dict(), ensure_ascii=False)
    face = json.loads(text)["faces"][0]
    assert len(face["landmarks"]) == 478 and len(face["blendshapes"]) == 52
    assert set(face["regions"]["nose"]) == {"centroid", "box", "points"}
    assert set(face["pose"]) == {"yaw", "pitch", "roll"}
    centroid = face["regions"]["mouth"]["centroid"]
    assert all(round(value, 1) == value for value in centroid)


def test_live_frames_agree_with_the_picture() -> None:
    with FaceReader(live=True) as reader:
        results = [reader.read(samples.sample(), time) for time in (10, 50, 90)]
    assert [result.faces[0].expression.label for result in results] == ["행복"] * 3


def test_no_face_is_an_empty_answer() -> None:
    with FaceReader() as reader:
        result = reader.read(np.full((300, 400, 3), 128, dtype=np.uint8))
    assert result.faces == () and result.to_dict()["faces"] == []


def as_file(kind: str, folder: Path) -> Path:
    """Write the sample as one of the awkward kinds of image file."""
    path = folder / f"{kind}.png"
    image = picture()
    if kind == "grey":
        image.convert("L").save(path)
    elif kind == "rgba":
        image.putalpha(200)
        image.save(path)
    elif kind == "sixteen-bit":
        deep = np.asarray(image.convert("L"), dtype=np.uint16) * 257
        Image.fromarray(deep).save(path)
    elif kind == "palette":
        image.quantize(200).save(path)
    elif kind == "cmyk":
        path = folder / "cmyk.jpg"
        image.convert("CMYK").save(path)
    elif kind == "exif":
        path = folder / "turned.jpg"
        exif = Image.Exif()
        exif[0x0112] = 6
        image.rotate(90, expand=True).save(path, exif=exif)
    elif kind == "wide":
        canvas = Image.new("RGB", (20000, 2000), (90, 90, 90))
        canvas.paste(image.crop((100, 0, 356, 256)).resize((2000, 2000)), (9000, 0))
        path = folder / "wide.jpg"
        canvas.save(path)
    return path


@pytest.mark.parametrize("kind", ["grey", "rgba", "sixteen-bit", "palette", "cmyk", "exif", "wide"])
def test_every_kind_of_file_gives_the_face(kind: str, tmp_path: Path) -> None:
    image = read_image(as_file(kind, tmp_path))
    with FaceReader() as reader:
        faces = reader.read(image).faces
    assert image.shape[1] == (4096 if kind == "wide" else 512)
    assert len(faces) == 1 and faces[0].expression.label == "행복"


@pytest.mark.parametrize("damage", ["empty", "cut", "text"])
def test_a_damaged_file_is_said(damage: str) -> None:
    buffer = io.BytesIO()
    picture().save(buffer, format="JPEG")
    data = {"empty": b"", "cut": buffer.getvalue()[:9000], "text": b"hello"}[damage]
    with pytest.raises(InputError):
        decode_image(data, "face.jpg")


def rules_answer(folder: Path) -> None:
    samples.keep(folder, "face_landmarker.task")
    with FaceReader() as reader:
        result = reader.read(samples.sample())
    said = result.faces[0].expression
    assert said.source == "rules" and said.label == "행복"
    assert result.model == said.model == prediction.NAME
    assert len(result.warnings) == 1 and "규칙" in result.warnings[0].ko


def test_without_the_model_the_rules_answer_and_say_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rules_answer(samples.models_without(monkeypatch, tmp_path / "models"))


def test_with_a_corrupt_model_the_rules_answer_and_say_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rules_answer(samples.models_without(monkeypatch, tmp_path / "models", DAMAGED))


def test_a_fall_back_is_said_in_the_text_the_json_and_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    damaged = samples.models_without(monkeypatch, tmp_path / "models", DAMAGED)
    samples.keep(damaged, "face_landmarker.task", "objects_coco.onnx")
    face = str(paths.program_dir() / "resources" / "samples" / "face.jpg")
    assert predict.main(["face", face, face]) == 1
    shown = capfd.readouterr()
    assert shown.out.count("by the rules 1.0") == 2
    assert shown.err.count("Simple rules answered instead of the expression model.") == 1
    assert predict.main(["face", "--json", face]) == 1
    (warning,) = json.loads(capfd.readouterr().out)["warnings"]
    assert "expression.onnx" in warning["en"] and "규칙" in warning["ko"]
    assert selftest.main(["faces"]) == 1
    assert "Simple rules answered" in capfd.readouterr().out


def test_a_session_by_the_rules_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    damaged = samples.models_without(monkeypatch, tmp_path / "models", DAMAGED)
    samples.keep(damaged, "face_landmarker.task")
    video = str(samples.video(tmp_path / "a.avi", frames=6))
    assert session.main([video]) == 1
    shown = capfd.readouterr()
    assert "by the rules 1.0" in shown.out and "Simple rules answered" in shown.err
    assert session.main([video, "--summary-json"]) == 1
    assert "규칙" in capfd.readouterr().out


def test_the_figures_of_the_model_are_never_those_of_the_rules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    damaged = samples.models_without(monkeypatch, tmp_path / "models", DAMAGED)
    samples.keep(damaged, "face_landmarker.task")
    with pytest.raises(ModelCorruptError, match=r"expression\.onnx"):
        answers.answer(())


def test_the_user_may_pick_the_rules() -> None:
    with FaceReader(use_rules=True) as reader:
        by_rules = reader.read(samples.sample())
        reader.judge_by(False)
        by_model = reader.read(samples.sample())
    assert by_rules.faces[0].expression.source == "rules" and by_rules.warnings == ()
    assert by_model.faces[0].expression.source == "model"


def features(**changed: float) -> FaceFeatures:
    plain = {
        "ear": 0.3, "mouth_open": 0.1, "smile_lift": 0.0, "normalized_mouth_width": 0.6,
        "smile_score": 0.0, "brow_raise": 0.15, "furrow": 0.0,
    }  # fmt: skip
    return FaceFeatures(**{**plain, **changed})


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"ear": 0.4, "mouth_open": 0.5}, "놀람"),
        ({"smile_lift": 0.05, "smile_score": 0.03}, "행복"),
        ({"smile_lift": -0.06, "furrow": 1.0}, "분노"),
        ({"smile_lift": -0.06}, "슬픔"),
        ({"smile_lift": -0.06, "mouth_open": 0.3}, "중립"),
        ({}, "중립"),
    ],
)
def test_the_rules(changed: dict[str, float], label: str) -> None:
    said = prediction.judge(features(**changed))
    assert said.label == label and said.confidence == said.probabilities[label]
    assert sum(said.probabilities.values()) == pytest.approx(1, abs=1e-3)


def test_drowsy_by_the_eyes() -> None:
    assert features(ear=0.1).drowsy and not features(ear=0.2).drowsy


def test_models_are_loaded_once() -> None:
    store.forget()
    assert not store.is_loaded("face-expression")
    for _ in range(2):
        FaceReader().close()
    assert store.is_loaded("face-expression") and LANDMARKER == "face-landmarker"
