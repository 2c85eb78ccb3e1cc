"""State files of the user's data folder: shared by programs, set aside when damaged, never lost.

A file that cannot be read is renamed to ``NAME.damaged-DATE-TIME`` and begun anew, so that it
never stops a window or a command; :func:`tell` hands the news to whoever shows it.

>>> import tempfile
>>> from pathlib import Path
>>> numbers = StateFile(Message("수", "the numbers"), whole(list), list, [])
>>> place = Path(tempfile.mkdtemp()) / "numbers.json"
>>> numbers.change(place, lambda known: [*known, 7])
[7]
>>> numbers.read(place)
[7]
"""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from engine.core import files
from engine.core.errors import Message, StorageError

if TYPE_CHECKING:
    import numpy.typing as npt
    from _typeshed import DataclassInstance

log = logging.getLogger(__name__)

T = TypeVar("T")

MALFORMED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip
"""What reading damaged JSON, or JSON of another shape, raises."""

LOCK = "state.lock"
WAIT_SECONDS = 5.0
_POLL_SECONDS = 0.02


# News of damaged state


Listener: TypeAlias = Callable[[Message], object]

_news_lock = threading.Lock()
_told: set[Message] = set()
_pending: list[Message] = []
_listener: Listener | None = None


def tell(message: Message) -> None:
    """Hand *message* to the listener, or keep it until there is one; each sentence once."""
    with _news_lock:
        if message in _told:
            return
        _told.add(message)
        listener = _listener
        if listener is None:
            _pending.append(message)
    log.warning("%s", message.en)
    if listener is not None:
        listener(message)


def take_news() -> list[Message]:
    """Return what nobody was there to hear, oldest first, and keep it no longer."""
    with _news_lock:
        news, _pending[:] = list(_pending), []
    return news


def listen(listener: Listener | None) -> None:
    """Hand what was told so far, and will be, to *listener*; ``None``: keep it again.

    The listener is called on the thread that met the damage.
    """
    global _listener
    with _news_lock:
        _listener = listener
    if listener is not None:
        for message in take_news():
            listener(message)


def forget_news() -> None:
    """Begin as a fresh process does: nobody listens and nothing was told."""
    listen(None)
    take_news()
    with _news_lock:
        _told.clear()


# One writer at a time


class _FolderLock:
    def __init__(self) -> None:
        self.thread = threading.RLock()
        self.depth = 0
        self.handle = -1


_folder_locks: dict[Path, _FolderLock] = {}
_folder_locks_guard = threading.Lock()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only thread of all programs that changes state files in *folder*; re-entrant.

    The system frees the lock when a program dies.

    Raises:
        StorageError: another program holds it for ``WAIT_SECONDS``, or the folder cannot be
            made or written.
    """
    folder = folder.absolute()
    with _folder_locks_guard:
        lock = _folder_locks.setdefault(folder, _FolderLock())
    with lock.thread:
        if not lock.depth:
            lock.handle = _acquired(folder)
        lock.depth += 1
        try:
            yield
        finally:
            lock.depth -= 1
            if not lock.depth:
                os.close(lock.handle)  # which frees it


def _acquired(folder: Path) -> int:
    """Return the open handle of the folder's lock file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StorageError(
            f"저장할 수 없어요: {folder} ({error.strerror}). 폴더의 권한을 확인해 주세요.",
            f"Cannot write to {folder}: {error.strerror}. Check the folder's permissions.",
        ) from error
    deadline = time.monotonic() + WAIT_SECONDS
    while not _try_lock(handle):
        if time.monotonic() > deadline:
            os.close(handle)
            raise StorageError(
                f"다른 프로그램이 쓰는 중이라 저장할 수 없어요: {folder}. 잠시 뒤 다시 해 주세요.",
                f"Another program is writing to {folder}. Try again in a moment.",
            )
        time.sleep(_POLL_SECONDS)
    return handle


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


# Damaged and newer files


def damaged_name(path: Path) -> Path:
    """Return the free name under which a damaged *path* is set aside now."""
    name = f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}"
    free, number = path.with_name(name), 1
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{name}-{number}")
    return free


def name_of_version(path: Path, version: int) -> Path:
    """Return what this program uses instead of *path*, which a newer version wrote."""
    return path.with_name(f"{path.stem}-v{version}{path.suffix}")


def newer_message(title: Message, path: Path, instead: Path) -> Message:
    """Return what to say of a file that a newer version of the program wrote."""
    return Message(
        f"{title.ko}: 더 새로운 버전의 마음결이 만든 파일({path.name})이라 건드리지 않고, "
        f"이 버전의 것은 {instead.name}에 따로 두어요. 모두 쓰려면 새 버전을 열어 주세요.",
        f"A newer version of the program wrote {title.en} ({path.name}); that file is left "
        f"untouched and this version keeps its own in {instead.name}. Open the newer version to "
        "use all of it.",
    )


def text(value: object) -> str:
    """Return *value*, a text that can be stored again.

    Raises:
        TypeError: it is no text.
        ValueError: it holds half a surrogate pair.
    """
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} instead of a text")
    value.encode()
    return value


def whole(decode: Callable[[Any], T]) -> Callable[[Any], tuple[T, int]]:
    """Return a decoder of files that are read whole or not at all."""
    return lambda data: (decode(data), 0)


_PLAIN: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "int | None": (int, type(None)),
    "float": (float, int),
}


def check_fields(record: DataclassInstance) -> None:
    """Return if the plain fields of a dataclass hold what they are declared to.

    Raises:
        TypeError: one holds something else.
        ValueError: a text holds half a surrogate pair.
    """
    for each in fields(record):
        value, kinds = getattr(record, each.name), _PLAIN.get(str(each.type))
        if kinds is not None and type(value) not in kinds:
            raise TypeError(f"{each.name} is {type(value).__name__}, not {each.type}")
        if isinstance(value, str):
            value.encode()


def is_database_damage(error: sqlite3.Error) -> bool:
    """Whether the file is damaged, rather than locked, read-only or on a full disk."""
    return error_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def error_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where the error is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def move_database(path: Path, aside: Path) -> None:
    """Rename a SQLite file and its write-ahead log, which holds what was written last.

    Raises:
        OSError: it cannot be renamed.
    """
    os.replace(path, aside)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + suffix), aside.with_name(aside.name + suffix))


def read_arrays(path: Path, *names: str) -> list[npt.NDArray[Any]]:
    """Return the arrays of an .npz file, by name; whatever is wrong with it is one error.

    Raises:
        OSError: it is missing or cannot be read.
        ValueError: it is damaged, an array is missing, or numbers are not finite.
    """
    import numpy as np

    content = path.read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as saved:
            arrays = [saved[name] for name in names]
        finite = all(array.dtype.kind != "f" or np.isfinite(array).all() for array in arrays)
    except Exception as error:  # zipfile, zlib and numpy raise a dozen kinds for damaged bytes
        raise ValueError(f"{path.name} is damaged: {error!r}") from error
    if not finite:
        raise ValueError(f"numbers in {path.name} are not finite")
    return arrays


def entries(rows: object, decode: Callable[[Any], T]) -> tuple[list[T], int]:
    """Return the decoded entries of a list, and how many are damaged and left out.

    Raises:
        TypeError: *rows* is no list.
    """
    if not isinstance(rows, list):
        raise TypeError(f"{type(rows).__name__} instead of a list")
    decoded = []
    for row in rows:
        try:
            decoded.append(decode(row))
        except MALFORMED as error:
            log.warning("an entry is damaged and left out: %r", error)
    return decoded, len(rows) - len(decoded)


Stamp: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True)
class StateFile(Generic[T]):
    """How one kind of JSON file is read, changed and written.

    Attributes:
        title: what it holds, as sentences name it.
        decode: JSON value -> value and the number of entries that are damaged and left out;
            raises one of ``MALFORMED`` for anything else (see :func:`whole`).
        encode: value -> JSON value.
        empty: the value where there is no file; never changed in place.
        version: of its layout; a file whose ``"version"`` is greater is left untouched.
    """

    title: Message
    decode: Callable[[Any], tuple[T, int]]
    encode: Callable[[T], Any]
    empty: T
    version: int = 0
    _known: dict[Path, tuple[Stamp, T]] = field(default_factory=dict, repr=False, compare=False)

    def read(self, path: Path) -> T:
        """Return what the file holds; a damaged one is set aside and told.

        An unchanged file is not read again, and gives the same object.

        Raises:
            StorageError: it is there but cannot be read.
        """
        stamp, known = _stamp(path), self._known.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        place = self.place(path)
        try:
            value, lost = self._decoded(place)
        except MALFORMED:
            return self._repaired(place)
        if lost:
            return self._repaired(place)
        if stamp is not None and place == path:
            self._known[path] = (stamp, value)
        return value

    def change(self, path: Path, change: Callable[[T], T]) -> T:
        """Return *change* of what the file holds now, after writing it; other programs wait.

        Raises:
            StorageError: it cannot be read or written; nothing has changed then.
        """
        with locked(path.parent):
            value = change(self.read(path))
            self._write(self.place(path), value)
            return value

    def place(self, path: Path) -> Path:
        """Return *path*, or this version's own file beside one that a newer version wrote."""
        try:
            data = json.loads(_content(path) or b"null")
        except MALFORMED:
            return path
        version = data.get("version") if isinstance(data, dict) else None
        if type(version) is not int or version <= self.version:
            return path
        instead = name_of_version(path, self.version)
        tell(newer_message(self.title, path, instead))
        return instead

    def _decoded(self, path: Path) -> tuple[T, int]:
        content = _content(path)
        return (self.empty, 0) if content is None else self.decode(json.loads(content))

    def _write(self, path: Path, value: T) -> None:
        content = json.dumps(self.encode(value), ensure_ascii=False, indent=1)
        files.write_whole(path, content.encode("utf-8", "replace"), make_folder=True)

    def _repaired(self, path: Path) -> T:
        """Set the damaged file aside, keep what can be read of it, and tell; return that."""
        aside, value = damaged_name(path), self.empty
        try:
            with locked(path.parent):
                try:
                    value, lost = self._decoded(path)
                except MALFORMED as damage:
                    log.warning("%s is damaged: %r", path, damage)
                    os.replace(path, aside)
                    tell(self._begun_anew(aside))
                    return value
                if lost:  # otherwise another program has just repaired it
                    shutil.copy2(path, aside)
                    self._write(path, value)
                    tell(self._left_out(lost, aside))
        except (OSError, StorageError) as refused:
            log.warning("%s is damaged and cannot be set aside: %s", path, refused)
            tell(self._stuck(path))
        return value

    def _begun_anew(self, aside: Path) -> Message:
        return Message(
            f"{self.title.ko}: 파일이 손상되어 새로 시작해요. 이전 파일: {aside.name}",
            f"The file of {self.title.en} is damaged and begun anew; the old one is now called "
            f"{aside.name}.",
        )

    def _left_out(self, lost: int, aside: Path) -> Message:
        return Message(
            f"{self.title.ko}: 손상된 {lost}개를 빼고 읽었어요. 이전 파일은 {aside.name}에 있어요.",
            f"{lost} damaged {'entry' if lost == 1 else 'entries'} of {self.title.en} "
            f"left out; the file as it was is {aside.name}.",
        )

    def _stuck(self, path: Path) -> Message:
        return Message(
            f"{self.title.ko}: 파일이 손상되었고 옮길 수도 없어요: {path}. "
            "폴더의 권한을 확인해 주세요.",
            f"The file of {self.title.en} is damaged and cannot be moved: {path}. Check the "
            "folder's permissions.",
        )


def _stamp(path: Path) -> Stamp | None:
    """Return what changes whenever the file is replaced, ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:  # reading it says why
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file, ``None`` if there is none.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError(
            f"읽을 수 없어요: {path} ({error.strerror}). 파일의 권한을 확인해 주세요.",
            f"Cannot read {path}: {error.strerror}. Check the file's permissions.",
        ) from error
