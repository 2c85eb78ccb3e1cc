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

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.comments import boxes, detectors
from engine.comments.boxes import Box, overlap
from engine.comments.detectors import COCO_FILE, COCO_MODEL, DetectorInfo, available
from engine.errors import InputError
from engine.images import Bgr

__all__ = ["Box", "DetectorInfo", "available", "overlap"]

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
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`; the first
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
    blob, scale, left, top = boxes.letterbox(image)
    (found,) = network.session.run(None, {"image": blob})
    kept = boxes.decode(found[0], image.shape[:2], scale, left, top, least, options.overlap)
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
