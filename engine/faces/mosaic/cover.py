"""Hiding faces: pixelated, blurred or covered, over the outline of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError, Message
from engine.faces.detect.boxes import BoxDetector
from engine.faces.detect.landmarks import Landmarker
from engine.faces.detect.multiscale_search import PROFILE, UPRIGHT, Finder, Sighting
from engine.faces.detect.tiling import Part, same, tiles
from engine.faces.live.tracks import Tracker
from engine.faces.result import Box, Face
from engine.media.images import MAX_SIDE, Bgr

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


# ----------------------------------------------------------------------------------------
# Hiding faces in frames that follow one another, so that none flashes up in between.

HOLD_MS = 1200
"""How long a head stays hidden after the last frame in which its face was seen."""

GROWTH = 0.25
"""How much a held head has grown at the end of that time, as a share of its size."""

SETTLE_MS = 500
"""So long a face has to be seen well before its outline is trusted again: as a head turns, the
landmarks are off in one frame and look right in the next."""

SEEN = 0.5
"""Score from which a box of the detector is hidden: better one too many than one too few."""

SEARCH_SIDE = 1280
"""Longer side in pixels that frames are scaled down to for the detector."""


@dataclass(frozen=True)
class Gap:
    """A head that was not seen between two frames: its boxes in both, and their times in ms."""

    first_ms: float
    first: Box
    last_ms: float
    last: Box

    def shape(self, milliseconds: float) -> Outline | None:
        """Return what hides the head at a time within the gap, else ``None``."""
        if not self.first_ms < milliseconds < self.last_ms:
            return None
        share = (milliseconds - self.first_ms) / (self.last_ms - self.first_ms)
        return _grown(head_of_box(_between(self.first, self.last, share)), GROWTH)


@dataclass(frozen=True, eq=False)
class _Sight:
    """A face of one frame: its head's box, its outline, and whether that tells where it ends."""

    box: Box
    shape: Outline
    sure: bool


@dataclass(eq=False)
class _Head:
    """A head that is followed: where it was last seen, and how large in the last moments."""

    box: Box
    last_ms: float
    sides: list[tuple[float, float]]
    unsure_ms: float = -math.inf
    missed: bool = False

    def side(self, milliseconds: float) -> float:
        """Return its greatest side of the last ``HOLD_MS``; what looks smaller has turned away."""
        return max((side for ms, side in self.sides if milliseconds - ms <= HOLD_MS), default=0.0)


class Privacy:
    """Hides the faces of a camera's or video's frames; one object a stream.

    Beside the faces that are handed in, a detector of boxes looks at every frame, for heads
    that are seen from the side. Each head is followed: while its face cannot be made out, all
    of the head is hidden in its size of before; where it is lost, its place stays hidden for
    ``HOLD_MS``, growing a little. One thread at a time; close it, best by ``with``.

    Attributes:
        fresh: outlines of the last frame that belong to heads which were not there before.
        gaps: heads that were seen again in the last frame.
        doubtful: whether something in the last frame was hidden without seeing where it ends.
    """

    def __init__(self, mosaic: Mosaic | None = None) -> None:
        self.mosaic = mosaic or Mosaic()
        self.fresh: list[Outline] = []
        self.gaps: list[Gap] = []
        self.doubtful = False
        self._detector = BoxDetector()
        self._last_ms = 0.0
        self._start()

    def cover(self, image: Bgr, faces: Sequence[Face], milliseconds: float) -> Bgr:
        """Return a copy of a frame (H, W, 3) with its faces hidden.

        Args:
            faces: what the landmarker found in it.
            milliseconds: the frame's time; when it goes back, what was held is let go of.
        """
        return hide(image, self.shapes(image, [f.landmarks for f in faces], milliseconds),
                    self.mosaic)  # fmt: skip

    def shapes(
        self, image: Bgr, points: Sequence[np.ndarray], milliseconds: float
    ) -> list[Outline]:
        """Return the outlines to hide in a frame, those that are held among them."""
        if milliseconds < self._last_ms:
            self._start()
        self._last_ms = milliseconds
        self.fresh, self.gaps, self.doubtful = [], [], False
        sights = self._sights(image, points)
        persons = self._tracker.update([sight.box for sight in sights], round(milliseconds))
        seen = [
            self._seen(person, sight, milliseconds)
            for person, sight in zip(persons, sights, strict=True)
        ]
        size = (image.shape[1], image.shape[0])
        return seen + self._held(set(persons), size, milliseconds)

    def _start(self) -> None:
        self._tracker = Tracker()
        self._heads: dict[int, _Head] = {}

    def _seen(self, person: int, sight: _Sight, milliseconds: float) -> Outline:
        """Return what hides a face that was seen, and remember its head."""
        own, head = max(sight.box[2:]), self._heads.get(person)
        if head is None:
            head = self._heads[person] = _Head(sight.box, milliseconds, [])
            self.fresh.append(joined([sight.shape, head_of_box(sight.box)]))
        side = max(own, head.side(milliseconds))
        here = _sized(sight.box, side)
        if head.missed:
            self.gaps.append(Gap(head.last_ms, head.box, milliseconds, here))
        shape = sight.shape
        unsure_ms = head.unsure_ms
        if not sight.sure or own < AGREE * side:
            unsure_ms = milliseconds
        if milliseconds - unsure_ms <= SETTLE_MS:
            self.doubtful = True
            shape = joined([shape, head_of_box(here), head_of_box(head.box)])
            here = _between(head.box, here, 0.5)  # landmarks slide off a head that turns
        sides = [(ms, old) for ms, old in head.sides if milliseconds - ms <= HOLD_MS]
        self._heads[person] = _Head(here, milliseconds, [*sides, (milliseconds, own)], unsure_ms)
        return shape

    def _held(self, seen: set[int], size: tuple[int, int], milliseconds: float) -> list[Outline]:
        """Return what hides the heads that were seen a moment ago, but not now."""
        known = set(self._tracker.known)
        self._heads = {person: head for person, head in self._heads.items() if person in known}
        shapes: list[Outline] = []
        for person, head in self._heads.items():
            age = milliseconds - head.last_ms
            if person in seen:
                continue
            head.missed = True
            if age > HOLD_MS:
                continue
            there = self._tracker.expected(person, round(milliseconds))
            moved = head_of_box(_sized(there, max(head.box[2:])))
            shapes.append(_grown(joined([head_of_box(head.box), moved]), GROWTH * age / HOLD_MS))
            self.doubtful |= not _at_edge(there, size)
        return shapes

    def _sights(self, image: Bgr, points: Sequence[np.ndarray]) -> list[_Sight]:
        """Return the faces of a frame: those with landmarks, and the boxes of the detector."""
        sights = [
            _Sight(head_box(rows), outline(rows), turned_away(rows) <= ASIDE)
            for rows in points
            if len(rows)
        ]
        for box in self._boxes(image):
            head = head_of_box(box)
            for number, old in enumerate(sights):
                if same(box, old.box):
                    if max(old.box[2:]) < AGREE * max(box[2:]):
                        sights[number] = _Sight(box, joined([old.shape, head]), False)
                    break
            else:
                sights.append(_Sight(box, head, False))
        return sights

    def close(self) -> None:
        """Free the detector; safe to call twice."""
        self._detector.close()

    def __enter__(self) -> Privacy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _boxes(self, image: Bgr) -> list[Box]:
        import cv2

        scale = min(1.0, SEARCH_SIDE / max(image.shape[:2]))
        if scale < 1:
            image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale), dtype=np.uint8)
        parts = [Part(image, 0.0, 0.0, scale)]
        short = min(image.shape[:2])
        if max(image.shape[:2]) > 1.2 * short:
            parts += [Part(p.image, p.x / scale, p.y / scale, scale) for p in tiles(image, short)]
        return [
            part.box_to_whole(seen.box)
            for part in parts
            for seen in self._detector.detect(part.image)
            if seen.score >= SEEN
        ]


def _sized(box: Box, side: float) -> Box:
    """Return the square of *side* about the middle of *box*."""
    x, y, width, height = box
    return x + (width - side) / 2, y + (height - side) / 2, side, side


def _between(one: Box, two: Box, share: float) -> Box:
    """Return the box that lies *share* of the way from *one* to *two*."""
    x, y, width, height = (a + share * (b - a) for a, b in zip(one, two, strict=True))
    return x, y, width, height


def _at_edge(box: Box, size: tuple[int, int]) -> bool:
    """Whether a head may have left the picture: its box touches the edge."""
    x, y, width, height = box
    return x <= 0 or y <= 0 or x + width >= size[0] or y + height >= size[1]


def _grown(shape: Outline, share: float) -> Outline:
    middle = (shape.min(axis=0) + shape.max(axis=0)) / 2
    larger: Outline = (middle + (shape - middle) * (1 + share)).astype(np.float32)
    return larger
