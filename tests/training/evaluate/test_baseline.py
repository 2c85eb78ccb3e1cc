"""The gain of a neutral face: measured on persons told apart by their files' names."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core.errors import InputError
from tests.engine import faces_samples as samples
from training.evaluate import __main__


def write(folder: Path, label: str, name: str, turn: float) -> None:
    (folder / label).mkdir(parents=True, exist_ok=True)
    matrix = cv2.getRotationMatrix2D((100, 100), turn, 1.0)
    turned = cv2.warpAffine(samples.head(), matrix, (200, 200), borderMode=cv2.BORDER_REPLICATE)
    cv2.imwrite(str(folder / label / f"{name}.png"), turned)


def test_a_face_that_always_smiles_becomes_neutral_for_its_owner(tmp_path: Path) -> None:
    for number in range(7):  # the sample smiles; as somebody's resting face it is neutral
        write(tmp_path, "neutral", f"Kim_Minji_{number:04}", 2.0 * number)
    write(tmp_path, "happiness", "Lee_Seojun_0001", 0.0)  # nobody with a neutral face
    scores = __main__.evaluate("baseline", [tmp_path])
    assert scores["persons"] == 1 and scores["n"] == 3
    assert scores["without"]["accuracy"] == 0.0  # type: ignore[index]
    assert scores["with"]["accuracy"] == 1.0  # type: ignore[index]
    assert scores["gain"]["neutral_recall"] == 1.0  # type: ignore[index]
    assert scores["gain_accuracy_95"] == {"low": 1.0, "high": 1.0}


def test_pictures_without_persons_are_refused(tmp_path: Path) -> None:
    for number in range(6):
        write(tmp_path, "neutral", f"picture{number}", 0.0)
    with pytest.raises(InputError, match="Nobody has more than 4"):
        __main__.evaluate("baseline", [tmp_path])


def test_pictures_without_a_face_are_left_out(tmp_path: Path) -> None:
    for number in range(6):
        write(tmp_path, "neutral", f"Kim_Minji_{number:04}", 2.0 * number)
    blank = np.full((80, 80, 3), 90, np.uint8)
    cv2.imwrite(str(tmp_path / "neutral" / "Kim_Minji_0099.png"), blank)
    (tmp_path / "neutral" / "Kim_Minji_0100.png").write_bytes(b"no picture")
    assert __main__.evaluate("baseline", [tmp_path])["n"] == 2
