"""Pieces of a picture for a second look: enlarged with a margin, or cut into tiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.media.images import Bgr

Box: TypeAlias = tuple[float, float, float, float]
"""x, y, width, height in pixels."""

MIN_TILE = 128
MAX_TILES = 48
"""Tiles of one search, two milliseconds each."""


LEAST_SIDE, MOST_SIDE = 288.0, 1024.0
"""Sides in pixels that the square around a box is scaled to, if it is smaller or larger."""

SAME = 1 / 4
HELD = 1 / 2
"""Boxes that overlap more than ``SAME`` (IoU), or hold so much of the other, are one face."""


@dataclass(frozen=True)
class Part:
    """A piece of a picture: pixel p of the piece is pixel p / scale + (x, y) of the whole."""

    image: Bgr
    x: float
    y: float
    scale: float

    def to_whole(self, points: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return landmarks (478, 3) of the piece as landmarks of the whole."""
        corner = np.array([self.x, self.y, 0], dtype=np.float32)
        return points / np.float32(self.scale) + corner

    def box_to_whole(self, box: Box) -> Box:
        """Return a box (x, y, width, height) of the piece as one of the whole."""
        x, y, width, height = (value / self.scale for value in box)
        return x + self.x, y + self.y, width, height


MARGINS = (0.25, 0.5)
"""Shares of the picture's size that are put around it; what one misses the other may find."""


def with_margin(image: Bgr, share: float) -> Part:
    """Return the picture enlarged, with a grey margin of *share* of its longer side."""
    import cv2

    height, width = image.shape[:2]
    margin = round(max(height, width) * share)
    wide = cv2.copyMakeBorder(
        image, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(128, 128, 128)
    )
    scale = max(1.0, 288.0 / max(wide.shape[:2]))
    size = (round(wide.shape[1] * scale), round(wide.shape[0] * scale))
    large = cv2.resize(wide, size, interpolation=cv2.INTER_CUBIC)
    return Part(np.asarray(large, dtype=np.uint8), -margin, -margin, scale)


def mirrored(image: Bgr, share: float) -> Part:
    """Return the picture with *share* of its longer side mirrored around it."""
    import cv2

    margin = max(round(max(image.shape[:2]) * share), 1)
    wide = cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_REFLECT)
    return Part(np.asarray(wide, dtype=np.uint8), -margin, -margin, 1.0)


def tilings(image: Bgr) -> Iterator[list[Part]]:
    """Yield ever finer sets of square tiles that overlap by two fifths."""
    height, width = image.shape[:2]
    short, long = sorted((height, width))
    for side in (short, short // 2, short // 4) if long > 1.2 * short else (short // 2, short // 4):
        if side < MIN_TILE:
            return
        yield tiles(image, side)


def tiles(image: Bgr, side: int, most: int = MAX_TILES) -> list[Part]:
    """Return square tiles of *side* pixels that overlap by two fifths; larger, if over *most*."""
    height, width = image.shape[:2]
    while len(corners := _corners(width, height, side)) > most:
        side = round(side * 1.1)
    return [
        Part(np.ascontiguousarray(image[y : y + side, x : x + side]), x, y, 1.0) for x, y in corners
    ]


def around(image: Bgr, box: Box, times: float) -> Part:
    """Return the square around *box*, *times* as long as its longer side.

    A small one is enlarged, a large one shrunk. The box's middle lies in the picture; what of
    the square lies outside is grey.
    """
    import cv2

    x, y, width, height = box
    side = max(round(times * max(width, height)), 16)
    left, top = round(x + width / 2 - side / 2), round(y + height / 2 - side / 2)
    rows, columns = image.shape[:2]
    inner = image[max(top, 0) : min(top + side, rows), max(left, 0) : min(left + side, columns)]
    scale = min(max(1.0, LEAST_SIDE / side), MOST_SIDE / side)
    size = (max(round(inner.shape[1] * scale), 1), max(round(inner.shape[0] * scale), 1))
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    shown = inner if scale == 1 else cv2.resize(inner, size, interpolation=how)
    full = round(side * scale)
    canvas = np.full((full, full, 3), 128, dtype=np.uint8)
    down, over = round(max(-top, 0) * scale), round(max(-left, 0) * scale)
    part = canvas[down : down + shown.shape[0], over : over + shown.shape[1]]
    part[:] = shown[: part.shape[0], : part.shape[1]]
    return Part(canvas, left, top, scale)


def _corners(width: int, height: int, side: int) -> list[tuple[int, int]]:
    step = max(round(side * 0.6), 1)
    columns = sorted({*range(0, width - side, step), max(width - side, 0)})
    rows = sorted({*range(0, height - side, step), max(height - side, 0)})
    return [(x, y) for y in rows for x in columns]


def overlap(one: Box, two: Box) -> float:
    """Return intersection over union of two boxes (x, y, width, height)."""
    across = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
    down = min(one[1] + one[3], two[1] + two[3]) - max(one[1], two[1])
    common = max(across, 0.0) * max(down, 0.0)
    return common / max(one[2] * one[3] + two[2] * two[3] - common, 1e-9)


def same(one: Box, two: Box) -> bool:
    """Whether two boxes are of one face: much of both is common, or most of the smaller one.

    >>> same((0, 0, 10, 10), (2, 2, 10, 10)), same((0, 0, 10, 10), (9, 0, 10, 10))
    (True, False)
    """
    across = min(one[0] + one[2], two[0] + two[2]) - max(one[0], two[0])
    down = min(one[1] + one[3], two[1] + two[3]) - max(one[1], two[1])
    common = max(across, 0.0) * max(down, 0.0)
    return common > HELD * min(one[2] * one[3], two[2] * two[3]) or overlap(one, two) > SAME


def middle_in(one: Box, two: Box) -> bool:
    """Whether the middle of *one* lies in *two*."""
    x, y = one[0] + one[2] / 2, one[1] + one[3] / 2
    return two[0] <= x <= two[0] + two[2] and two[1] <= y <= two[1] + two[3]


def inside(box: Box, image: Bgr) -> Box:
    """Return *box* cut to the picture."""
    x0, y0 = max(box[0], 0.0), max(box[1], 0.0)
    x1, y1 = min(box[0] + box[2], image.shape[1]), min(box[1] + box[3], image.shape[0])
    return x0, y0, x1 - x0, y1 - y0
