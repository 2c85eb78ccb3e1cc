"""How far the eyes are closed, and blinks, by two witnesses and each person's own open eyes."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from engine.faces.spans import LONGEST_STEP_MS, Spans

CLOSED_SHARE = 0.12
"""The eye aspect ratio of closed eyes, as a share of the same person's open eyes': 0.11 in the
median of 22 portraits of people who have both, 0.07 to 0.26 for nine of ten."""

SHUT = 0.6
"""Closure from which eyes count as shut …"""

OPEN = 0.4
"""… until it falls below this."""

RISE = 0.2
"""How far the blendshapes eyeBlink must rise above their open level to bear that out."""

LONGEST_BLINK_MS = 500
"""A longer closure is no blink; spontaneous ones last 0.1 to 0.4 s (Schiffman 2001)."""

WINDOW_MS = 60_000
"""The rate is of the last minute …"""

LEAST_MS = 20_000
"""… and of no less than this."""

QUICK_MS, SLOW_MS = 300.0, 8000.0
"""Time constants by which the open level follows wider eyes, and narrower ones."""


@dataclass(frozen=True)
class Eyes:
    """The state of a person's eyes.

    Attributes:
        closure: 0 as open as this person's eyes are, 1 closed.
        shut: whether the eyes are shut in this frame.
        blinks: since the person came.
        rate: blinks a minute over the last minute; ``None`` until enough was seen at enough
            frames a second.
        long_closures: closures of more than ``LONGEST_BLINK_MS``.
    """

    closure: float
    shut: bool
    blinks: int
    rate: float | None
    long_closures: int


class BlinkCounter:
    """Counts one person's blinks.

    The eye aspect ratio (Soukupova and Cech 2016, "Real-Time Eye Blink Detection using
    Facial Landmarks") is compared with the person's own open eyes instead of a fixed 0.2,
    because eyes differ: the open level follows what is seen while the eyes are open. A
    blink needs the landmarker's blendshapes eyeBlink as a second witness; looking down or
    smiling narrows the eyes too.

    Args:
        open_eyes: eye aspect ratio and eyeBlink of the person's neutral face, if known
            (calibration); else the first frame's, until more is seen.
    """

    def __init__(self, open_eyes: tuple[float, float] | None = None) -> None:
        self._open = open_eyes
        self._last: int | None = None
        self._shut_since: int | None = None
        self._watched = Spans(WINDOW_MS)
        self._times: deque[int] = deque()
        self._blinks = 0
        self._long = 0

    def set_open(self, open_eyes: tuple[float, float]) -> None:
        """Start from these open eyes; see the class."""
        self._open = open_eyes

    def update(self, ear: float, shape: float, timestamp_ms: int) -> Eyes:
        """Return the eyes after one more frame.

        Args:
            ear: see :func:`engine.faces.eyes.openness`.
            shape: blendshapes eyeBlinkLeft and eyeBlinkRight, mean, in 0..1.
            timestamp_ms: never less than at the frame before.
        """
        step = 0 if self._last is None else timestamp_ms - self._last
        self._last = timestamp_ms
        if step > LONGEST_STEP_MS:
            self._shut_since = None
        elif step:
            self._watched.add(timestamp_ms, step, self._shut_since is not None)
        level, narrow = self._open or (ear, shape)
        closure = min(max((1 - ear / max(level, 1e-6)) / (1 - CLOSED_SHARE), 0.0), 1.0)
        self._decide(closure, shape - narrow, timestamp_ms)
        shut = self._shut_since is not None
        if not shut:
            self._open = (
                level + _share(step, ear > level) * (ear - level),
                narrow + _share(step, shape < narrow) * (shape - narrow),
            )
        while self._times and self._times[0] <= timestamp_ms - WINDOW_MS:
            self._times.popleft()
        shown = closure if shut else min(closure, SHUT)
        return Eyes(shown, shut, self._blinks, self._rate(), self._long)

    def _decide(self, closure: float, rise: float, now: int) -> None:
        """Begin or end a closure; the longer ones are no blinks."""
        if self._shut_since is None:
            if closure >= SHUT and rise >= RISE:
                self._shut_since = now
            return
        if closure >= OPEN and rise >= RISE / 2:
            return
        if now - self._shut_since <= LONGEST_BLINK_MS:
            self._blinks += 1
            self._times.append(now)
        else:
            self._long += 1
        self._shut_since = None

    def _rate(self) -> float | None:
        seen = self._watched.seen_ms
        return None if seen < LEAST_MS else len(self._times) * 60_000 / seen


def _share(step: int, wider: bool) -> float:
    return 1.0 - math.exp(-step / (QUICK_MS if wider else SLOW_MS))
