"""The user's sessions: where they lie, listing, opening and deleting them."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from engine import paths, state
from engine.errors import MaumgyeolError, Message, StorageError
from engine.faces.session import About, Session
from engine.faces.session_store import DamagedSessionError, SessionStore

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
