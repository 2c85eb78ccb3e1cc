"""Drowsiness by PERCLOS, and yawns, each over enough observed time or not at all."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Literal

LONGEST_STEP_MS = 250
"""Frames farther apart than this were not watching in between: blinks pass unseen."""


class Spans:
    """Spans of time with yes or no, of the last *length_ms*; whole milliseconds, exact sums."""

    def __init__(self, length_ms: int) -> None:
        self._length = length_ms
        self._spans: deque[tuple[int, int, bool]] = deque()
        self.seen_ms = 0
        self.true_ms = 0

    def add(self, end_ms: int, lasted_ms: int, value: bool) -> None:
        """Append the span that ends at *end_ms*; what lies before the window is forgotten."""
        self._spans.append((end_ms, lasted_ms, value))
        self._count(lasted_ms, value)
        while self._spans and self._spans[0][0] <= end_ms - self._length:
            _, lasted, old = self._spans.popleft()
            self._count(-lasted, old)

    def share(self, least_ms: int) -> float | None:
        """Return the share of observed time, or ``None`` while less than *least_ms* was seen."""
        return self.true_ms / self.seen_ms if self.seen_ms >= max(least_ms, 1) else None

    def _count(self, lasted: int, value: bool) -> None:
        self.seen_ms += lasted
        self.true_ms += lasted if value else 0


# ----------------------------------------------------------------------------------------
# How far the eyes are closed, and blinks, by two witnesses and each person's own open eyes.

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
            ear: see :func:`engine.faces.measure.features.openness`.
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


P80 = 0.8
"""Eyes closed by so much count as closed: PERCLOS P80."""

"""PERCLOS is of the last minute …"""

LEAST_WINDOW_MS = 30_000
"""… and of no less than this."""

TIRED = 0.15
"""PERCLOS from which somebody is called tired …"""

AWAKE = 0.075
"""… until it falls below this."""

WIDE = 0.6
"""Mouth opening, over the mouth's width, from which it may be a yawn …"""

NARROW = 0.35
"""… until it falls below this."""

YAWN_MS = 1500
"""A mouth that is wide open for so long yawns; speech and laughter are shorter."""

State = Literal["awake", "tired", "unknown"]


@dataclass(frozen=True)
class Attention:
    """What is known of a person's drowsiness.

    Attributes:
        perclos: share of the last minute in which the eyes were at least 80 % closed;
            ``None`` until half a minute was seen.
        state: ``"unknown"`` as long as *perclos* is.
        seen_ms: observed time within the last minute.
        yawns: since the person came.
        yawning: whether this frame is part of a yawn.
    """

    perclos: float | None
    state: State
    seen_ms: int
    yawns: int
    yawning: bool


class AttentionMeter:
    """Measures one person's drowsiness.

    PERCLOS P80 is the share of a minute in which the lids cover at least 80 % of the pupil
    (Wierwille et al. 1994, DOT HS 808 247; Dinges and Grace 1998, FHWA-MCRT-98-006). 0.15 is
    Wierwille's bound of drowsiness and 0.075 that of wakefulness; between them the state
    stays. Landmarks see lids, not pupils: the closure is of the eyes' opening. It is an
    indication for people at a screen and no medical or driving safety device.
    """

    def __init__(self) -> None:
        self._closed = Spans(WINDOW_MS)
        self._last: int | None = None
        self._was_closed = False
        self._tired = False
        self._wide_since: int | None = None
        self._counted = False
        self._yawns = 0

    def update(self, closure: float | None, mouth_open: float, timestamp_ms: int) -> Attention:
        """Return the state after one more frame.

        Args:
            closure: of the eyes in 0..1; ``None`` where they cannot be seen, which counts as
                not observed.
            mouth_open: height of the mouth's opening over its width.
            timestamp_ms: never less than at the frame before.
        """
        step = 0 if self._last is None else timestamp_ms - self._last
        self._last = timestamp_ms
        if step > LONGEST_STEP_MS:
            self._wide_since = None
        if closure is not None:
            if 0 < step <= LONGEST_STEP_MS:
                self._closed.add(timestamp_ms, step, self._was_closed)
            self._was_closed = closure >= P80
        self._look_at_mouth(mouth_open, timestamp_ms)
        perclos = self._closed.share(LEAST_WINDOW_MS)
        if perclos is not None:
            self._tired = perclos >= (AWAKE if self._tired else TIRED)
        state: State = "unknown" if perclos is None else "tired" if self._tired else "awake"
        yawning = self._wide_since is not None and self._counted
        return Attention(perclos, state, self._closed.seen_ms, self._yawns, yawning)

    def _look_at_mouth(self, opening: float, now: int) -> None:
        if self._wide_since is None:
            if opening >= WIDE:
                self._wide_since, self._counted = now, False
        elif opening < NARROW:
            self._wide_since = None
        elif not self._counted and now - self._wide_since >= YAWN_MS:
            self._counted = True
            self._yawns += 1
