"""Many photos, looked at one after the other; one that fails never stops the others.

Only a thumbnail and the answers of each photo are kept: a picture is read again to be shown.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from engine.comments import pipeline
from engine.comments.objects import Detection
from engine.comments.result import CommentResult, PhotoResult
from engine.errors import InputError, MaumgyeolError, Message
from engine.images import SUFFIXES, Bgr, Picture, read_picture
from engine.jobs import Cancelled, Progress

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
        InputError: see :func:`engine.images.read_picture`.
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
