"""A picture's EXIF orientation, and boxes turned with it."""

from __future__ import annotations

from pathlib import Path

from engine.images import open_file, open_picture, orientation
from training.detector_sample import Box


def size_and_orientation(path: Path) -> tuple[int, int, int]:
    """Return width and height as stored, and the EXIF orientation (1..8; 1 where it has none).

    Raises:
        InputError: it cannot be opened, is no picture, or is too large.
    """
    with open_file(path) as stream, open_picture(stream, path.name) as image:
        return (*image.size, orientation(image))


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
