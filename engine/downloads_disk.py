"""The disk's side of a download: the part, what is noted beside it, room, and the last check."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from engine.errors import DownloadError, StorageError
from engine.state import MALFORMED

_SPARE = 20_000_000  # bytes that stay free on the disk
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Kept:
    """Bytes of a part, the version of the file that they are of, and whether that is all."""

    bytes: int = 0
    tag: str = ""
    whole: bool = False


def kept(part: Path) -> Kept:
    """Return what is there to go on from; nothing where its version is not known."""
    try:
        notes = json.loads(_notes(part).read_text(encoding="utf-8"))
        size, tag = part.stat().st_size, str(notes["tag"])
        return Kept(size, tag, size == notes["bytes"]) if tag else Kept()
    except (FileNotFoundError, *MALFORMED):  # then the download begins anew
        return Kept()


def note(part: Path, tag: str, size: int | None) -> None:
    """Note beside *part* which version of the file it is of, and how large that is.

    Raises:
        OSError: the folder cannot be written.
    """
    _notes(part).write_text(json.dumps({"tag": tag, "bytes": size}), encoding="utf-8")


def room(place: Path, size: int | None, have: int) -> None:
    """Refuse to begin what the disk cannot hold.

    Raises:
        OSError: there is too little room.
    """
    free = shutil.disk_usage(place.parent).free
    if size is not None and size - have > free - _SPARE:
        raise OSError(errno.ENOSPC, "No space left on device")


def check(part: Path) -> None:
    """Refuse what is no whole zip; a damaged part is deleted, as nothing can be built on it.

    Raises:
        DownloadError: it is damaged or something else.
        OSError: it cannot be read.
    """
    with part.open("rb") as stream:
        head = stream.read(4)
    try:
        with zipfile.ZipFile(part) as archive:
            bad = archive.testzip() is not None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError):
        bad = True
    if bad or head != _ZIP:
        discard(part)
        raise DownloadError(
            "받은 파일이 모델이 아니거나 손상되었어요. 지웠으니 다시 받아 주세요.",
            "What arrived is no model file, or is damaged. It was deleted; download it again.",
        )


def discard(part: Path) -> None:
    """Delete a part and its notes.

    Raises:
        OSError: the folder cannot be written.
    """
    for each in (part, _notes(part)):
        each.unlink(missing_ok=True)


def storage(place: Path, error: OSError) -> StorageError:
    """Return what to say when a file cannot be written."""
    if error.errno == errno.ENOSPC:
        return StorageError(
            f"디스크에 자리가 모자라요: {place.parent}. 자리를 만든 뒤 이어 받아 주세요.",
            f"The disk is full: {place.parent}. Make room, then resume the download.",
        )
    return StorageError(
        f"모델을 저장할 수 없어요: {place.parent} ({error.strerror})",
        f"Cannot store the model in {place.parent}: {error.strerror or error}",
    )


def part_of(place: Path) -> Path:
    """Return where the part of a file lies while it is being fetched."""
    return place.with_name(place.name + ".part")


def _notes(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def leftovers(place: Path) -> tuple[Path, Path]:
    """Return the files that an unfinished download leaves beside *place*."""
    part = part_of(place)
    return part, _notes(part)


def settle(part: Path, place: Path) -> None:
    """Put the whole part in its place.

    Raises:
        OSError: the folder cannot be written.
    """
    os.replace(part, place)
    _notes(part).unlink(missing_ok=True)
