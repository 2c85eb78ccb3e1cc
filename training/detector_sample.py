"""What a face detector learns from: a picture, its faces' boxes, and one of four classes each."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.images import Bgr

CLASSES = ("분노", "슬픔", "공포", "기쁨")
"""The classes in recipe F's order."""

NAMES = ("anger", "sadness", "panic", "happiness")
"""The same in ASCII: with Korean names ultralytics fetches a font before it trains."""

PARTS = ("train", "val", "test")

Box = tuple[float, float, float, float]
"""x1, y1, x2, y2 in pixels of the upright picture."""


@dataclass(frozen=True)
class Face:
    """One labelled face: index into ``CLASSES``, and where it is."""

    kind: int
    box: Box


@dataclass(frozen=True)
class Sample:
    """One upright picture of *width* x *height* pixels and its faces.

    Attributes:
        group: whom or which file it shows; a group is never divided between two parts.
    """

    name: str
    width: int
    height: int
    faces: tuple[Face, ...]
    group: str = ""


@dataclass(frozen=True)
class Source:
    """A sample, and how its picture is read (upright; it may come out smaller)."""

    sample: Sample
    picture: Callable[[], Bgr] = field(compare=False)


@dataclass(frozen=True)
class Problem:
    """Something that was left out: where, and why, in one English sentence."""

    where: str
    why: str


def clipped(box: Box, width: int, height: int) -> Box | None:
    """Return the part of *box* on the picture; ``None`` if less than a pixel is left.

    >>> clipped((-5, 2, 8, 30), 10, 20)
    (0.0, 2.0, 8.0, 20.0)
    """
    if not all(math.isfinite(value) for value in box):
        return None
    x1, x2 = (min(max(float(value), 0.0), float(width)) for value in (box[0], box[2]))
    y1, y2 = (min(max(float(value), 0.0), float(height)) for value in (box[1], box[3]))
    return (x1, y1, x2, y2) if x2 - x1 >= 1 and y2 - y1 >= 1 else None


def part_of(group: str, seed: int, validation: float, test: float) -> str:
    """Return the part of ``PARTS`` that a group falls into: the same on every machine."""
    digest = hashlib.sha256(f"{seed}/{group}".encode()).digest()
    share = int.from_bytes(digest[:6], "big") / 2**48
    if share < test:
        return "test"
    return "val" if share < test + validation else "train"
