"""Hiding faces: pixelated, blurred or covered, over the outline of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.errors import InputError
from engine.faces.finding import Finder
from engine.faces.landmarks import Landmarker
from engine.faces.result import Box
from engine.images import MAX_SIDE, Bgr

PIXELATE, BLUR, COVER = "pixelate", "blur", "cover"
STYLES = (PIXELATE, BLUR, COVER)

BLOCK = 16
"""The classic recipe's block: cells of 16 pixels, and at most 16 of them across a face."""

BLOCKS = (4, 128)
"""Least and greatest block."""

MARGIN = 0.12
"""How far the hidden outline lies outside the landmarks, as a share of the face's width."""

BROW_ROOM, SIDE_ROOM = 0.3, 0.22
"""Added above and around a box without landmarks, which reaches from the brows to the chin."""

INK = (58, 52, 48)
"""BGR of what covers a face."""

MOST_FACES = 100

Outline: TypeAlias = npt.NDArray[np.float32]
"""A closed polygon (N, 2) in pixels of the picture."""


@dataclass(frozen=True)
class Mosaic:
    """How faces are hidden.

    Attributes:
        style: one of ``STYLES``.
        block: strength. A cell has at least so many pixels, and a face at most 256 / block
            cells across, so that a large face is as hard to know again as a small one.

    Raises:
        InputError: an unknown style, or a block that is not in ``BLOCKS``.
    """

    style: str = PIXELATE
    block: int = BLOCK

    def __post_init__(self) -> None:
        low, high = BLOCKS
        if self.style not in STYLES:
            raise InputError(
                f"가리는 방식을 알 수 없어요: {self.style}",
                f"There is no style {self.style!r}; there are {', '.join(STYLES)}.",
            )
        if not low <= self.block <= high:
            raise InputError(
                f"칸의 크기는 {low}에서 {high} 사이여야 해요.",
                f"The block has to be from {low} to {high}, not {self.block}.",
            )


def outline(points: npt.NDArray[np.float32]) -> Outline:
    """Return the convex outline of landmarks (N, 2 or more), with its margin."""
    import cv2

    flat = np.ascontiguousarray(points[:, :2], dtype=np.float32)
    width = float(flat[:, 0].max() - flat[:, 0].min())
    height = float(flat[:, 1].max() - flat[:, 1].min())
    hull = np.asarray(cv2.convexHull(flat), dtype=np.float32).reshape(-1, 2)
    middle = (hull.min(axis=0) + hull.max(axis=0)) / 2
    away = hull - middle
    length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-3)[:, None]
    grown: Outline = (hull + away / length * (MARGIN * max(width, height))).astype(np.float32)
    return grown


def outline_of_box(box: Box) -> Outline:
    """Return an ellipse around a box that reaches from the brows to the chin."""
    x, y, width, height = box
    up = BROW_ROOM * height
    half = np.array([width * (0.5 + SIDE_ROOM), (height + up) * (0.5 + SIDE_ROOM)])
    middle = np.array([x + width / 2, y + height / 2 - up / 2])
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    round_ = np.column_stack([np.cos(angle), np.sin(angle)])
    bent = np.sign(round_) * np.abs(round_) ** 0.7  # between an ellipse and its rectangle
    return (middle + bent * half).astype(np.float32)


def hide(image: Bgr, outlines: Sequence[Outline], mosaic: Mosaic) -> Bgr:
    """Return a copy of *image* (H, W, 3) in which nothing within *outlines* can be seen."""
    scene = image.copy()
    for shape in outlines:
        _hide_one(scene, shape, mosaic)
    return scene


def _hide_one(scene: Bgr, shape: Outline, mosaic: Mosaic) -> None:
    import cv2

    low = np.maximum(np.floor(shape.min(axis=0)), 0).astype(int)
    high = np.minimum(np.ceil(shape.max(axis=0)) + 1, scene.shape[1::-1]).astype(int)
    if (high <= low).any():
        return
    part = scene[low[1] : high[1], low[0] : high[0]]
    mask = np.zeros(part.shape[:2], dtype=np.uint8)
    cv2.fillPoly(mask, [np.round(shape - low).astype(np.int32)], 255)
    width = float(np.ptp(shape[:, 0]))
    if mosaic.style == COVER:
        hidden = np.full_like(part, INK)
    else:
        hidden = cells(part, edge(width, mosaic.block), mosaic.style == BLUR)
    part[mask > 0] = hidden[mask > 0]


def edge(width: float, block: int) -> int:
    """Return the side in pixels of a cell on a face of *width* pixels.

    >>> edge(100, 16), edge(1600, 16), edge(1600, 32)
    (16, 100, 200)
    """
    return max(block, math.ceil(width * block / 256))


def cells(part: Bgr, side: int, smooth: bool) -> Bgr:
    """Return *part* averaged over cells of *side* pixels; *smooth*: without their edges.

    Blurring starts from the averages, so that no sharpening brings the face back.
    """
    import cv2

    height, width = part.shape[:2]
    few = (max(math.ceil(width / side), 1), max(math.ceil(height / side), 1))
    padded = cv2.copyMakeBorder(
        part, 0, few[1] * side - height, 0, few[0] * side - width, cv2.BORDER_REPLICATE
    )
    means = cv2.resize(padded, few, interpolation=cv2.INTER_AREA)
    how = cv2.INTER_CUBIC if smooth else cv2.INTER_NEAREST
    back = cv2.resize(means, (few[0] * side, few[1] * side), interpolation=how)
    return np.asarray(back[:height, :width], dtype=np.uint8)


class Hider:
    """Finds and hides the faces of pictures. One thread at a time; close it, best by ``with``.

    Every picture gets the second look: a face that is not found is not hidden.

    Raises:
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
    """

    def __init__(self, mosaic: Mosaic | None = None) -> None:
        self.mosaic = mosaic or Mosaic()
        self._landmarker = Landmarker(MOST_FACES)
        self._finder = Finder(self._landmarker)

    def outlines(self, image: Bgr) -> list[Outline]:
        """Return the outlines of the faces of *image*, of any size."""
        import cv2

        scale = min(1.0, MAX_SIDE / max(image.shape[:2]))
        if scale < 1:
            size = (
                max(round(image.shape[1] * scale), 1),
                max(round(image.shape[0] * scale), 1),
            )
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        found = self._finder.find(image, thorough=True, turn=False)
        shapes = [outline(face.points) for face in found.faces]
        shapes += [outline_of_box(face.box) for face in found.boxes]
        return [shape / np.float32(scale) for shape in shapes]

    def hide(self, image: Bgr) -> tuple[Bgr, int]:
        """Return a copy of *image* with its faces hidden, and how many they are."""
        shapes = self.outlines(image)
        return hide(image, shapes, self.mosaic), len(shapes)

    def close(self) -> None:
        """Free the models; safe to call twice."""
        self._finder.close()
        self._landmarker.close()

    def __enter__(self) -> Hider:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
