"""A session: what was read of every person of a live view or a video, over time."""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from engine.core import state
from engine.core.errors import Message
from engine.faces.result import LABELS, Box

DIRECTIONS = ("centre", "left", "right", "up", "down")
"""Sides that a view may have, as they are numbered in ``ROW``."""

ROW = np.dtype(
    [
        ("ms", "<i4"),
        ("person", "<i4"),
        ("box", "<f4", (4,)),
        ("chances", "<f4", (len(LABELS),)),
        ("label", "u1"),
        ("blinks", "u1"),
        ("closure", "<f4"),
        ("shut", "u1"),
        ("perclos", "<f4"),
        ("tired", "i1"),
        ("yawns", "u1"),
        ("yawning", "u1"),
        ("gaze", "<f4", (2,)),
        ("view", "i1"),
        ("attentive", "i1"),
        ("pose", "<f4", (3,)),
        ("centred", "u1"),
    ]
)
"""One person in one sampled frame, 101 bytes. Unknown is NaN, or -1 where it is a number of a
kind; *blinks* and *yawns* are those that were counted since the person's row before."""

Rows = npt.NDArray[np.void]
"""(N,) of dtype ``ROW``, in the order of time."""

BREAK_S = 1.0
"""Frames farther apart than this, and than three usual steps, were not watching in between."""


@dataclass(frozen=True)
class Event:
    """A moment that the user marked: number, seconds from the start, name, ``#RRGGBB``."""

    id: int
    time: float
    label: str
    colour: str


@dataclass(frozen=True)
class About:
    """What a session is of.

    Attributes:
        id: names its file; sorts by time.
        kind: ``"live"`` or ``"video"`` (a file that was analysed).
        name: of the camera or file, to be shown.
        created: ISO 8601 in UTC.
        source: the analysed file; empty for a live one.
        video: what can be looked at beside the numbers; empty if nothing was kept.
        rate: frames a second that were asked for; 0 for every frame.
        model: name and version of what judged the expressions.
        size: (width, height) of the pictures in pixels.
        finished: false while it is being made, and for ever if the program was ended then.
        spent: seconds that an analysis took.
        note: why there is less than there could be.
        stopped: whether an analysis ended before the video did.
    """

    id: str
    kind: Literal["live", "video"]
    name: str
    created: str
    source: str = ""
    video: str = ""
    rate: float = 0.0
    model: str = ""
    size: tuple[int, int] = (0, 0)
    finished: bool = False
    spent: float = 0.0
    note: Message | None = None
    stopped: bool = False

    @property
    def partial(self) -> bool:
        """Whether this is a part of what was to be analysed or recorded."""
        return self.stopped or not self.finished

    @property
    def video_path(self) -> Path | None:
        """The video, if it still lies where it lay."""
        path = Path(self.video) if self.video else None
        return path if path is not None and path.is_file() else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        note = self.note._asdict() if self.note else None
        return {**asdict(self), "size": list(self.size), "note": note}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> About:
        """Return what *row* was made of; what a later version added is left out.

        Raises:
            state.MALFORMED: *row* is not such a dict.
        """
        width, height = row["size"]
        note = Message(**row["note"]) if row["note"] else None
        row = {"stopped": False, **row}  # not told by the first version
        known = {field.name: row[field.name] for field in fields(cls)}
        about = cls(**{**known, "size": (int(width), int(height)), "note": note})
        state.check_fields(about)
        if about.kind not in ("live", "video"):
            raise ValueError(f"a session of kind {about.kind!r}")
        datetime.fromisoformat(about.created)
        return about


@dataclass(frozen=True)
class Sample:
    """One person at one time, as numbers that can be read.

    Attributes:
        time: seconds from the start.
        box: x, y, width, height in pixels.
        label, confidence, probabilities: the smoothed expression.
        blinks, yawns: counted since the person's sample before.
        closure: of the eyes, 0 open to 1 closed; *shut*: whether they count as shut.
        perclos: share of the last minute with the eyes closed; *drowsy*: what it says.
        gaze: (yaw, pitch) in degrees and the side; *attentive*: see ``session_rows``.
        pose: (yaw, pitch, roll) of the head in degrees.
        baseline: whether the person's own neutral face was at work.
    """

    time: float
    person: int
    box: Box
    label: str
    confidence: float
    probabilities: dict[str, float]
    blinks: int
    closure: float | None
    shut: bool
    perclos: float | None
    drowsy: bool | None
    yawns: int
    yawning: bool
    gaze: tuple[float, float, str] | None
    attentive: bool | None
    pose: tuple[float, float, float]
    baseline: bool

    @classmethod
    def of(cls, row: Any) -> Sample:
        """Return the sample of one row of ``ROW``."""
        x, y, width, height = row["box"].tolist()
        chances = dict(zip(LABELS, row["chances"].tolist(), strict=True))
        label = LABELS[int(row["label"])]
        view, (across, along) = int(row["view"]), row["gaze"].tolist()
        yaw, pitch, roll = row["pose"].tolist()
        return cls(
            time=int(row["ms"]) / 1000,
            person=int(row["person"]),
            box=(x, y, width, height),
            label=label,
            confidence=chances[label],
            probabilities=chances,
            blinks=int(row["blinks"]),
            closure=_number(row["closure"]),
            shut=bool(row["shut"]),
            perclos=_number(row["perclos"]),
            drowsy=_maybe(row["tired"]),
            yawns=int(row["yawns"]),
            yawning=bool(row["yawning"]),
            gaze=None if view < 0 else (across, along, DIRECTIONS[view]),
            attentive=_maybe(row["attentive"]),
            pose=(yaw, pitch, roll),
            baseline=bool(row["centred"]),
        )


@dataclass(frozen=True, eq=False)
class Session:
    """A session as it lies in its store.

    Attributes:
        times: (F,) int32, milliseconds of every sampled frame, with or without a face.
        rows: (N,) of ``ROW``.
        events: by time.
    """

    about: About
    times: npt.NDArray[np.int32]
    rows: Rows
    events: tuple[Event, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds from the first to the end of the last frame."""
        return float(self.times[-1] + self.steps[-1] * 1000) / 1000 if len(self.times) else 0.0

    @cached_property
    def persons(self) -> tuple[int, ...]:
        """Numbers of the persons, in the order in which they came."""
        return tuple(int(number) for number in np.unique(self.rows["person"]))

    @cached_property
    def steps(self) -> npt.NDArray[np.float64]:
        """(F,) seconds that each frame stands for: up to the next, gaps left out."""
        if not len(self.times):
            return np.zeros(0)
        steps = np.diff(self.times.astype(np.float64)) / 1000
        usual = float(np.median(steps)) if len(steps) else 0.04
        steps = np.append(steps, usual)
        steps[steps > max(BREAK_S, 3 * usual)] = usual
        return steps

    @cached_property
    def weights(self) -> npt.NDArray[np.float64]:
        """(N,) seconds that each row stands for."""
        return np.asarray(self.steps[np.searchsorted(self.times, self.rows["ms"])])

    def of(self, person: int) -> Rows:
        """Return the rows of one person."""
        return self.rows[self.rows["person"] == person]

    def at(self, seconds: float) -> tuple[Sample, ...]:
        """Return everybody in the frame of that time (the last one not after it)."""
        place = int(np.searchsorted(self.times, round(seconds * 1000), side="right")) - 1
        if place < 0:
            return ()
        ms = self.times[place]
        low, high = np.searchsorted(self.rows["ms"], (ms, ms + 1))
        return tuple(Sample.of(row) for row in self.rows[low:high])


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def _maybe(value: Any) -> bool | None:
    return None if value < 0 else bool(value)


# ----------------------------------------------------------------------------------------
# One person's line over time, thinned to what a plot can show; a million samples or ten.

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
