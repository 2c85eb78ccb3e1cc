"""How fast a batch goes and how long it will still take, from what it told of late."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.core.jobs import Progress

_ROWS = 480
"""Rows that are read at a time, as many as a batch does."""

_SECONDS = 0.4
"""How long a mode is measured at least."""


def measure(texts: Sequence[str], mode: str, progress: Progress) -> float | None:
    """Return rows a second in *mode*, ``None`` where no text can be read.

    Raises:
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    from engine.reviews import predict_many
    from engine.text.normalize import MAX_CHARACTERS, normalize

    chosen = [text for text in texts if len(text) <= MAX_CHARACTERS and normalize(text)]
    if not chosen:
        return None
    sample = (chosen * -(-_ROWS // len(chosen)))[:_ROWS]
    predict_many(chosen[:1], progress, mode=mode)  # loads the model
    start, rows, passed = time.perf_counter(), 0, 0.0
    while passed < _SECONDS:
        predict_many(sample, progress, mode=mode)
        rows += len(sample)
        passed = time.perf_counter() - start
    return rows / passed


_WINDOW = 30.0
"""Seconds that the pace is taken from."""

_LEAST = 0.5
"""Seconds of work before a pace is told."""


class _Mark(NamedTuple):
    at: float
    rows: int
    fraction: float


class Pace:
    """Rows a second and seconds left; time in which the batch is held does not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: deque[_Mark] = deque()
        self._idle = 0.0
        self._held: float | None = None

    def hold(self) -> None:
        """The batch is held from now on."""
        if self._held is None:
            self._held = self._clock()

    def go_on(self) -> None:
        """It goes on."""
        if self._held is not None:
            self._idle += self._clock() - self._held
            self._held = None

    def add(self, rows: int, fraction: float) -> None:
        """Note how many rows were read so far and which part of the file, 0..1."""
        mark = _Mark(self._now(), rows, fraction)
        self._marks.append(mark)
        while len(self._marks) > 2 and mark.at - self._marks[1].at >= _WINDOW:
            self._marks.popleft()

    @property
    def rows_per_second(self) -> float | None:
        """Rows a second, ``None`` while that is not known."""
        passed = self._passed()
        return None if passed is None else (self._marks[-1].rows - self._marks[0].rows) / passed

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the end of the file, ``None`` while that is not known."""
        passed = self._passed()
        if passed is None:
            return None
        first, last = self._marks[0], self._marks[-1]
        gone = last.fraction - first.fraction
        return passed * (1 - last.fraction) / gone if gone > 0 else None

    def _passed(self) -> float | None:
        if len(self._marks) < 2:
            return None
        passed = self._marks[-1].at - self._marks[0].at
        return passed if passed >= _LEAST else None

    def _now(self) -> float:
        return (self._clock() if self._held is None else self._held) - self._idle
