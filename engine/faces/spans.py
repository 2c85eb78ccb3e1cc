"""A sliding window of observed time: what share of it something was so."""

from __future__ import annotations

from collections import deque

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
