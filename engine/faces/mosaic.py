"""Hiding faces: pixelated, blurred or covered, over the outline of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.errors import InputError, Message
from engine.faces.finding import PROFILE, UPRIGHT, Finder, Sighting
from engine.faces.landmarks import Landmarker
from engine.faces.pieces import same
from engine.faces.result import Box
from engine.images import MAX_SIDE, Bgr

PIXELATE, BLUR, COVER = "pixelate", "blur", "cover"
STYLES = (PIXELATE, BLUR, COVER)

BLOCK = 16
"""The classic recipe's block: cells of 16 pixels, and at most 16 of them across a face."""

BLOCKS = (4, 128)
"""Least and greatest block."""

MARGIN = 0.15
"""How far the hidden outline lies outside the landmarks, as a share of the face's width."""

HEAD = 0.95
"""Radius of what hides a head that is in doubt, in sides of the box from its brows to its chin."""

MESH = 0.8
"""Side of that box over the height of the landmarks, which reach from the hairline to the chin."""

ASIDE = 33.0
"""Degrees from which the landmarks of a face that turns away no longer outline it."""

AGREE = 0.7
"""Landmarks that are smaller than this share of the largest sighting of a face are not sure."""

FOREHEAD, CHIN, TEMPLES = 10, 152, (234, 454)
"""Landmarks between which a head is measured in all three dimensions."""

INK = (58, 52, 48)
"""BGR of what covers a face."""

MOST_FACES = 100

Outline: TypeAlias = npt.NDArray[np.float32]
"""A closed polygon (N, 2) in pixels of the picture."""

TURNED_AWAY = Message(
    "얼굴이 옆을 보고 있어 머리를 넓게 가렸어요. 다 가려졌는지 직접 확인해 주세요.",
    "A face is turned away; its whole head was hidden. Look yourself whether all of it is.",
)
CUT_OFF = Message(
    "사진 가장자리에 잘린 얼굴이 있어 넓게 가렸어요. 다 가려졌는지 직접 확인해 주세요.",
    "A face is cut off by the picture's edge and was hidden widely. Look at it yourself.",
)
UNSURE = Message(
    "또렷하지 않은 얼굴이 있어 머리를 넓게 가렸어요. 다 가려졌는지 직접 확인해 주세요.",
    "A face cannot be made out well; its whole head was hidden. Look at it yourself.",
)


@dataclass(frozen=True, eq=False)
class Cover:
    """What hides one face; with a *doubt* it is as large as the head, and says why."""

    shape: Outline
    doubt: Message | None = None


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


def head_of_box(box: Box) -> Outline:
    """Return a round shape over the head whose box from the brows to the chin is *box*.

    It holds the head whichever side is up.
    """
    x, y, width, height = box
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    middle = np.array([x + width / 2, y + height / 2])
    return (middle + circle * (HEAD * max(width, height))).astype(np.float32)


def head_box(points: npt.NDArray[np.float32]) -> Box:
    """Return the box, brows to chin, of the head whose landmarks are *points* (478, 3).

    Its size is measured in three dimensions, so that it stays when a face turns away.
    """
    long = float(np.linalg.norm(points[FOREHEAD] - points[CHIN]))
    across = float(np.linalg.norm(points[TEMPLES[0]] - points[TEMPLES[1]]))
    side = MESH * max(long, across)
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    x, y = (low + high) / 2
    return float(x) - side / 2, float(y) - side / 2, side, side


def turned_away(points: npt.NDArray[np.float32]) -> float:
    """Return by how many degrees a face looks past the camera, to a side, up or down."""
    lines = (points[TEMPLES[0]] - points[TEMPLES[1]], points[FOREHEAD] - points[CHIN])
    return max(
        math.degrees(math.atan2(abs(float(line[2])), float(np.hypot(line[0], line[1]))))
        for line in lines
    )


def joined(shapes: Sequence[Outline]) -> Outline:
    """Return the convex outline of several."""
    import cv2

    points = np.concatenate(shapes).astype(np.float32)
    return np.asarray(cv2.convexHull(points), dtype=np.float32).reshape(-1, 2)


def covers(sightings: Sequence[Sighting], size: tuple[int, int]) -> list[Cover]:
    """Return what hides the faces that were seen, each once, in a picture of *size* (w, h)."""
    groups: list[list[Sighting]] = []
    for one in sorted(sightings, key=lambda one: -one.score):
        group = next((g for g in groups if any(same(one.box, old.box) for old in g)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [_cover(group, size) for group in groups if _credible(group)]


def _credible(group: Sequence[Sighting]) -> bool:
    """Whether sightings are a face: one box in one turned picture alone is not."""
    best = group[0]
    alone = len(group) == 1 and best.points is None and best.turn
    return not alone or best.score >= UPRIGHT


def _cover(group: Sequence[Sighting], size: tuple[int, int]) -> Cover:
    """Return the outline of the surest sighting, or the heads of all where none is sure."""
    doubts = [_doubt(one, size) for one in group]
    largest = max(_side(one) for one in group)
    for one, doubt in zip(group, doubts, strict=True):
        if doubt is None and one.points is not None and _side(one) > AGREE * largest:
            return Cover(outline(one.points.points))
    shapes = [head_of_box(one.box) for one in group if one.points is None]
    for points in (one.points.points for one in group if one.points is not None):
        shapes += [outline(points), head_of_box(head_box(points))]
    return Cover(joined(shapes), next(filter(None, doubts), UNSURE))


def _side(one: Sighting) -> float:
    """Return the side of a sighting's box from the brows to the chin, in pixels."""
    return max(one.box[2:]) if one.points is None else head_box(one.points.points)[2]


def _doubt(one: Sighting, size: tuple[int, int]) -> Message | None:
    """Return why the landmarks of a sighting do not tell where the face ends."""
    x, y, width, height = one.box
    if x < 0 or y < 0 or x + width > size[0] or y + height > size[1]:
        return CUT_OFF
    if one.points is None:
        return TURNED_AWAY if one.reason == PROFILE else UNSURE
    if turned_away(one.points.points) > ASIDE:
        return TURNED_AWAY
    return None if one.score >= UPRIGHT else UNSURE


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
    cv2.fillPoly(mask, [(np.round(shape) - low).astype(np.int32)], 255)
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

    Every picture is searched in every position: a face that is not found is not hidden.

    Raises:
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
    """

    def __init__(self, mosaic: Mosaic | None = None) -> None:
        self.mosaic = mosaic or Mosaic()
        self._landmarker = Landmarker(MOST_FACES)
        self._finder = Finder(self._landmarker)

    def covers(self, image: Bgr) -> list[Cover]:
        """Return what hides the faces of *image*, of any size."""
        import cv2

        scale = min(1.0, MAX_SIDE / max(image.shape[:2]))
        if scale < 1:
            size = (
                max(round(image.shape[1] * scale), 1),
                max(round(image.shape[0] * scale), 1),
            )
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        found = covers(self._finder.sightings(image), (image.shape[1], image.shape[0]))
        return [Cover(one.shape / np.float32(scale), one.doubt) for one in found]

    def hide(self, image: Bgr) -> tuple[Bgr, list[Cover]]:
        """Return a copy of *image* with its faces hidden, and what hides each."""
        found = self.covers(image)
        return hide(image, [one.shape for one in found], self.mosaic), found

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
