"""``ship``: finetuned weights become a calibrated model that the engine reads."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch

from engine.core import paths
from engine.core.errors import InputError
from engine.emotions import LABELS
from engine.emotions import fusion as emotions_fusion
from engine.models import manifest, store
from engine.reviews import fusion
from engine.text import encoder
from engine.text.encoder.layout import OUTPUTS
from training.text.encoder import fit, pack, train
from training.text.encoder.net import EncoderModel, Shape, save_weights

GOOD, BAD, MILD = ("정말 좋아요", "최고의 영화"), ("최악의 영화", "돈이 아깝다"), ("그냥 그래요",)


def write(path: Path, rows: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = ("\n".join(rows) + "\n").encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def write_data(folder: Path) -> None:
    """Write made-up texts in the layout of the data folder."""
    rng = random.Random(0)
    rows = ["review_id\tmovie_id\trating\ttext"]
    for n in range(900):
        rating = rng.choice((1, 2, 4, 5, 6, 8, 9, 10, 10))
        words = rng.choice(BAD if rating <= 4 else MILD if rating <= 8 else GOOD)
        rows.append(f"{n}\t{n % 90}\t{rating}\t{words} {rng.choice('가나다라')} {n}")
    write(folder / "reviews/reviews_train.tsv.gz", rows)
    felt = [f"{name} 느낌 {n}\t{name}" for n in range(40) for name in LABELS]
    write(folder / "emotion_text/emotion7_train.tsv.gz", ["text\temotion", *felt])
    kote = [f"{n}\t댓글 {n}번째\t{n % 44},{(n * 7) % 44}" for n in range(120)]
    write(folder / "emotion_text/kote_train.tsv", kote)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """Random weights of a tiny net, with pieces of made-up texts."""
    write_data(tmp_path / "data")
    texts = [f"{words} 영화 {n}" for n in range(60) for words in (*GOOD, *BAD, *MILD)]
    pack.train_pieces(texts, 300, tmp_path / "pieces.model", 0)
    pieces = len(pack.load_pieces(tmp_path / "pieces.model"))
    torch.manual_seed(0)
    shape = Shape(pieces=pieces, width=32, layers=1, heads=2, inner=64)
    save_weights(tmp_path / "t.finetuned.pt", shape, EncoderModel(shape).state_dict())
    return tmp_path


@pytest.fixture
def other_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A models folder with the n-gram models only."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("manifest.toml", "reviews-ngram.npz", "emotions-ngram.npz"):
        (folder / name).write_bytes((paths.models_dir() / name).read_bytes())
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
    store.forget()
    yield folder
    store.forget()


def ship(folder: Path, models_folder: Path) -> int:
    argv = ["ship", "--data", str(folder / "data"), "--out", str(folder), "--name", "t"]
    return train.main([*argv, "--models", str(models_folder)])


def test_shipped_weights_answer_in_the_engine(weights: Path, other_models: Path) -> None:
    assert ship(weights, other_models) == 0
    entry = manifest.read(other_models / "manifest.toml")["text-encoder"]
    assert {item.file for item in entry.files} == {
        "encoder.onnx",
        "pieces.model",
        "calibration.json",
    }
    assert encoder.logits(["정말 좋아요"]).shape == (1, OUTPUTS)
    # The net is random, so the n-gram model must do the work.
    joined = fusion.fusion()
    assert joined.ngram > 0.1 and (np.diff(joined.ratings) >= 0).all()
    assert emotions_fusion.fusion().ngram > 0
    content = (other_models / "text-encoder" / "calibration.json").read_text(encoding="utf-8")
    report = json.loads(content)["report"]
    assert report["reviews"]["n"] > 20 and 0 <= report["kote"]["micro_f1"] <= 1
    assert not list((other_models / "text-encoder").glob("*.part"))


def test_pieces_of_another_model_are_refused(weights: Path, other_models: Path) -> None:
    pack.train_pieces(["다른 글"] * 50, 270, weights / "pieces.model", 0)
    with pytest.raises(ValueError, match="pieces"):
        ship(weights, other_models)
    assert not (other_models / "text-encoder").exists()


def test_data_without_every_kind_of_label_is_refused(weights: Path, other_models: Path) -> None:
    (weights / "data/emotion_text/kote_train.tsv").unlink()
    with pytest.raises(InputError, match="KOTE"):
        ship(weights, other_models)
    assert not (other_models / "text-encoder").exists()


# --- the fits ----------------------------------------------------------------------------


def made(count: int = 6000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return logits, n-gram scores and ratings in which both models know a part."""
    rng = np.random.default_rng(0)
    rating = rng.choice(np.arange(1, 11), count, p=[0.1, *[0.05] * 8, 0.5])
    true = (rating - 5.5) / 3
    logits = rng.normal(0, 1, (count, OUTPUTS)).astype(np.float32)
    logits[:, 0] = true + rng.normal(0, 1, count)
    logits[:, 1:10] = true[:, None] - np.linspace(-2, 2, 9) + rng.normal(0, 1, (count, 1))
    ngram = np.column_stack([true + rng.normal(0, 1, count), true + rng.normal(0, 1, count)])
    return logits, ngram.astype(np.float32), rating


def test_two_models_are_joined_better_than_either_and_calibrated() -> None:
    numbers, report = fit.reviews(*made())
    accuracy = report["balanced_accuracy"]
    assert accuracy["joined"] > max(accuracy["ngram"], accuracy["encoder"]) + 0.01
    assert report["ece"] < 0.04 and numbers["ngram"] > 0 and numbers["encoder"] > 0
    assert report["quadratic_kappa"] > 0.5 and report["three_way_balanced_accuracy"] > 0.5
    assert numbers["ratings"] == sorted(numbers["ratings"])


def test_an_overconfident_model_is_cooled_down() -> None:
    rng = np.random.default_rng(0)
    emotion = rng.integers(0, 7, 4000)
    logits = rng.normal(0, 1, (4000, OUTPUTS)).astype(np.float32)
    logits[np.arange(4000), 10 + emotion] += 1.5
    sure = logits * 8
    numbers, report = fit.emotions(sure, np.zeros((4000, 7), np.float32), emotion)
    assert numbers["encoder"] == pytest.approx(1.5 / 8, rel=0.1)  # unit noise, 1.5 apart
    assert report["joined"]["ece"] < 0.05 < report["encoder"]["ece"]


def test_the_threshold_finds_the_rare_labels() -> None:
    rng = np.random.default_rng(0)
    marked = (rng.random((600, 44)) < 0.1).astype(np.int64)
    logits = np.zeros((600, OUTPUTS), np.float32)
    logits[:, 17:] = np.where(marked == 1, -1.0, -3.0) + rng.normal(0, 0.3, marked.shape)
    numbers, report = fit.kote(logits, marked)
    assert 0.06 < numbers["threshold"] < 0.25 and report["micro_f1"] > 0.9


def test_verdicts_of_ratings() -> None:
    assert fit.three_way(np.array([1, 4, 5, 8, 9, 10])).tolist() == [0, 0, 1, 1, 2, 2]
