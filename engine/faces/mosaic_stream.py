"""Hiding faces in frames that follow one another, so that none flashes up in between."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from engine.faces.boxes import BoxDetector
from engine.faces.mosaic import (
    AGREE,
    ASIDE,
    Mosaic,
    Outline,
    head_box,
    head_of_box,
    hide,
    joined,
    outline,
    turned_away,
)
from engine.faces.pieces import Part, same, tiles
from engine.faces.result import Box, Face
from engine.faces.tracks import Tracker
from engine.images import Bgr

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
