"""Files that are written whole or not at all, and over no other."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from engine.errors import StorageError


def free(path: Path) -> Path:
    """Return *path*, or the same with a number, so that no file lies there yet."""
    number, there = 1, path
    while os.path.lexists(there):
        number += 1
        there = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return there


def write_whole(path: Path, content: bytes, *, make_folder: bool = False) -> None:
    """Write *content* beside *path*, then put it in its place.

    Args:
        make_folder: make the folder if it is not there; otherwise that is an error.

    Raises:
        StorageError: no permission, no room, no such folder; what lay at *path* is untouched.
    """
    part: Path | None = None
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(part, path)
    except OSError as error:
        raise StorageError(
            f"저장할 수 없어요: {path} ({error.strerror}). 다른 폴더에 저장해 주세요.",
            f"Cannot save {path}: {error.strerror}. Try another folder.",
        ) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
