"""Objects in a photo, by the detector and within the bounds that a :class:`Detection` sets.

How a settings panel uses it::

    infos = objects.available()                    # each: name, title, classes, ready
    options = objects.Detection(
        model=infos[0].name,                       # one whose ``ready`` is true
        threshold=0.4, overlap=0.6,                # two sliders, 0.05..0.95
        classes=frozenset({"고양이", "강아지"}),     # None: every class
    )
    objects.class_names(options.model)             # what the class filter offers
    pipeline.analyse(image, options=options)

A detector that is not ``ready`` is downloaded in the model manager (도구 → 모델 관리…).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.comments.detect import detectors
from engine.comments.detect.detectors import COCO_FILE, COCO_MODEL, DetectorInfo, available
from engine.core.errors import InputError
from engine.media.images import Bgr

__all__ = ["Box", "DetectorInfo", "available", "overlap"]

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


MODEL, FILE = COCO_MODEL, COCO_FILE
THRESHOLD = 0.4
"""Least confidence that is shown."""
OVERLAP = 0.6
"""Boxes of one class that overlap more than this (IoU) are one object."""


@dataclass(frozen=True)
class Detection:
    """What is looked for, with which detector.

    Attributes:
        model: name of a detector, see :func:`available`.
        threshold: least confidence that is shown, in 0..1.
        overlap: boxes of one class that overlap (IoU) more than this are one object, in 0..1.
        classes: Korean or English names that are shown; None shows every class. A name that
            the detector does not know (see :func:`unknown`) shows nothing.

    Raises:
        InputError: a bound is outside 0..1.
    """

    model: str = MODEL
    threshold: float = THRESHOLD
    overlap: float = OVERLAP
    classes: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if not (0.0 <= self.threshold <= 1.0 and 0.0 <= self.overlap <= 1.0):
            raise InputError(
                "확신도와 겹침 기준은 0과 1 사이여야 해요.",
                "Confidence and overlap thresholds lie between 0 and 1.",
            )

    def shows(self, item: DetectedObject) -> bool:
        """Whether *item* is sure enough and of a class that is asked for."""
        if item.confidence < self.threshold:
            return False
        names = (item.name_ko, item.name_en, item.name_en.lower())
        return self.classes is None or not self.classes.isdisjoint(names)


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


def detect(image: Bgr, options: Detection | None = None) -> tuple[DetectedObject, ...]:
    """Return the objects in *image* (H, W, 3), surest first, at most ``boxes.MAX_OBJECTS``.

    Raises:
        InputError: there is no detector of that name.
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`; the first
            also for a detector that was not downloaded.
    """
    options = options or Detection()
    return tuple(item for item in look(image, options, options.threshold) if options.shows(item))


def look(image: Bgr, options: Detection, least: float) -> tuple[DetectedObject, ...]:
    """Return every object from confidence *least* up, whatever its class.

    Raises:
        InputError, ModelMissingError, ModelCorruptError: see :func:`detect`.
    """
    network = detectors.network(options.model)
    blob, scale, left, top = letterbox(image)
    (found,) = network.session.run(None, {"image": blob})
    kept = decode(found[0], image.shape[:2], scale, left, top, least, options.overlap)
    names = network.names
    return tuple(DetectedObject(names[k][1], names[k][0], sure, box) for k, sure, box in kept)


def counts(found: Sequence[DetectedObject]) -> dict[str, int]:
    """Return Korean name -> how many, in the order in which each was first met.

    >>> cat = DetectedObject("고양이", "cat", 0.9, (0, 0, 1, 1))
    >>> counts((cat, cat))
    {'고양이': 2}
    """
    return dict(Counter(item.name_ko for item in found))


def unknown(options: Detection) -> tuple[str, ...]:
    """Return the asked classes that the detector does not have, sorted.

    Raises:
        InputError: there is no detector of that name.

    >>> unknown(Detection(classes=frozenset({"고양이", "dog", "유니콘"})))
    ('유니콘',)
    """
    known = {korean for _, korean in detectors.names(options.model)}
    known |= {english.lower() for english, _ in detectors.names(options.model)}
    return tuple(sorted(c for c in options.classes or () if not {c, c.lower()} & known))


def class_names(model: str = MODEL) -> tuple[str, ...]:
    """Return the Korean names that the detector *model* knows, sorted, without repeats.

    Raises:
        InputError: there is no detector of that name.
    """
    return tuple(sorted({korean for _, korean in detectors.names(model)}))
