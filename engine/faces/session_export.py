"""A session as CSV, one row a sample and person, or as JSON with everything."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from engine.errors import InputError
from engine.faces.result import LABELS
from engine.faces.session import Sample, Session
from engine.faces.session_summary import Segment, segments, summarise
from engine.jobs import Progress
from engine.saving import replacing

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
