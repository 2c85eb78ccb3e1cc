"""An album as a table (CSV) or as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.comments.album import Entry
from engine.errors import InputError
from engine.saving import write_whole

COLUMNS = (
    *("파일", "상태", "설명", "라벨", "표정", "사물", "고른 댓글"),
    *("댓글 1", "댓글 2", "댓글 3", "해시태그", "말투", "모델"),
)
STATES = {"waiting": "기다림", "looking": "보는 중", "done": "완료", "failed": "실패"}
NOTHING = "아무것도 찾지 못했어요."

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def save(path: Path, entries: Sequence[Entry]) -> Path:
    """Write *entries* to .csv (UTF-8 with a byte order mark) or .json, by the suffix.

    Raises:
        InputError: the suffix is neither.
        StorageError: the file cannot be written; an older one is left as it was.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        write_whole(path, _csv(entries))
    elif kind == ".json":
        text = json.dumps([to_dict(entry) for entry in entries], ensure_ascii=False, indent=1)
        write_whole(path, f"{text}\n".encode())
    else:
        raise InputError(
            f"CSV나 JSON으로만 저장할 수 있어요: {path.name}", f"Only .csv or .json: {path.name}"
        )
    return path


def to_dict(entry: Entry) -> dict[str, Any]:
    """Return everything that is known of a photo, as plain types for JSON."""
    photo = entry.photo.to_dict() if entry.photo is not None else {}
    comments = entry.written.to_dict() if entry.written is not None else {}
    return {
        "file": entry.path.name,
        "path": str(entry.path),
        "state": entry.state,
        "reason": entry.reason.en if entry.reason else None,
        "notes": [note.en for note in entry.notes],
        **photo,
        **comments,
        "photo_labels": list(entry.photo.labels) if entry.photo is not None else [],
        "labels": list(entry.labels),
        "chosen": entry.chosen,
        "own": entry.own,
    }


def row(entry: Entry) -> tuple[str, ...]:
    """Return the cells of one photo, in the order of ``COLUMNS``."""
    photo, written = entry.photo, entry.written
    faces = Counter(face.expression for face in photo.faces) if photo else {}
    comments = [*(written.comments if written else ()), "", "", ""][:3]
    said = [entry.reason.ko if entry.reason else "", *(note.ko for note in entry.notes)]
    said += [warning.ko for warning in photo.warnings] if photo else []
    if entry.empty:
        said.append(NOTHING)
    return (
        entry.path.name,
        STATES[entry.state],
        " ".join(filter(None, said)),
        ", ".join(entry.labels),
        ", ".join(f"{name} {n}" for name, n in faces.items()),
        ", ".join(photo.counted) if photo else "",
        entry.chosen or "",
        *comments,
        " ".join(written.hashtags) if written else "",
        written.tone if written else "",
        ", ".join((*(photo.models if photo else ()), *((written.model,) if written else ()))),
    )


def _csv(entries: Sequence[Entry]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row(entry)] for entry in entries)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _safe(cell: str) -> str:
    """Return *cell*, led by an apostrophe if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
