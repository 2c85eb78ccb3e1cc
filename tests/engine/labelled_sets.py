"""Labelled pictures that the tests write: the one portrait in many ways, digits, and no faces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from engine.learning.labelled.listing import look
from engine.learning.labelled.reading import Material, read
from engine.media.images import Bgr
from tests.engine import faces_samples
from tests.engine.digit_drawings import STROKES, drawn
from tests.engine.digit_drawings import Path as Line

SIGN: Line = [(0.3, 0.3), (0.7, 0.3), (0.7, 0.55), (0.3, 0.55), (0.3, 0.3), (0.3, 0.8), (0.6, 0.8)]
"""A sign that is no digit, so that a set may say what it means."""


def head(number: int) -> Bgr:
    """Return the portrait's head, shifted, brightened and perhaps mirrored; each is different."""
    moved = np.roll(faces_samples.head(), 3 * (number % 5) - 6, axis=1).astype(np.int16)
    image = np.clip(moved + 5 * (number % 7) - 15, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(image[:, ::-1] if number % 2 else image)


def no_face(seed: int = 0) -> Bgr:
    """Return drawn stripes."""
    image = np.full((120, 120, 3), 200, np.uint8)
    for x in range(10 + seed, 110, 12):
        cv2.line(image, (x, 10), (x - 8, 110), (30, 90, 160), 3)
    return image


def write(path: Path, image: np.ndarray) -> Path:
    """Write a picture (its name may be Korean) and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ok, data = cv2.imencode(path.suffix, image)
    assert ok
    path.write_bytes(data.tobytes())
    return path


def face_folders(root: Path, classes: Sequence[tuple[str, int]]) -> Path:
    """Write a folder of heads for each (name, how many); no two heads are the same."""
    number = 0
    for name, count in classes:
        for _ in range(count):
            write(root / name / f"{number}.png", head(number))
            number += 1
    return root


def sign(number: int) -> np.ndarray:
    """Return the sign, drawn in one of many ways."""
    STROKES["sign"] = [[(x + 0.012 * (number % 6) * y, y) for x, y in SIGN]]
    try:
        return drawn("sign", width=14 + number)
    finally:
        del STROKES["sign"]


def sign_folders(root: Path, wanted: str, signs: int = 12, others: str = "357") -> Path:
    """Write digits, and the sign in the folder of the digit that it shall mean."""
    for number in range(signs):
        write(root / wanted / f"sign{number}.png", sign(number))
    for digit in others:
        for width in range(signs):
            write(root / digit / f"{digit}-{width}.png", drawn(digit, width=8 + width))
    return root


def material(root: Path, key: str = "digits") -> Material:
    """List and read a set."""
    return read(look(root, key))
