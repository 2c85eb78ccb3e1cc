"""Drowsiness by PERCLOS, and yawns, each over enough observed time or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.faces.spans import LONGEST_STEP_MS, Spans

P80 = 0.8
"""Eyes closed by so much count as closed: PERCLOS P80."""

WINDOW_MS = 60_000
"""PERCLOS is of the last minute …"""

LEAST_MS = 30_000
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
        perclos = self._closed.share(LEAST_MS)
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
