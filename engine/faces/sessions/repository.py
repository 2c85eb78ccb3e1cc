"""The user's sessions: where they lie, listing, opening and deleting them."""

from __future__ import annotations

import json
import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.core import paths, state
from engine.core.errors import InputError, MaumgyeolError, Message, StorageError
from engine.faces.sessions.session import ROW, About, Event, Rows, Session

_VERSION = 1
_SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE chunks (number INTEGER PRIMARY KEY, times BLOB NOT NULL, rows BLOB NOT NULL)",
    "CREATE TABLE events (id INTEGER PRIMARY KEY, time REAL NOT NULL, label TEXT NOT NULL, "
    "colour TEXT NOT NULL)",
)


class DamagedSessionError(InputError):
    """The file of a session is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(*_no_session(path).message)


class SessionStore:
    """One session's file; thread-safe. Use it as a context or close it.

    Every method raises :class:`StorageError` when the file cannot be read or written.
    """

    def __init__(self, path: Path, about: About | None = None) -> None:
        """Open the session of *path*, or make a new one that is *about* something.

        Raises:
            InputError: there is no such session, or the file is none.
        """
        self.path = path
        self._lock = threading.RLock()
        if about is None and not path.is_file():
            raise InputError(
                "이 세션은 지워졌거나 옮겨졌어요.", f"There is no session at {path}: deleted?"
            )
        with self._translated():
            self._connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
        try:
            with self._guarded():
                self._begin(about)
        except (InputError, StorageError):
            self.close()
            raise

    def __enter__(self) -> SessionStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with self._lock:
            self._connection.close()

    @property
    def about(self) -> About:
        """What the session is of.

        Raises:
            InputError: the file is damaged.
        """
        with self._guarded() as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = 'about'").fetchone()
        try:
            return About.from_dict(json.loads(found[0]))
        except state.MALFORMED as error:
            raise DamagedSessionError(self.path) from error

    def put(self, about: About) -> None:
        """Keep what the session is of."""
        text = json.dumps(about.to_dict(), ensure_ascii=False)
        with self._guarded() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('about', ?)", (text,))

    def append(self, times: npt.NDArray[np.int32], rows: Rows) -> None:
        """Add a chunk, all of it or nothing.

        Args:
            times: (F,) milliseconds of its frames.
            rows: (N,) of ``ROW``, in the same order of time.
        """
        data = (times.astype("<i4").tobytes(), rows.astype(ROW).tobytes())
        with self._guarded() as connection:
            connection.execute("INSERT INTO chunks (times, rows) VALUES (?, ?)", data)

    def load(self) -> Session:
        """Return all that was stored so far.

        Raises:
            InputError: the file is damaged.
        """
        with self._guarded() as connection:
            chunks = connection.execute("SELECT times, rows FROM chunks ORDER BY number").fetchall()
        try:
            times = np.frombuffer(b"".join(chunk[0] for chunk in chunks), dtype="<i4")
            rows = np.frombuffer(b"".join(chunk[1] for chunk in chunks), dtype=ROW)
        except state.MALFORMED as error:
            raise DamagedSessionError(self.path) from error
        return Session(self.about, times, rows, self.events())

    def seconds(self) -> float:
        """Return the time of the last frame that is stored."""
        sql = "SELECT times FROM chunks ORDER BY number DESC LIMIT 1"
        with self._guarded() as connection:
            found = connection.execute(sql).fetchone()
        try:
            return float(np.frombuffer(found[0], dtype="<i4")[-1]) / 1000 if found else 0.0
        except state.MALFORMED as error:
            raise DamagedSessionError(self.path) from error

    def events(self) -> tuple[Event, ...]:
        """Return what was marked, by time."""
        sql = "SELECT id, time, label, colour FROM events ORDER BY time, id"
        with self._guarded() as connection:
            return tuple(Event(*row) for row in connection.execute(sql))

    def add_event(self, time: float, label: str, colour: str) -> Event:
        """Mark a moment.

        Args:
            time: seconds from the start.
            colour: ``#RRGGBB``.
        """
        sql = "INSERT INTO events (time, label, colour) VALUES (?, ?, ?)"
        with self._guarded() as connection:
            number = connection.execute(sql, (time, label, colour)).lastrowid
        return Event(int(number or 0), time, label, colour)

    def change_event(self, event: Event) -> None:
        """Give the event of that number another time, name or colour."""
        sql = "UPDATE events SET time = ?, label = ?, colour = ? WHERE id = ?"
        with self._guarded() as connection:
            connection.execute(sql, (event.time, event.label, event.colour, event.id))

    def delete_event(self, number: int) -> None:
        """Take a mark away."""
        with self._guarded() as connection:
            connection.execute("DELETE FROM events WHERE id = ?", (number,))

    def _begin(self, about: About | None) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if about is None:
            if version > _VERSION:
                raise InputError(
                    f"더 새로운 버전의 마음결이 만든 세션이에요: {self.path.name}. "
                    "새 버전에서 열어 주세요.",
                    f"A newer version of the program made the session {self.path}. Open it there.",
                )
            if version != _VERSION:
                raise _no_session(self.path)
            return
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("BEGIN IMMEDIATE")  # who lists sessions sees all or nothing
        for statement in _SCHEMA:
            self._connection.execute(statement)
        self._connection.execute(f"PRAGMA user_version = {_VERSION}")
        self.put(about)

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection inside one transaction of one thread."""
        with self._lock, self._translated(), self._connection:
            yield self._connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.Error) and state.is_database_damage(error):
                raise DamagedSessionError(self.path) from error
            raise StorageError(
                f"세션을 저장하거나 읽을 수 없어요: {self.path} ({error}). 폴더의 권한과 남은 "
                "공간을 확인해 주세요. 그때까지 저장된 것은 남아 있어요.",
                f"The session {self.path} cannot be used: {error}. Check the folder's "
                "permissions and the free space. What was stored before is kept.",
            ) from error


def _no_session(path: Path) -> InputError:
    return InputError(
        f"세션 파일이 손상되었어요: {path.name}", f"The file of the session is damaged: {path}"
    )


FOLDER, SUFFIX, VIDEO_SUFFIX = "sessions", ".session", ".mkv"
"""Folder in the user's data folder, and how the files in it end."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listed:
    """A session of the list, without its samples.

    Attributes:
        seconds: from the first frame to the last.
        bytes: of its file, and of the video that was kept with it.
    """

    about: About
    seconds: float
    bytes: int


def place() -> Path:
    """Return the folder of sessions, made or not."""
    return paths.data_place() / FOLDER


def path_of(number: str, folder: Path | None = None) -> Path:
    """Return the file of the session called *number*."""
    return (folder or place()) / f"{number}{SUFFIX}"


def kept_video(number: str, folder: Path | None = None) -> Path:
    """Return where the video of a live session lies, if it is kept."""
    return (folder or place()) / f"{number}{VIDEO_SUFFIX}"


def new(
    kind: Literal["live", "video"],
    name: str,
    *,
    source: str = "",
    rate: float = 0.0,
    folder: Path | None = None,
) -> SessionStore:
    """Return the store of a new session.

    Raises:
        StorageError: it cannot be made.
    """
    now = datetime.now(UTC)
    number = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    about = About(number, kind, name, now.isoformat(timespec="seconds"), source, source, rate=rate)
    path = path_of(number, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"세션을 둘 폴더를 만들 수 없어요: {path.parent} ({error.strerror})",
            f"Cannot make the folder of sessions {path.parent}: {error.strerror}",
        ) from error
    return SessionStore(path, about)


def load(number: str, folder: Path | None = None) -> Session:
    """Return a session.

    Raises:
        InputError: it was deleted, or is damaged.
        StorageError: it cannot be read.
    """
    with SessionStore(path_of(number, folder)) as store:
        return store.load()


def sessions(folder: Path | None = None) -> list[Listed]:
    """Return all sessions, newest first; damaged ones are set aside and told.

    Others that cannot be read are left out and logged.
    """
    found = []
    for path in sorted((folder or place()).glob(f"*{SUFFIX}"), reverse=True):
        try:
            with SessionStore(path) as store:
                video = path.with_suffix(VIDEO_SUFFIX)
                size = path.stat().st_size + (video.stat().st_size if video.is_file() else 0)
                found.append(Listed(store.about, store.seconds(), size))
        except DamagedSessionError as error:
            _set_aside(path, error)
        except (MaumgyeolError, OSError) as error:
            log.warning("session left out of the list: %s", error)
    return found


def _set_aside(path: Path, error: DamagedSessionError) -> None:
    aside = state.damaged_name(path)
    try:
        state.move_database(path, aside)
    except OSError as refused:
        log.warning("%s, and cannot be set aside: %s", error, refused)
        return
    state.tell(
        Message(
            f"손상된 세션을 목록에서 빼고 따로 두었어요: {aside.name}",
            f"A damaged session was left out of the list and set aside: {aside.name}",
        )
    )


def delete(number: str, folder: Path | None = None) -> None:
    """Delete a session and the video that was kept with it; a file that was analysed stays.

    Raises:
        StorageError: it cannot be deleted.
    """
    path = path_of(number, folder)
    try:
        for name in ("", "-wal", "-shm"):
            path.with_name(path.name + name).unlink(missing_ok=True)
        kept_video(number, folder).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"세션을 지울 수 없어요: {path.name} ({error.strerror}). 폴더의 권한을 확인해 주세요.",
            f"Cannot delete the session {path}: {error.strerror}. Check the permissions.",
        ) from error
