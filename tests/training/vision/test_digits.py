"""The digits' training on drawings made by code: splits, augments, trains, exports, repeats."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine import digits
from engine.digits import learn
from engine.digits.network import network
from engine.digits.prepare import prepare
from engine.models import manifest, store
from tests.engine.digit_drawings import STROKES, drawn
from training.vision import digits as train_digits
from training.vision.digits import augment


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an npz of 20 drawings a digit, each turned and thickened its own way."""
    rng = np.random.default_rng(0)
    images, labels = [], []
    for digit in STROKES:
        for _ in range(20):
            turn = cv2.getRotationMatrix2D((140, 140), rng.uniform(-12, 12), rng.uniform(0.8, 1))
            sheet = drawn(digit, width=int(rng.integers(12, 30)))
            changed = cv2.warpAffine(sheet, turn, (280, 280), borderValue=255)
            images.append(prepare(changed).pixels)
            labels.append(int(digit))
    path = tmp_path_factory.mktemp("digits") / "digits.npz"
    np.savez(path, images=np.array(images), labels=np.array(labels, np.uint8))
    return path


def _train(data: Path, out: Path) -> None:
    options = ["--seed", "0", "--epochs", "2", "--final-epochs", "40"]
    train_digits.main(["--data", str(data), "--out", str(out), *options])


def test_training_ships_a_network_that_the_engine_reads(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "models"
    out.mkdir()
    _train(data, out)
    assert '"held_out"' in capsys.readouterr().out
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(out))
    store.forget()
    try:
        entry = manifest.entry("digits-cnn")
        assert [item.file for item in entry.files] == ["digits.onnx", "head.npz"]
        right = sum(digits.predict(drawn(digit)).label == digit for digit in STROKES)
        assert right >= 5
        pictures = np.stack([prepare(drawn(digit)).pixels for digit in STROKES])
        features, logits = network().run(pictures)
        np.testing.assert_allclose(learn.base_head().logits(features), logits, atol=1e-3)
    finally:
        store.forget()


def test_the_same_seed_gives_the_same_network(data: Path) -> None:
    with np.load(data) as stored:
        images = train_digits.as_tensor(stored["images"][::4])
        labels = torch.from_numpy(stored["labels"][::4].astype(np.int64))
    torch.set_num_threads(1)
    first, second = (train_digits.train(images, labels, 1, 3, "cpu") for _ in range(2))
    for name, value in first.state_dict().items():
        torch.testing.assert_close(value, second.state_dict()[name], rtol=0, atol=0)


def test_split_is_stratified_disjoint_and_repeatable() -> None:
    labels = np.repeat(np.arange(10), 300).astype(np.uint8)
    parts = train_digits.split(labels, 0)
    rows = np.concatenate([parts.train, parts.validation, parts.held_out])
    assert sorted(rows) == list(range(3000))
    for part in (parts.train, parts.validation, parts.held_out):
        counts = np.bincount(labels[part])
        assert counts.min() == counts.max() > 0
    np.testing.assert_array_equal(parts.held_out, train_digits.split(labels, 0).held_out)
    assert (parts.held_out != train_digits.split(labels, 1).held_out).any()


def test_augmented_digits_stay_digits_in_range() -> None:
    images = train_digits.as_tensor(np.stack([prepare(drawn(d)).pixels for d in STROKES]))
    changed = augment(images, torch.Generator().manual_seed(1))
    assert changed.shape == images.shape
    assert float(changed.min()) >= 0.0 and float(changed.max()) <= 1.0
    assert (changed != images).flatten(1).any(1).all()
    share = changed.flatten(1).sum(1) / images.flatten(1).sum(1)
    assert float(share.min()) > 0.25 and float(share.max()) < 2.5


def test_temperature_softens_what_is_too_sure() -> None:
    labels = torch.tensor([0, 1] * 50)
    logits = torch.zeros(100, 2)
    logits[torch.arange(100), labels] = 8.0
    logits[:20] = logits[:20].flip(1)  # a fifth is wrong, and as sure
    assert train_digits.fit_temperature(logits, labels) > 3.0


def test_the_held_out_digits_can_be_written(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "held.npz"
    train_digits.main(["--data", str(data), "--write-held-out", str(path)])
    with np.load(path) as held:
        assert held["images"].shape == (40, 28, 28) and (np.bincount(held["labels"]) == 4).all()
