"""Who is who from frame to frame: identities by overlap, distance and simple motion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.faces.detect.tiling import overlap
from engine.faces.result import Box

GAP_MS = 3000
"""An identity that was not seen for longer is gone; who comes then is somebody new."""

SILENT_MS, FORGIVEN_MS = 1000, 10_000
"""A source that sends nothing for more than the first has stalled; of that time, as much as
the second does not count as absence."""

REACH = 0.8
"""How far, in face sizes, a face may lie from where it was expected."""

DRIFT = 0.7
"""Face sizes a second by which that reach grows while a face is not seen."""

FARTHEST = 2.0
"""The reach never grows beyond this, in face sizes."""

RESIZE = 2.5
"""A face of more than this many times another's side is another face."""

COAST_MS = 400
"""A lost face is expected to move on for so long, and then to stay."""

SETTLE_MS = 150.0
"""Time constant of the motion's estimate."""

_NEVER = 1e6


@dataclass
class _Track:
    id: int
    box: Box
    seen_ms: int
    vx: float = 0.0
    vy: float = 0.0
    forgiven_ms: int = 0

    def expected(self, now: int) -> Box:
        """Return where the face should be now."""
        ahead = min(now - self.seen_ms, COAST_MS)
        x, y, width, height = self.box
        return x + self.vx * ahead, y + self.vy * ahead, width, height


class Tracker:
    """Gives every face of a stream the number of its person, from 1, never used again.

    Faces are assigned to those expected by the Hungarian method, at the least sum of
    distances (in face sizes) and missing overlaps, as SORT does (Bewley et al. 2016, "Simple
    Online and Realtime Tracking"), with a constant velocity instead of a Kalman filter. Who
    somebody is, is not known: who returns after ``GAP_MS`` is a new person.
    """

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._last_id = 0
        self._last_ms: int | None = None

    @property
    def known(self) -> tuple[int, ...]:
        """The persons that are there, or may still return."""
        return tuple(track.id for track in self._tracks)

    def update(self, boxes: Sequence[Box], timestamp_ms: int) -> list[int]:
        """Return the persons' numbers of a frame's faces.

        Args:
            boxes: (x, y, width, height) in pixels, in any order.
            timestamp_ms: never less than at the frame before.
        """
        self._forgive(timestamp_ms)
        self._tracks = [
            t for t in self._tracks if timestamp_ms - t.seen_ms - t.forgiven_ms <= GAP_MS
        ]
        found = [0] * len(boxes)
        for row, column in self._assign(boxes, timestamp_ms):
            track = self._tracks[row]
            _move(track, boxes[column], timestamp_ms)
            found[column] = track.id
        for number, box in enumerate(boxes):
            if not found[number]:
                self._last_id += 1
                found[number] = self._last_id
                self._tracks.append(_Track(self._last_id, box, timestamp_ms))
        return found

    def expected(self, person: int, timestamp_ms: int) -> Box:
        """Return where a person's face should be.

        Raises:
            KeyError: the person is not known, or no longer.
        """
        for track in self._tracks:
            if track.id == person:
                return track.expected(timestamp_ms)
        raise KeyError(person)

    def _forgive(self, now: int) -> None:
        """Forgive a stall of the source those who were there when it began."""
        before, self._last_ms = self._last_ms, now
        if before is None or now - before <= SILENT_MS:
            return
        for track in self._tracks:
            if track.seen_ms == before:
                track.forgiven_ms = min(now - before, FORGIVEN_MS)

    def rescale(self, across: float, down: float) -> None:
        """Follow a source that sends pictures of another size from now on."""
        for track in self._tracks:
            x, y, width, height = track.box
            track.box = (x * across, y * down, width * across, height * down)
            track.vx, track.vy = track.vx * across, track.vy * down

    def _assign(self, boxes: Sequence[Box], now: int) -> list[tuple[int, int]]:
        from scipy.optimize import linear_sum_assignment  # with the first frame, as all loading

        if not boxes or not self._tracks:
            return []
        costs = np.array([[_cost(track, box, now) for box in boxes] for track in self._tracks])
        rows, columns = linear_sum_assignment(costs)
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        return [(row, column) for row, column in pairs if costs[row, column] < _NEVER]


def _cost(track: _Track, box: Box, now: int) -> float:
    there = track.expected(now)
    size = math.sqrt(max(there[2] * there[3], 1.0))
    ratio = math.sqrt(max(box[2] * box[3], 1.0)) / size
    gap = math.dist(_centre(there), _centre(box)) / size
    reach = min(REACH + DRIFT * (now - track.seen_ms) / 1000, FARTHEST)
    if gap > reach or not 1 / RESIZE <= ratio <= RESIZE:
        return _NEVER
    return gap + 1.0 - overlap(there, box)


def _move(track: _Track, box: Box, now: int) -> None:
    passed = now - track.seen_ms
    if passed > 0:
        share = 1.0 - math.exp(-passed / SETTLE_MS)
        (x0, y0), (x1, y1) = _centre(track.box), _centre(box)
        track.vx += share * ((x1 - x0) / passed - track.vx)
        track.vy += share * ((y1 - y0) / passed - track.vy)
    track.box, track.seen_ms, track.forgiven_ms = box, now, 0


def _centre(box: Box) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2
