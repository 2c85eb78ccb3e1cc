"""Files that are written whole or not at all, over no other, and leave nothing behind.

A file is written under a name of ours beside its target and then takes its place. While it is
written, a note in the cache names it, under a lock that the system releases when the process
ends, however it ends: the notes without an owner are what :func:`clear_leftovers` goes by.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engine.core import paths
from engine.core.errors import StorageError

PREFIX = ".maumgyeol-"
"""How the names of unfinished files and folders begin."""

_OURS = re.compile(re.escape(PREFIX) + r"[0-9a-f]{8}\.part(\.[^.]*)?")
_LONGEST_SUFFIX = 16
_NOTE = ".unfinished"
_FRESH_S = 60.0  # an empty note may be one that its owner is about to lock

log = logging.getLogger(__name__)


def free(path: Path) -> Path:
    """Return *path*, or the same with a number, so that no file lies there yet."""
    number, there = 1, path
    while os.path.lexists(there):
        number += 1
        there = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return there


def write_whole(path: Path, content: bytes, *, make_folder: bool = False) -> None:
    """Write *content* to *path*; see :func:`replacing`.

    Raises:
        StorageError: no permission, no room, no such folder; what lay at *path* is untouched.
    """
    with replacing(path, make_folder=make_folder) as part:
        part.write_bytes(content)


@contextlib.contextmanager
def replacing(path: Path, *, make_folder: bool = False) -> Iterator[Path]:
    """Yield a file beside *path* to be filled; it takes the place of *path* when the block ends.

    A symbolic link is written through. A new file has the mode that the umask gives, an
    existing one keeps its own. An exception in the block leaves *path* as it was.

    Args:
        make_folder: make the folder if it is not there; otherwise that is an error.

    Raises:
        StorageError: no permission, no room, no such folder, or *path* is no ordinary file.
    """
    try:
        target = _target(Path(path))
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        with scratch_file(target.parent, target.suffix) as part:
            yield part
            settle(part, target)
    except OSError as error:
        said = error.strerror or str(error)
        raise StorageError(
            f"저장할 수 없어요: {path} ({said}). 폴더의 권한과 남은 공간을 확인하거나 "
            "다른 폴더에 저장해 주세요.",
            f"Cannot save {path}: {said}. Check the folder's permissions and the free space, "
            "or try another folder.",
        ) from error


def check_writable(path: Path) -> None:
    """Return if :func:`replacing` could write *path* now: to be asked before long work.

    Raises:
        StorageError: it could not.
    """
    try:
        target = _target(Path(path))
        with scratch_file(target.parent):
            return
    except OSError as error:
        said = error.strerror or str(error)
        raise StorageError(
            f"저장할 수 없어요: {path} ({said}). 다른 폴더에 저장해 주세요.",
            f"Cannot save {path}: {said}. Try another folder.",
        ) from error


@contextlib.contextmanager
def scratch_file(folder: Path, suffix: str = "") -> Iterator[Path]:
    """Yield a new, empty file in *folder*, which is gone after the block if it is still there.

    Raises:
        OSError: it cannot be made.
    """
    part = _name(folder, suffix)
    with _noted(part):
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """Yield a new folder in *parent*, which is gone after the block if it is still there.

    Raises:
        OSError: it cannot be made.
    """
    part = _name(parent, "")
    with _noted(part):
        part.mkdir()
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


def settle(part: Path, target: Path) -> None:
    """Put a file or a folder of files into its place, safely on the disk.

    An existing file at *target* is replaced and its mode kept.

    Raises:
        OSError: it cannot be put there.
    """
    for file in part.rglob("*") if part.is_dir() else (part,):
        if file.is_file():
            _sync(file)
    if target.is_file():
        os.chmod(part, stat.S_IMODE(target.stat().st_mode))
    os.replace(part, target)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # some file systems cannot; the file itself is safe
            _sync_folder(target.parent)


def clear_leftovers() -> int:
    """Remove what runs that were killed left half-written, anywhere; return how many.

    Only files and folders that a note of such a run names, and whose names are ours.
    """
    removed = 0
    for note in _notes().glob(f"*{_NOTE}"):
        try:
            removed += _clear(note)
        except OSError as error:
            log.warning("leftover of %s not removed: %s", note.name, error)
    return removed


def _clear(note: Path) -> bool:
    with note.open("r+", encoding="utf-8") as stream:
        if not _lock(stream):  # its owner lives
            return False
        named = stream.read()
    if not named and time.time() - note.stat().st_mtime < _FRESH_S:
        return False
    part = Path(named)
    there = bool(_OURS.fullmatch(part.name)) and os.path.lexists(part)
    if there and part.is_dir() and not part.is_symlink():
        shutil.rmtree(part)
    elif there:
        part.unlink(missing_ok=True)
    note.unlink(missing_ok=True)
    return there


def _target(path: Path) -> Path:
    """Return the file that is to be written: what a link leads to.

    Raises:
        OSError: a folder, a device, a read-only file, or a circle of links.
    """
    target = Path(os.path.realpath(path))
    if os.path.islink(target):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not an ordinary file")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return target


def _name(folder: Path, suffix: str) -> Path:
    kept = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    return Path(os.path.abspath(folder)) / f"{PREFIX}{secrets.token_hex(4)}.part{kept}"


def _notes() -> Path:
    return paths.cache_place() / "unfinished"


@contextlib.contextmanager
def _noted(part: Path) -> Iterator[None]:
    """Keep a locked note of *part* during the block."""
    note = _notes() / f"{part.name.removeprefix(PREFIX)}{_NOTE}"
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        stream = note.open("x", encoding="utf-8")
    except OSError as error:  # no reason not to save the user's file
        log.warning("no note of the unfinished %s: %s", part, error)
        yield
        return
    try:
        with stream:
            _lock(stream)
            stream.write(str(part))
            stream.flush()
            yield
    finally:
        note.unlink(missing_ok=True)


def _lock(stream: IO[str]) -> bool:
    """Lock an open file without waiting; return whether nobody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync(file: Path) -> None:
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
