"""Many photos, looked at one after the other; one that fails never stops the others.

Only a thumbnail and the answers of each photo are kept: a picture is read again to be shown.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from engine.comments import pipeline
from engine.comments.detect.objects import Box, DetectedObject, Detection
from engine.comments.result import CommentResult, PhotoFace, PhotoResult
from engine.core.errors import InputError, MaumgyeolError, Message
from engine.core.files import write_whole
from engine.core.jobs import Cancelled, Progress
from engine.media.images import SUFFIXES, Bgr, Picture, read_picture

log = logging.getLogger(__name__)

State = Literal["waiting", "looking", "done", "failed"]

MOST = 1000
"""Most photos of one album."""
THUMBNAIL = 176
"""Longer side of a thumbnail in pixels."""

UNEXPECTED = Message(
    "이 사진에서 예상하지 못한 문제가 생겼어요. 자세한 내용은 로그에 있어요.",
    "Something unexpected went wrong with this photo; the log has the details.",
)

_reading = threading.Lock()  # two of a hundred megapixels at once would take twice the memory


@dataclass(frozen=True)
class Entry:
    """One photo of an album.

    Attributes:
        path: the file; it is never written to.
        state: ``waiting``, ``looking``, ``done`` or ``failed``.
        reason: why it failed, or why there are no comments.
        thumbnail: BGR, its longer side at most ``THUMBNAIL``; None before it was read.
        photo: what was found in it.
        labels: those that the comments are written from; the user may switch them.
        written: the comments.
        chosen: the comment that the user took, edited or not.
        own: whether the user wrote *chosen* himself.
        notes: what is to be said of the file, for example that it moves.
    """

    path: Path
    state: State = "waiting"
    reason: Message | None = None
    thumbnail: Bgr | None = field(default=None, compare=False)
    photo: PhotoResult | None = None
    labels: tuple[str, ...] = ()
    written: CommentResult | None = None
    chosen: str | None = None
    own: bool = False
    notes: tuple[Message, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the photo was looked at and nothing was found in it."""
        return self.photo is not None and not (self.photo.faces or self.photo.objects)


Write = Callable[[PhotoResult, tuple[str, ...]], CommentResult]
"""Makes the comments of what was found, from the labels that are on."""
OnEntry = Callable[[int, Entry], object]
OnPicture = Callable[[int, Picture], object]


def collect(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the photos among *paths* and in the folders among them, and the files left out.

    A file that was named is taken whatever its ending, so that its fault is told; within a
    folder only pictures are, by name. No photo comes twice, and at most ``MOST`` come.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if os.path.isdir(path):
            found.update(dict.fromkeys(_within(path)))
        else:
            found[path] = None
    every = list(found)
    return every[:MOST], every[MOST:]


def _within(folder: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise InputError(
            f"폴더를 열 수 없어요: {folder.name} ({error.strerror})",
            f"Cannot open the folder {folder}: {error.strerror}",
        ) from error
    pictures = (name for name in names if name.lower().endswith(SUFFIXES))
    return [folder / name for name in pictures if not name.startswith(".")]


def read(path: Path) -> Picture:
    """Read one photo; where two threads ask, the second waits for the first.

    Raises:
        InputError: see :func:`engine.media.images.read_picture`.
    """
    with _reading:
        return read_picture(path)


def run(
    photos: Sequence[tuple[int, Path]],
    write: Write,
    options: Detection | None = None,
    *,
    progress: Progress | None = None,
    on_entry: OnEntry,
    on_picture: OnPicture | None = None,
) -> int:
    """Look at *photos*, (number, file) each, and write their comments; return how many failed.

    Args:
        write: makes the comments of what was found, from its labels.
        options: which objects are looked for, and how.
        on_entry: told of each photo as it is begun and as it ends, in the caller's thread.
        on_picture: told of each picture as soon as it was read.

    Raises:
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
        Cancelled: *progress* was cancelled; the photo under way is waiting again.
    """
    progress, failed = progress or Progress(), 0
    with pipeline.open_reader() as reader:
        for turn, (number, path) in enumerate(photos):
            part = progress.part(turn / len(photos), (turn + 1) / len(photos))
            entry = Entry(path, "looking")
            on_entry(number, entry)
            try:
                part.report(0.0, _told(turn, len(photos), path))
                picture = read(path)
                if on_picture is not None:
                    on_picture(number, picture)
                entry = replace(entry, thumbnail=thumbnail(picture.pixels), notes=picture.notes)
                calm = part if len(photos) == 1 else _calm(part)
                found = pipeline.analyse(
                    picture.pixels, reader=reader, progress=calm, options=options
                )
                del picture
                part.report(0.9)
                entry = written(replace(entry, photo=found, labels=found.labels), write)
            except Cancelled:
                on_entry(number, Entry(path))
                raise
            except MaumgyeolError as error:
                entry = replace(entry, state="failed", reason=error.message)
            except Exception:
                log.exception("unexpected error in %s", path)
                entry = replace(entry, state="failed", reason=UNEXPECTED)
            failed += entry.state == "failed"
            on_entry(number, entry)
    progress.report(1.0)
    return failed


def rewrite(
    entries: Sequence[tuple[int, Entry]],
    write: Write,
    *,
    progress: Progress | None = None,
    on_entry: OnEntry,
) -> int:
    """Write the comments of *entries*, (number, entry) each, anew; return 0, as none can fail.

    Those without a look at their photo are passed over. What was chosen is chosen no more.

    Raises:
        ModelMissingError, ModelCorruptError: the writer cannot be loaded.
        Cancelled: *progress* was cancelled; those not yet written stay as they were.
    """
    progress = progress or Progress()
    for turn, (number, entry) in enumerate(entries):
        said = Message(f"댓글을 다시 쓰는 중… {entry.path.name}", f"Writing for {entry.path.name}…")
        progress.report(turn / len(entries), said)
        if entry.photo is not None:
            clean = replace(entry, chosen=None, own=False, reason=None)
            on_entry(number, written(clean, write))
    progress.report(1.0)
    return 0


def written(entry: Entry, write: Write) -> Entry:
    """Return *entry* done, with comments, or with the reason why there are none."""
    assert entry.photo is not None
    try:
        return replace(entry, state="done", written=write(entry.photo, entry.labels))
    except InputError as error:
        return replace(entry, state="done", reason=error.message)


def thumbnail(pixels: Bgr, side: int = THUMBNAIL) -> Bgr:
    """Return *pixels* (H, W, 3) scaled down so that no side is longer than *side*."""
    import cv2
    import numpy as np

    scale = side / max(pixels.shape[:2])
    if scale >= 1:
        return pixels.copy()
    width, height = (max(round(n * scale), 1) for n in (pixels.shape[1], pixels.shape[0]))
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small, dtype=np.uint8)


def _told(turn: int, of: int, path: Path) -> Message:
    return Message(
        f"사진을 보는 중… {turn + 1}/{of} · {path.name}",
        f"Looking at photo {turn + 1} of {of}: {path.name}",
    )


def _calm(part: Progress) -> Progress:
    """Return a progress that moves *part* on without taking the photo's name away."""
    return Progress(lambda fraction, message: part.report(fraction))


# ----------------------------------------------------------------------------------------
# An album as a table (CSV) or as JSON.

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


# ----------------------------------------------------------------------------------------
# A photo's answers brought back from what the history kept of them.


def from_dict(payload: dict[str, Any]) -> Entry:
    """Return the entry that :func:`engine.comments.album.to_dict` described.

    What labels were left out, and why, is not brought back.

    Raises:
        InputError: the payload has no comments, or is of another kind.
    """
    try:
        return Entry(
            path=Path(payload.get("path") or payload.get("file") or ""),
            state="done",
            photo=_photo(payload) if "objects" in payload else None,
            labels=tuple(map(str, payload["labels"])),
            written=_written(payload),
            chosen=payload.get("chosen"),
            own=bool(payload.get("own")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            "이 기록은 다시 열 수 없어요.", f"This record cannot be opened again: {error!r}"
        ) from error


def _photo(payload: dict[str, Any]) -> PhotoResult:
    width, height = payload["image_size"]
    found = tuple(
        DetectedObject(item["name_ko"], item["name_en"], item["confidence"], _box(item["box"]))
        for item in payload["objects"]
    )
    faces = tuple(
        PhotoFace(_box(item["box"]), item["expression"], item["confidence"], item["label"])
        for item in payload["faces"]
    )
    return PhotoResult(
        image_size=(int(width), int(height)),
        faces=faces,
        objects=found,
        labels=tuple(map(str, payload.get("photo_labels", payload["labels"]))),
        left_out=(),
        warnings=(),
        models=tuple(map(str, payload["detectors"])),
        milliseconds=float(payload["detect_milliseconds"]),
    )


def _written(payload: dict[str, Any]) -> CommentResult:
    comments = tuple(map(str, payload["comments"]))
    if not comments:
        raise ValueError("no comments")
    return CommentResult(
        labels=tuple(map(str, payload["labels"])),
        comments=comments,
        left_out=(),
        model=str(payload["model"]),
        milliseconds=float(payload["milliseconds"]),
        tone=str(payload.get("tone", "기본")),
        hashtags=tuple(map(str, payload.get("hashtags", ()))),
    )


def _box(values: list[float]) -> Box:
    x, y, width, height = map(float, values)
    return x, y, width, height
