"""Hiding faces in frames that follow one another, so that none flashes up in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from engine.faces.boxes import BoxDetector
from engine.faces.mosaic import Mosaic, Outline, hide, outline, outline_of_box
from engine.faces.pieces import Part, same, tiles
from engine.faces.result import Box, Face
from engine.images import Bgr

HOLD_MS = 1200
"""How long a place stays hidden after the last frame in which a face was seen there."""

GROWTH = 0.25
"""How much a held outline has grown at the end of that time, as a share of its size."""

SEEN = 0.5
"""Score from which a box of the detector is hidden: better one too many than one too few."""

SEARCH_SIDE = 1280
"""Longer side in pixels that frames are scaled down to for the detector."""


@dataclass(frozen=True, eq=False)
class _Place:
    box: Box
    shape: Outline
    last_ms: float


class Privacy:
    """Hides the faces of a camera's or video's frames; one object a stream.

    Beside the faces that are handed in, a detector of boxes looks at every frame, for heads
    that are seen from the side. Where a face is lost, its place stays hidden for
    ``HOLD_MS``, growing a little. One thread at a time; close it, best by ``with``.

    Attributes:
        fresh: outlines of the last frame where there was none in the frame before.
    """

    def __init__(self, mosaic: Mosaic | None = None) -> None:
        self.mosaic = mosaic or Mosaic()
        self.fresh: list[Outline] = []
        self._detector = BoxDetector()
        self._places: list[_Place] = []

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
        now = [_place(outline(rows), milliseconds) for rows in points if len(rows)]
        for box in self._boxes(image):
            if not any(same(box, place.box) for place in now):
                now.append(_place(outline_of_box(box), milliseconds))
        held = [
            old
            for old in self._places
            if 0 <= milliseconds - old.last_ms <= HOLD_MS
            and not any(same(old.box, place.box) for place in now)
        ]
        self.fresh = [
            place.shape
            for place in now
            if not any(same(place.box, old.box) for old in self._places)
        ]
        self._places = now + held
        return [place.shape for place in now] + [
            _grown(old.shape, GROWTH * (milliseconds - old.last_ms) / HOLD_MS) for old in held
        ]

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


def _place(shape: Outline, milliseconds: float) -> _Place:
    low, high = shape.min(axis=0), shape.max(axis=0)
    box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return _Place(box, shape, milliseconds)


def _grown(shape: Outline, share: float) -> Outline:
    middle = (shape.min(axis=0) + shape.max(axis=0)) / 2
    larger: Outline = (middle + (shape - middle) * (1 + share)).astype(np.float32)
    return larger
