"""The expression in time: smoothed probabilities, and a label that does not flicker."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.faces.result import LABELS

TIME_MS = 350.0
"""Time constant: after so long, 63 % of a new expression has come through."""

MARGIN = 0.08
"""A new label has to lead the shown one by so much probability …"""

HOLD_MS = 250
"""… for so long without a break."""

FLOOR = 1e-3
"""Less likely than this counts as this, so that one frame cannot forbid a label for seconds."""


@dataclass(frozen=True)
class Smoothed:
    """A smoothed expression.

    Attributes:
        label: one of ``LABELS``; not always the likeliest, see :class:`ExpressionSmoother`.
        confidence: smoothed probability of *label*.
        probabilities: of every label, summing to 1.
    """

    label: str
    confidence: float
    probabilities: dict[str, float]


class ExpressionSmoother:
    """Smooths one person's expression.

    The log-probabilities run through an exponential moving average for unevenly spaced
    times, weight ``1 - exp(-dt / TIME_MS)`` (Eckner 2019, "Algorithms for Unevenly Spaced
    Time Series"), which joins the frames as a logarithmic opinion pool (Genest and Zidek
    1986). The label changes like a Schmitt trigger with a dwell time (Schmitt 1938): only
    when another one has led by ``MARGIN`` for ``HOLD_MS``.
    """

    def __init__(self) -> None:
        self._logs: np.ndarray[tuple[int], np.dtype[np.float64]] | None = None
        self._label = ""
        self._rival = ""
        self._since = 0
        self._last = 0

    def update(self, probabilities: Mapping[str, float], timestamp_ms: int) -> Smoothed:
        """Return the smoothed expression after one more frame.

        Args:
            probabilities: of every label in this frame.
            timestamp_ms: never less than at the frame before.
        """
        new = np.log(np.maximum([probabilities[label] for label in LABELS], FLOOR))
        if self._logs is None:
            self._logs = new
        else:
            share = 1.0 - math.exp(-(timestamp_ms - self._last) / TIME_MS)
            self._logs = self._logs + share * (new - self._logs)
        self._last = timestamp_ms
        chances = np.exp(self._logs - self._logs.max())
        chances /= chances.sum()
        smoothed = dict(zip(LABELS, chances.tolist(), strict=True))
        self._decide(smoothed, timestamp_ms)
        return Smoothed(self._label, smoothed[self._label], smoothed)

    def _decide(self, chances: Mapping[str, float], now: int) -> None:
        best = max(chances, key=lambda label: chances[label])
        if not self._label:
            self._label = best
        if best == self._label or chances[best] - chances[self._label] < MARGIN:
            self._rival = ""
            return
        if best != self._rival:
            self._rival, self._since = best, now
        if now - self._since >= HOLD_MS:
            self._label, self._rival = best, ""
