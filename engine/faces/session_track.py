"""One person's line over time, thinned to what a plot can show; a million samples or ten."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from engine.faces.session import BREAK_S, Sample, Session

BLOCK = 16
"""A coarser level holds one value for so many of the level below."""

Times = npt.NDArray[np.float64]
Values = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Curve:
    """What is drawn between two times.

    Attributes:
        times: (M,) seconds, growing.
        mean, peak: (M, 7) of the probabilities around each time; the same when zoomed in.
        attention: (M,) share of the time that the person was attentive; NaN where unknown.
        breaks: places in *times* before which the person was not seen.
    """

    times: Times
    mean: Values
    peak: Values
    attention: Values
    breaks: npt.NDArray[np.int64]

    def pieces(self) -> list[slice]:
        """Return the unbroken parts."""
        edges = [0, *self.breaks.tolist(), len(self.times)]
        return [slice(a, b) for a, b in itertools.pairwise(edges) if b > a]


class Track:
    """The samples of one person, with coarser levels for looking from afar."""

    def __init__(self, session: Session, person: int) -> None:
        mine = session.rows["person"] == person
        rows = session.rows[mine]
        self.person = person
        self._rows = rows
        self.times: Times = rows["ms"] / 1000.0
        self.blinks: Times = self.times[rows["blinks"] > 0]
        self.yawns: Times = self.times[rows["yawns"] > 0]
        self._chances: Values = np.ascontiguousarray(rows["chances"])
        known = np.where(rows["attentive"] < 0, np.nan, rows["attentive"])
        self._attentive: Values = known.astype(np.float32)
        usual = float(np.median(session.steps)) if len(session.steps) else 0.04
        self._gap = max(BREAK_S, 3 * usual)

    def curve(self, start: float, end: float, most: int) -> Curve:
        """Return at most about *most* points between two times in seconds, and one outside.

        The work does not grow with the number of samples in between.
        """
        level = 0
        times, mean, peak, attention = self._levels[0]
        low, high = _between(times, start, end)
        while high - low > BLOCK * most and level + 1 < len(self._levels):
            level += 1
            times, mean, peak, attention = self._levels[level]
            low, high = _between(times, start, end)
        part = slice(max(low - 1, 0), min(high + 1, len(times)))
        parts = (times[part], mean[part], peak[part], attention[part])
        if high - low > most:
            parts = _thinned(*parts, start, (end - start) / most)
        gap = max(self._gap, 2.5 * (end - start) / most, 2 * self._spans[level])
        breaks = np.flatnonzero(np.diff(parts[0]) > gap) + 1
        return Curve(*parts, breaks)

    def marks(self, times: Times, start: float, end: float, most: int) -> Times:
        """Return those of *times* (blinks, yawns) between two seconds, one a *most*-th part."""
        low, high = np.searchsorted(times, (start, end))
        found = times[low:high]
        if len(found) <= most:
            return found
        places = np.unique(((found - start) / max(end - start, 1e-9) * most).astype(np.int64))
        return np.asarray(start + (places + 0.5) * (end - start) / most)

    def near(self, seconds: float) -> Sample | None:
        """Return the sample of that time (the last one not after it), ``None`` in a gap."""
        place = int(np.searchsorted(self.times, seconds + 5e-4, side="right")) - 1
        if place < 0 or seconds - self.times[place] > self._gap:
            return None
        return Sample.of(self._rows[place])

    @cached_property
    def _levels(self) -> list[tuple[Times, Values, Values, Values]]:
        levels = [(self.times, self._chances, self._chances, self._attentive)]
        while len(levels[-1][0]) > 4096:
            levels.append(_coarser(*levels[-1], self._gap))
        return levels

    @cached_property
    def _spans(self) -> list[float]:
        """Usual seconds between two values of each level."""
        return [
            float(np.median(np.diff(level[0]))) if len(level[0]) > 1 else 0.0
            for level in self._levels
        ]


def _between(times: Times, start: float, end: float) -> tuple[int, int]:
    low, high = np.searchsorted(times, (start, end))
    return int(low), int(high)


def _coarser(
    times: Times, mean: Values, peak: Values, attention: Values, gap: float
) -> tuple[Times, Values, Values, Values]:
    """Return a value for ``BLOCK`` of them, or fewer where the person was away in between."""
    steps = np.diff(times)
    away = np.flatnonzero(steps > max(gap, 2.5 * float(np.median(steps)))) + 1
    starts = np.union1d(np.arange(0, len(times), BLOCK), away)
    return _grouped(times, mean, peak, attention, starts)


def _thinned(
    times: Times, mean: Values, peak: Values, attention: Values, start: float, width: float
) -> tuple[Times, Values, Values, Values]:
    """Return one value for all that fall into the same *width* seconds."""
    places = np.floor((times - start) / width)
    return _grouped(times, mean, peak, attention, np.flatnonzero(np.diff(places, prepend=-np.inf)))


def _grouped(
    times: Times, mean: Values, peak: Values, attention: Values, starts: npt.NDArray[np.int64]
) -> tuple[Times, Values, Values, Values]:
    counts = np.diff(np.append(starts, len(times)))
    known = ~np.isnan(attention)
    sums = np.add.reduceat(np.where(known, attention, 0), starts)
    seen = np.add.reduceat(known.astype(np.float32), starts)
    with np.errstate(invalid="ignore"):
        share = (sums / seen).astype(np.float32)
    return (
        np.add.reduceat(times, starts) / counts,
        (np.add.reduceat(mean, starts) / counts[:, None]).astype(np.float32),
        np.maximum.reduceat(peak, starts),
        share,
    )
