"""What happened between the marks of a session, person by person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.faces.blinks import LEAST_MS
from engine.faces.result import LABELS
from engine.faces.session import Event, Rows, Session


@dataclass(frozen=True)
class Segment:
    """The time from one mark to the next: seconds, and the mark's name and colour.

    The part before the first mark has neither.
    """

    number: int
    start: float
    end: float
    label: str
    colour: str

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True)
class Summary:
    """One person in one segment; everything is weighted by time.

    Attributes:
        seconds: in the picture; *share*: of the watched time of the segment.
        probabilities: means, by expression.
        labels: share of the person's time under each label.
        blinks: that were counted.
        blink_rate: a minute of time with the eyes in sight; ``None`` below 20 s of that.
        attention: share of the time in which it is known whether the person was attentive;
            ``None`` where it never is.
        closed: share of the time with the eyes shut (longer than blinks or not).
        yawns: that were counted.
    """

    person: int
    seconds: float
    share: float
    probabilities: dict[str, float]
    labels: dict[str, float]
    blinks: int
    blink_rate: float | None
    attention: float | None
    closed: float | None
    yawns: int

    @property
    def label(self) -> str:
        """The expression that lasted longest."""
        return max(self.labels, key=lambda name: self.labels[name])

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return asdict(self)


def segments(session: Session) -> tuple[Segment, ...]:
    """Return the parts between the marks, those of no length left out.

    One part where nothing was marked; none of an empty session.
    """
    end = session.duration
    events = [event for event in session.events if event.time < end]
    bounds = [Event(0, 0.0, "", ""), *events]
    ends = [*(event.time for event in events), end]
    pairs = [(b, e) for b, e in zip(bounds, ends, strict=True) if e - max(b.time, 0.0) > 1e-9]
    return tuple(
        Segment(number, max(begun.time, 0.0), until, begun.label, begun.colour)
        for number, (begun, until) in enumerate(pairs, start=1)
    )


def summarise(session: Session, segment: Segment) -> tuple[Summary, ...]:
    """Return everybody who was in the picture during *segment*, by number."""
    low, high = (round(1000 * edge) for edge in (segment.start, segment.end))
    first, last = np.searchsorted(session.times, (low, high))
    watched = float(session.steps[first:last].sum())
    begin, end = np.searchsorted(session.rows["ms"], (low, high))
    rows, weights = session.rows[begin:end], session.weights[begin:end]
    return tuple(
        _summary(int(number), rows[mine], weights[mine], watched)
        for number in np.unique(rows["person"])
        for mine in [rows["person"] == number]
    )


def _summary(person: int, rows: Rows, weights: npt.NDArray[np.float64], watched: float) -> Summary:
    seconds = max(float(weights.sum()), 1e-9)
    means = (weights @ rows["chances"].astype(np.float64)) / seconds
    held = np.bincount(rows["label"], weights=weights, minlength=len(LABELS)) / seconds
    seen = ~np.isnan(rows["closure"])
    eyes = float(weights[seen].sum())
    known = rows["attentive"] >= 0
    blinks = int(rows["blinks"].sum())
    return Summary(
        person=person,
        seconds=float(weights.sum()),
        share=min(seconds / watched, 1.0) if watched > 0 else 0.0,
        probabilities=dict(zip(LABELS, means.tolist(), strict=True)),
        labels=dict(zip(LABELS, held.tolist(), strict=True)),
        blinks=blinks,
        blink_rate=blinks * 60 / eyes if eyes * 1000 >= LEAST_MS else None,
        attention=_share(rows["attentive"] == 1, weights, known),
        closed=_share(rows["shut"] == 1, weights, seen),
        yawns=int(rows["yawns"].sum()),
    )


def _share(
    true: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64], known: npt.NDArray[np.bool_]
) -> float | None:
    whole = float(weights[known].sum())
    return float(weights[known & true].sum()) / whole if whole > 0 else None
