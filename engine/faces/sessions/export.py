"""A session as CSV, one row a sample and person, or as JSON with everything."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError
from engine.core.files import replacing
from engine.core.jobs import Progress
from engine.faces.measure.eyes import LEAST_MS
from engine.faces.result import LABELS
from engine.faces.sessions.session import Event, Rows, Sample, Session


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


HEADER = (
    *("시간(초)", "사람", "구간", "표정", "확신"),
    *LABELS,
    *("깜빡임", "눈 감음 정도", "눈 감음", "PERCLOS", "졸림", "하품", "하품 중"),
    *("시선", "시선 좌우(도)", "시선 위아래(도)", "주의"),
    *("머리 좌우(도)", "머리 위아래(도)", "머리 기울기(도)"),
    *("얼굴 x", "얼굴 y", "얼굴 너비", "얼굴 높이", "기준 얼굴"),
)
"""Columns of the CSV; unknown is empty, yes and no are 1 and 0."""

_PAGE = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float


def write_csv(session: Session, path: Path, progress: Progress | None = None) -> int:
    """Write the samples as UTF-8 with a byte order mark, as Excel needs it; return how many.

    Raises:
        InputError: the suffix is not ``.csv``.
        StorageError: the file cannot be written; what lay there is untouched.
        Cancelled: *progress* was cancelled; nothing is left behind.
    """
    _check(path, ".csv")

    with (
        replacing(path, make_folder=True) as part,
        part.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream,
    ):
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for sample, segment in _samples(session, progress or Progress()):
            writer.writerow(_cells(sample, segment))
    return len(session.rows)


def write_json(session: Session, path: Path, progress: Progress | None = None) -> int:
    """Write session, marks, segments with their summaries, and the samples, one a line.

    Raises:
        InputError: the suffix is not ``.json``.
        StorageError: the file cannot be written; what lay there is untouched.
        Cancelled: *progress* was cancelled; nothing is left behind.
    """
    _check(path, ".json")

    with (
        replacing(path, make_folder=True) as part,
        part.open("w", encoding="utf-8", errors="replace") as stream,
    ):
        head = json.dumps(overview(session), ensure_ascii=False, indent=1)
        stream.write(head.removesuffix("\n}") + ',\n "samples": [')
        _lines(stream, session, progress or Progress())
        stream.write("\n ]\n}\n")
    return len(session.rows)


def overview(session: Session) -> dict[str, Any]:
    """Return the session without its samples, as plain types for JSON."""
    return {
        "session": session.about.to_dict(),
        "seconds": round(session.duration, 3),
        "frames": len(session.times),
        "persons": list(session.persons),
        "events": [
            {"time": round(e.time, 3), "label": e.label, "colour": e.colour} for e in session.events
        ],
        "segments": [
            {
                "number": part.number,
                "start": round(part.start, 3),
                "end": round(part.end, 3),
                "label": part.label,
                "persons": [_rounded(one.to_dict()) for one in summarise(session, part)],
            }
            for part in segments(session)
        ],
    }


def _lines(stream: TextIO, session: Session, progress: Progress) -> None:
    comma = ""
    for sample, segment in _samples(session, progress):
        row = _rounded(vars(sample)) | {"segment": segment.number if segment else None}
        stream.write(f"{comma}\n  {json.dumps(row, ensure_ascii=False)}")
        comma = ","


def _samples(session: Session, progress: Progress) -> Iterator[tuple[Sample, Segment | None]]:
    parts = list(segments(session))
    place = 0
    for number, row in enumerate(session.rows):
        if number % _PAGE == 0:
            progress.report(number / len(session.rows))
        sample = Sample.of(row)
        while place + 1 < len(parts) and sample.time >= parts[place].end:
            place += 1
        yield sample, parts[place] if parts else None


def _cells(sample: Sample, segment: Segment | None) -> list[Cell]:
    across, along, side = sample.gaze or ("", "", "")
    label = segment.label if segment else ""
    return [
        *(round(sample.time, 3), sample.person),
        f"'{label}" if label.startswith(_FORMULA) else label,
        *(sample.label, round(sample.confidence, 4)),
        *(round(chance, 4) for chance in sample.probabilities.values()),
        *(sample.blinks, _cell(sample.closure), int(sample.shut), _cell(sample.perclos)),
        *(_cell(sample.drowsy), sample.yawns, int(sample.yawning)),
        *(side, _cell(across), _cell(along), _cell(sample.attentive)),
        *(round(angle, 2) for angle in sample.pose),
        *(round(edge, 1) for edge in sample.box),
        int(sample.baseline),
    ]


def _cell(value: float | bool | str | None) -> Cell:
    if value is None or isinstance(value, str):
        return value or ""
    return int(value) if isinstance(value, bool) else round(value, 4)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, tuple | list) else value


def _check(path: Path, suffix: str) -> None:
    if path.suffix.lower() != suffix:
        raise InputError(
            f"{suffix} 파일로만 저장할 수 있어요: {path.name}", f"Only {suffix}: {path.name}"
        )
