"""Reading digits: right answers, honest results, every bad picture, missing and damaged models."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine import digits
from engine.cli import predict
from engine.core import paths
from engine.core.errors import InputError, ModelCorruptError, ModelMissingError
from engine.core.jobs import Progress
from engine.core.library import Library
from engine.digits import learn
from engine.digits.prediction import UNLIKE
from engine.digits.prepare import DOT
from engine.digits.result import DIGIT, NOT_A_DIGIT, SEVERAL, UNSURE
from engine.learning import trainer
from engine.media.images import encode_png, read_image
from engine.models import store
from tests.engine.digit_drawings import STROKES, drawn


@pytest.fixture
def models_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a models folder of its own that holds the digit network only."""
    copy = tmp_path / "models"
    copy.mkdir()
    shutil.copy(paths.models_dir() / "manifest.toml", copy)
    shutil.copytree(paths.models_dir() / "digits-cnn", copy / "digits-cnn")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(copy))
    store.forget()
    yield copy
    store.forget()


@pytest.mark.parametrize("width", [6, 20, 36])
@pytest.mark.parametrize("digit", STROKES)
def test_drawn_digits_are_read(digit: str, width: int) -> None:
    result = digits.predict(drawn(digit, width=width))
    assert result.label == digit
    assert result.confidence > 0.5 and not result.warnings


def test_a_result_carries_what_it_should() -> None:
    result = digits.predict(drawn("5"))
    assert result.probabilities.shape == (10,)
    assert result.probabilities.sum() == pytest.approx(1.0, abs=1e-5)
    assert result.confidence == pytest.approx(float(result.probabilities.max()))
    assert result.payload == result.prepared.tobytes()
    assert result.model == "digits-cnn 1.0"
    row = json.loads(json.dumps(result.to_dict(), ensure_ascii=False))
    again = digits.DigitResult.from_dict(row)
    assert again.to_dict() == row and again.payload == result.payload


@pytest.mark.parametrize("broken", [{}, {"label": "5"}, {"prepared": [[1]]}])
def test_a_stored_result_that_is_damaged_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(InputError):
        digits.DigitResult.from_dict({**digits.predict(drawn("5")).to_dict(), **broken}
                                     if broken.get("prepared") else broken)  # fmt: skip


def test_scribbles_are_answered_with_a_doubt() -> None:
    rng = np.random.default_rng(3)
    doubts = 0
    for _ in range(20):
        sheet = np.full((280, 280), 255, np.uint8)
        for top, left in rng.integers(40, 220, (14, 2)):
            sheet[top : top + 26, left : left + 26] = 0
        result = digits.predict(sheet)
        doubts += UNLIKE in result.warnings or result.confidence < 0.9
    assert doubts >= 10


@pytest.mark.parametrize("kind", ["grey", "rgba", "16-bit", "palette", "exif", "jpeg", "1-bit"])
def test_every_kind_of_picture_is_read(kind: str, tmp_path: Path) -> None:
    image = Image.fromarray(drawn("2"))
    path = tmp_path / f"숫자 2.{'jpg' if kind in ('exif', 'jpeg') else 'png'}"
    options = {}
    if kind == "rgba":
        image = Image.merge(
            "RGBA", [Image.new("L", image.size)] * 3 + [image.point(lambda v: 255 - v)]
        )
    elif kind == "16-bit":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    elif kind == "palette":
        image = image.convert("P")
    elif kind == "1-bit":
        image = image.convert("1")
    elif kind == "exif":
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6
        options["exif"] = exif
    image.save(path, **options)
    assert digits.predict(read_image(path)).label == "2"


def test_a_picture_of_20000_pixels_is_read(tmp_path: Path) -> None:
    sheet = Image.fromarray(drawn("3")).resize((900, 900))
    page = Image.new("L", (20_000, 1_000), 255)
    page.paste(sheet, (9_000, 50))
    page.save(tmp_path / "long.png")
    assert digits.predict(read_image(tmp_path / "long.png")).label == "3"


def test_the_selftest_s_sample_is_a_five() -> None:
    sample = read_image(paths.resources_dir() / "samples" / "digit-5.png")
    assert digits.predict(sample).label == "5"


def test_the_command_line_answers_and_goes_on_after_a_blank_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(drawn("4")).save(tmp_path / "four.png")
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    (tmp_path / "empty.png").write_bytes(b"")
    names = [str(tmp_path / name) for name in ("blank.png", "empty.png", "four.png")]
    assert predict.main(["digit", "--json", *names]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["error" in row for row in rows] == [True, True, False]
    assert rows[2]["label"] == "4" and rows[2]["input"].endswith("four.png")


def test_a_missing_model_says_so(models_copy: Path) -> None:
    (models_copy / "digits-cnn" / "digits.onnx").unlink()
    with pytest.raises(ModelMissingError) as caught:
        digits.predict(drawn("1"))
    assert "digits-cnn" in caught.value.message.ko


@pytest.mark.parametrize("name", ["digits.onnx", "head.npz"])
def test_a_damaged_model_says_so(models_copy: Path, name: str) -> None:
    path = models_copy / "digits-cnn" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(ModelCorruptError) as caught:
        digits.predict(drawn("1"))
    assert name in caught.value.message.ko


def test_the_head_on_the_embedding_is_the_network_s_own_output() -> None:
    pictures = np.stack([digits.predict(drawn(digit)).prepared for digit in STROKES])
    features, logits = learn.network().run(pictures)
    np.testing.assert_allclose(learn.base_head().logits(features), logits, atol=1e-3)
    anchors, labels = learn.anchors()
    assert anchors.shape == (600, features.shape[1]) and (np.bincount(labels) == 60).all()
    assert (learn.base_head().classes(anchors) == labels).mean() > 0.98


def test_odd_payloads_are_named() -> None:
    with pytest.raises(InputError, match="Delete it"):
        learn.embed([b"short"])


def test_corrections_change_the_answer_and_undo_brings_it_back() -> None:
    library = Library()
    odd = [_hook(bend) for bend in (0, 4, 8)]
    before = [digits.predict(sheet) for sheet in odd]
    wanted = "4" if before[0].label != "4" else "9"
    for result in before:
        preview = encode_png(np.repeat(result.prepared[:, :, None], 3, axis=2))
        library.add_correction(
            "digits", result.payload, result.label, wanted, result.model, preview
        )
    report = trainer.retrain(learn, library, Progress())
    assert report.adopted and report.corrections_fitted == 1.0
    after = digits.predict(odd[0])
    assert after.label == wanted and after.model == "digits-cnn 1.0 + 개인 1"
    for digit in STROKES:
        assert digits.predict(drawn(digit)).label == digit
    trainer.undo("digits")
    assert digits.predict(odd[0]).label == before[0].label
    library.close()


def _hook(bend: int) -> np.ndarray:
    """Return a sign that is no digit: a square with a tail."""
    sheet = np.full((280, 280), 255, np.uint8)
    for box in ((60, 60, 200, 82), (60, 60, 82, 160), (60, 138, 200, 160), (178, 60, 200, 160)):
        sheet[box[1] : box[3], box[0] : box[2]] = 0
    sheet[150:230, 60 + bend : 82 + bend] = 0
    sheet[208:230, 60 + bend : 170 + bend] = 0
    return sheet


def pair(left: str, right: str, gap: int) -> np.ndarray:
    """Return two drawn digits side by side, *gap* pixels apart; touching at 0."""
    sides = []
    for digit in (left, right):
        sheet = drawn(digit)
        columns = np.flatnonzero((sheet < 128).any(axis=0))
        sides.append(sheet[:, columns[0] : columns[-1] + 1])
    between = np.full((280, gap), 255, np.uint8)
    return np.pad(np.hstack([sides[0], between, sides[1]]), 30, constant_values=255)


@pytest.mark.parametrize("digits_", ["27", "15", "83", "42", "60"])
@pytest.mark.parametrize("gap", [0, 12, 60, 120])
def test_of_several_digits_it_is_said_also_when_they_touch(digits_: str, gap: int) -> None:
    result = digits.predict(pair(*digits_, gap))
    assert result.reading in (SEVERAL, UNSURE) and result.warnings
    assert result.reading == SEVERAL or gap < 60


@pytest.mark.parametrize("size", [1, 2, 5, 20])
def test_a_dot_is_no_digit(size: int) -> None:
    sheet = np.full((280, 280), 255, np.uint8)
    sheet[120 : 120 + size, 120 : 120 + size] = 0
    result = digits.predict(sheet)
    assert result.reading == NOT_A_DIGIT and result.warnings == (DOT,)


def ruled(digit: str, tilt: float, shadow: float, squared: bool) -> np.ndarray:
    """Return a photo of a digit written on ruled or squared paper, (400, 400, 3)."""
    paper = np.full((520, 520, 3), 235.0)
    paper[::40] = paper[1::40] = (200, 160, 140)
    if squared:
        paper[:, ::40] = paper[:, 1::40] = (200, 160, 140)
    turn = cv2.getRotationMatrix2D((260, 260), tilt, 1.0)
    paper = cv2.warpAffine(paper, turn, (520, 520))[60:460, 60:460]
    ink = np.pad(255.0 - drawn(digit), 60)[:, :, None] / 255
    x, y = np.meshgrid(np.arange(400), np.arange(400))
    light = 1 - (1 - shadow) / (1 + np.exp(-(x + 0.5 * y - 280) / 12))
    noise = np.random.default_rng(0).normal(0, 3, paper.shape)
    photo = (paper * (1 - ink) + 50 * ink) * light[:, :, None] + noise
    return np.clip(photo, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("tilt", [0.0, 1.0, 4.0])
@pytest.mark.parametrize(("shadow", "squared"), [(1.0, False), (0.5, False), (0.6, True)])
def test_on_ruled_paper_with_a_shadow_it_is_right_or_unsure(
    digit: str, tilt: float, shadow: float, squared: bool
) -> None:
    result = digits.predict(ruled(digit, tilt, shadow, squared))
    assert result.label == digit or result.reading != DIGIT


@pytest.mark.parametrize("tilt", [0.0, 1.0])
def test_a_seven_on_ruled_paper_with_a_shadow_is_a_seven(tilt: float) -> None:
    assert digits.predict(ruled("7", tilt, 0.5, False)).label == "7"


@pytest.mark.parametrize("ink", ["white", "black"])
def test_a_digit_on_a_transparent_ground_is_read(ink: str, tmp_path: Path) -> None:
    alpha = 255 - drawn("3")
    shade = np.full_like(alpha, 255 if ink == "white" else 0)
    Image.fromarray(np.dstack([shade] * 3 + [alpha])).save(tmp_path / "a.png")
    for image in (read_image(tmp_path / "a.png"), np.dstack([shade] * 3 + [alpha])):
        result = digits.predict(image)
        assert (result.label, result.reading) == ("3", DIGIT)


def test_the_text_and_the_json_say_what_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dot = np.full((280, 280), 255, np.uint8)
    dot[100:102, 90:92] = 0
    pictures = {"one": drawn("4"), "two": pair("1", "5", 120), "dot": dot}
    for name, image in pictures.items():
        Image.fromarray(image).save(tmp_path / f"{name}.png")
    names = [str(tmp_path / f"{name}.png") for name in pictures]
    assert predict.main(["digit", *names]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("4 ") and lines[1].startswith("several digits (nearest: ")
    assert lines[2].startswith("not a digit (nearest: ")
    assert predict.main(["digit", "--json", *names]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["reading"] for row in rows] == [DIGIT, SEVERAL, NOT_A_DIGIT]
    for row in rows:
        assert digits.DigitResult.from_dict(row).reading == row["reading"]


def test_an_older_result_has_no_reading_and_a_strange_one_is_refused() -> None:
    row = digits.predict(drawn("5")).to_dict()
    with pytest.raises(InputError):
        digits.DigitResult.from_dict({**row, "reading": "odd"})
    del row["reading"]
    assert digits.DigitResult.from_dict(row).reading == DIGIT
