"""Between photo and network: scaling and padding before, boxes cleaned of doubles after."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.images import Bgr

SIDE = 640
"""Longer side in pixels that a photo is scaled to, as in the weights' training."""
STRIDE = 32
MAX_OBJECTS = 60

Box = tuple[float, float, float, float]
"""x, y (top left), width, height in pixels of the photo."""


class Found(NamedTuple):
    """One box that was kept: its class's number, confidence in 0..1, and where it is."""

    kind: int
    confidence: float
    box: Box


def letterbox(image: Bgr) -> tuple[npt.NDArray[np.float32], float, int, int]:
    """Scale to fit ``SIDE``, pad with grey to multiples of ``STRIDE``.

    Returns:
        The input (1, 3, H, W) float32 RGB in 0..1, the scale, and the padding at the
        left and the top in pixels of the input.
    """
    import cv2

    height, width = image.shape[:2]
    scale = SIDE / max(height, width)
    inner = (max(round(width * scale), 1), max(round(height * scale), 1))
    shown = image if inner == (width, height) else cv2.resize(image, inner)
    full = [math.ceil(side / STRIDE) * STRIDE for side in inner]
    left, top = (full[0] - inner[0]) // 2, (full[1] - inner[1]) // 2
    canvas = np.full((full[1], full[0], 3), 114, np.uint8)
    canvas[top : top + inner[1], left : left + inner[0]] = shown
    blob = canvas[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255)
    return np.ascontiguousarray(blob), scale, left, top


def decode(
    found: npt.NDArray[np.float32],
    size: tuple[int, ...],
    scale: float,
    left: int,
    top: int,
    threshold: float,
    most_overlap: float,
) -> tuple[Found, ...]:
    """Turn the network's columns (4 + classes, N) into boxes in pixels of a photo (H, W).

    Of boxes of one class that overlap (IoU) more than *most_overlap* the surest stays;
    surest first, at most ``MAX_OBJECTS``.
    """
    scores = found[4:]
    kinds = scores.argmax(0)
    sure = scores.max(0)
    chosen = np.flatnonzero(sure >= threshold)
    chosen = chosen[np.argsort(-sure[chosen], kind="stable")]
    kept: list[Found] = []
    for index in chosen:
        new = Found(
            int(kinds[index]), float(sure[index]), _box(found[:4, index], size, scale, left, top)
        )
        rivals = (one.box for one in kept if one.kind == new.kind)
        if all(overlap(box, new.box) <= most_overlap for box in rivals):
            kept.append(new)
        if len(kept) == MAX_OBJECTS:
            break
    return tuple(kept)


def _box(
    column: npt.NDArray[np.float32], size: tuple[int, ...], scale: float, left: int, top: int
) -> Box:
    """Return the part of a network box that lies on the photo."""
    cx, cy, w, h = (float(value) for value in column)
    x1, x2 = (min(max((cx + d * w / 2 - left) / scale, 0.0), size[1]) for d in (-1, 1))
    y1, y2 = (min(max((cy + d * h / 2 - top) / scale, 0.0), size[0]) for d in (-1, 1))
    return x1, y1, x2 - x1, y2 - y1


def overlap(a: Box, b: Box) -> float:
    """Return intersection over union of two boxes, in 0..1.

    >>> overlap((0, 0, 2, 2), (1, 0, 2, 2))
    0.3333333333333333
    """
    wide = max(min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]), 0.0)
    high = max(min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]), 0.0)
    both = wide * high
    union = a[2] * a[3] + b[2] * b[3] - both
    return both / union if union else 0.0
