"""Objects in a photo: YOLO11n on COCO by onnxruntime; boxes cleaned in numpy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import models
from engine.comments.names import COCO
from engine.images import Bgr

MODEL = "objects-coco"
FILE = "objects_coco.onnx"
SIDE = 640
"""Longer side in pixels that a photo is scaled to, as in the weights' training."""
STRIDE = 32
THRESHOLD = 0.4
"""Least confidence that is shown."""
OVERLAP = 0.6
"""Boxes of one class that overlap more than this (IoU) are one object."""
MAX_OBJECTS = 60

Box = tuple[float, float, float, float]
"""x, y (top left), width, height in pixels of the photo."""


@dataclass(frozen=True)
class DetectedObject:
    """One object: names, confidence in 0..1, box (x, y, w, h) in pixels of the photo."""

    name_ko: str
    name_en: str
    confidence: float
    box: Box

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "name_ko": self.name_ko,
            "name_en": self.name_en,
            "confidence": round(self.confidence, 4),
            "box": [round(value, 1) for value in self.box],
        }


def detect(image: Bgr, threshold: float = THRESHOLD) -> tuple[DetectedObject, ...]:
    """Return the objects in *image* (H, W, 3), surest first, at most ``MAX_OBJECTS``.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`.
    """
    blob, scale, left, top = letterbox(image)
    (found,) = session().run(None, {"image": blob})
    return decode(found[0], image.shape[:2], scale, left, top, threshold)


def session() -> Any:
    """Return the network's onnxruntime session, loaded once."""
    return models.load(MODEL, _load)


def _load(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


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
) -> tuple[DetectedObject, ...]:
    """Turn the network's columns (84, N) into objects in pixels of a photo (H, W)."""
    scores = found[4:]
    kinds = scores.argmax(0)
    sure = scores.max(0)
    chosen = np.flatnonzero(sure >= threshold)
    chosen = chosen[np.argsort(-sure[chosen], kind="stable")]
    boxes = [_box(found[:4, i], size, scale, left, top) for i in chosen]
    kept: list[int] = []
    for at, index in enumerate(chosen):
        rivals = (k for k in kept if kinds[chosen[k]] == kinds[index])
        if all(overlap(boxes[k], boxes[at]) <= OVERLAP for k in rivals):
            kept.append(at)
        if len(kept) == MAX_OBJECTS:
            break
    return tuple(_object(int(kinds[chosen[k]]), float(sure[chosen[k]]), boxes[k]) for k in kept)


def _object(kind: int, confidence: float, box: Box) -> DetectedObject:
    english, korean = COCO[kind]
    return DetectedObject(korean, english, confidence, box)


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
