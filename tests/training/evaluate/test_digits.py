"""Scoring digits: folder, npz and IDX pair give the same figures; odd data is named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.core.errors import InputError
from engine.digits.prepare import prepare
from tests.engine.digit_drawings import STROKES, drawn
from training.evaluate import __main__

IMAGES = np.stack([prepare(drawn(digit)).pixels for digit in STROKES])
LABELS = np.arange(10, dtype=np.uint8)


def _idx(array: np.ndarray) -> bytes:
    head = bytes([0, 0, 8, array.ndim])
    return head + b"".join(n.to_bytes(4, "big") for n in array.shape) + array.tobytes()


@pytest.fixture
def layouts(tmp_path: Path) -> dict[str, list[Path]]:
    """Return the same ten digits in every layout."""
    for picture, label in zip(IMAGES, LABELS, strict=True):
        folder = tmp_path / "folder" / str(label)
        folder.mkdir(parents=True)
        Image.fromarray(picture).save(folder / "0001.png")
        (folder / "note.txt").write_text("no picture")
    np.savez(tmp_path / "set.npz", images=IMAGES, labels=LABELS)
    images, labels = tmp_path / "images-idx3-ubyte.gz", tmp_path / "labels-idx1-ubyte.gz"
    images.write_bytes(gzip.compress(_idx(IMAGES)))
    labels.write_bytes(gzip.compress(_idx(LABELS)))
    plain = [tmp_path / "images", tmp_path / "labels"]
    plain[0].write_bytes(_idx(IMAGES))
    plain[1].write_bytes(_idx(LABELS))
    return {
        "folder": [tmp_path / "folder"],
        "npz": [tmp_path / "set.npz"],
        "gz": [images, labels],
        "plain": plain,
    }


@pytest.mark.parametrize("layout", ["folder", "npz", "gz", "plain"])
def test_every_layout_is_scored(layout: str, layouts: dict[str, list[Path]]) -> None:
    scores = __main__.evaluate("digits", layouts[layout])
    assert scores["n"] == 10 and scores["accuracy"] == 1.0 and scores["unanswered"] == 0
    assert scores["task"] == "digits" and scores["model"] == "digits-cnn 1.0"
    assert list(scores["per_class"]) == [str(n) for n in range(10)]  # type: ignore[call-overload]


def test_blank_pictures_count_as_unanswered(tmp_path: Path) -> None:
    images = np.concatenate([IMAGES[:3], np.zeros((1, 28, 28), np.uint8)])
    np.savez(tmp_path / "set.npz", images=images, labels=LABELS[:4])
    scores = __main__.evaluate("digits", [tmp_path / "set.npz"])
    assert scores["unanswered"] == 1 and scores["accuracy"] == 0.75


def test_the_command_writes_one_json_object(
    layouts: dict[str, list[Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(path) for path in layouts["gz"]]
    out = tmp_path / "scores.json"
    assert __main__.main(["digits", "--data", *names, "--json", str(out), "--limit", "5"]) == 0
    assert json.loads(out.read_text("utf-8"))["n"] == 5
    assert "accuracy" in capsys.readouterr().out


@pytest.mark.parametrize("case", ["cut", "no idx", "swapped", "lengths", "keys", "empty", "none"])
def test_odd_data_is_named(case: str, layouts: dict[str, list[Path]], tmp_path: Path) -> None:
    images, labels = layouts["plain"]
    data = [images, labels]
    if case == "cut":
        images.write_bytes(images.read_bytes()[:-5])
    elif case == "no idx":
        images.write_bytes(b"hello, this is no picture")
    elif case == "swapped":
        data = [labels, images]
    elif case == "lengths":
        labels.write_bytes(_idx(LABELS[:4]))
    elif case == "keys":
        np.savez(tmp_path / "other.npz", x=IMAGES)
        data = [tmp_path / "other.npz"]
    elif case == "empty":
        (tmp_path / "nothing").mkdir()
        data = [tmp_path / "nothing"]
    else:
        data = [tmp_path / "missing", tmp_path / "missing too"]
    with pytest.raises(InputError) as caught:
        __main__.evaluate("digits", data)
    assert "숫자 데이터" in caught.value.message.ko
