"""The expressions of a stream's last moment, so that not every frame of a quick one is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.faces.features import FaceFeatures
from engine.faces.pieces import Box, overlap
from engine.faces.result import Expression

FRESH_MS = 50
"""For so long an expression stays a face's own: at 30 frames a second every other frame is
judged, at 10 every one. Most expressions last half a second to four (Matsumoto and Hwang 2011)."""

SAME = 0.6
"""Overlap (IoU) from which a box is of the same face as in the frame before."""


class Recent:
    """What was judged last, and when."""

    def __init__(self) -> None:
        self._known: list[tuple[Box, Expression]] = []
        self._judged_ms: int | None = None

    def keep(
        self, boxes: Sequence[Box], said: Sequence[Expression], timestamp_ms: int | None
    ) -> None:
        """Keep what was judged of the faces in these boxes."""
        self._known, self._judged_ms = list(zip(boxes, said, strict=True)), timestamp_ms

    def expressions(
        self, boxes: Sequence[Box], features: Sequence[FaceFeatures], timestamp_ms: int | None
    ) -> list[Expression] | None:
        """Return the expressions of the same faces, each of this moment's eyes.

        ``None`` unless the same faces, and as many, were judged within ``FRESH_MS``.
        """
        if timestamp_ms is None or self._judged_ms is None:
            return None
        if not 0 <= timestamp_ms - self._judged_ms < FRESH_MS or len(boxes) != len(self._known):
            return None
        left, found = list(self._known), []
        for box, measured in zip(boxes, features, strict=True):
            best = max(left, key=lambda item: overlap(item[0], box))
            if overlap(best[0], box) < SAME:
                return None
            left.remove(best)
            found.append(replace(best[1], drowsy=measured.drowsy))
        return found
