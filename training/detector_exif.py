"""A picture's EXIF orientation, and boxes turned with it."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image

from engine.errors import InputError
from engine.images import MAX_PIXELS
from training.detector_sample import Box

_ORIENTATION = 0x0112


def size_and_orientation(path: Path) -> tuple[int, int, int]:
    """Return width and height as stored, and the EXIF orientation (1..8; 1 where it has none).

    Raises:
        InputError: it cannot be opened, is no picture, or is too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                width, height = image.size
                orientation = image.getexif().get(_ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise InputError(
            f"사진으로 읽을 수 없는 파일이에요: {path.name}",
            f"{path.name} is not an image that can be read.",
        ) from error
    if width * height > MAX_PIXELS:
        raise InputError(
            f"사진이 너무 커요: {path.name} ({width}×{height})",
            f"The image {path.name} is too large: {width} x {height} pixels.",
        )
    return width, height, orientation if orientation in range(1, 9) else 1


def turned(box: Box, orientation: int, width: int, height: int) -> Box:
    """Turn a box of the stored picture (*width* x *height*) as its upright twin is turned.

    >>> turned((1, 2, 3, 5), 6, 10, 20)  # a quarter clockwise
    (15, 1, 18, 3)
    """
    x1, y1, x2, y2 = box
    if orientation in (5, 6, 7, 8):  # rows become columns
        x1, y1, x2, y2 = y1, x1, y2, x2
        width, height = height, width
    if orientation in (2, 3, 6, 7):
        x1, x2 = width - x2, width - x1
    if orientation in (3, 4, 7, 8):
        y1, y2 = height - y2, height - y1
    return x1, y1, x2, y2
