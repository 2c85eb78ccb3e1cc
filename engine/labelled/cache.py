"""Embeddings of pictures by the hash of their files, so that nothing is read twice."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from engine import paths, state
from engine.errors import Message, StorageError
from engine.labelled.domains import LabelledDomain
from engine.labelled.results import Unfit
from engine.report import fingerprint

log = logging.getLogger(__name__)

MAX_BYTES = 512 * 1024 * 1024
"""A cache that has grown beyond this is begun anew."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pictures (
    hash BLOB PRIMARY KEY, features BLOB, found INTEGER NOT NULL, unfit TEXT) WITHOUT ROWID
"""

Known = tuple[npt.NDArray[np.float32], int] | Unfit
"""What is known of a picture: its features (F,) and of how many it is, or why it is unfit."""


class Cache:
    """What reading gave, for one domain and the models that it reads with; durable a picture.

    A cache that cannot be opened or written is done without; :attr:`problem` says so.
    """

    def __init__(self, domain: LabelledDomain) -> None:
        self.problem: Message | None = None
        self._connection: sqlite3.Connection | None = None
        try:
            folder = paths.cache_dir() / "labelled"
            folder.mkdir(exist_ok=True)
            path = folder / f"{domain.domain}-{_version(domain)}.sqlite3"
            for other in folder.glob(f"{domain.domain}-*.sqlite3*"):
                if not other.name.startswith(path.name):
                    other.unlink()
            if path.exists() and path.stat().st_size > MAX_BYTES:
                path.unlink()
            self._connection = _opened(path)
        except (OSError, sqlite3.Error, StorageError) as error:
            self._give_up(error)

    def get(self, digest: bytes) -> Known | None:
        """Return what is known of the file with this SHA-256."""
        if self._connection is None:
            return None
        sql = "SELECT features, found, unfit FROM pictures WHERE hash = ?"
        try:
            row = self._connection.execute(sql, (digest,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None:
            return None
        features, found, unfit = row
        try:
            if unfit is not None:
                kind, ko, en = json.loads(unfit)
                return Unfit(kind, Message(state.text(ko), state.text(en)))
            return np.frombuffer(features, dtype="<f4").astype(np.float32), int(found)
        except state.MALFORMED as error:  # the picture is read again
            log.warning("a row of the cache is damaged: %r", error)
            return None

    def put(self, digest: bytes, known: Known) -> None:
        """Remember what reading the file gave."""
        if self._connection is None:
            return
        row: tuple[bytes, bytes | None, int, str | None]
        if isinstance(known, Unfit):
            row = (digest, None, 0, json.dumps([known.kind, *known.why], ensure_ascii=False))
        else:
            row = (digest, known[0].astype("<f4").tobytes(), known[1], None)
        try:
            with self._connection:
                self._connection.execute("REPLACE INTO pictures VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        log.warning("the cache of labelled pictures is not used: %s", error)
        self.problem = Message(
            "읽은 것을 저장해 둘 수 없어서, 다음에는 사진을 처음부터 다시 읽어요.",
            "What was read cannot be kept, so the next time every picture is read again.",
        )
        self.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _version(domain: LabelledDomain) -> str:
    """Return a name for everything that an embedding depends on."""
    parts = [str(domain.preparation), *map(fingerprint, domain.reads_with)]
    return hashlib.sha256(":".join(parts).encode()).hexdigest()[:16]


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file; a damaged one is begun anew, as nothing in it is the only copy."""
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if not state.is_database_damage(error):
            raise
        log.warning("the cache %s is damaged and begun anew: %s", path, error)
        for damaged in path.parent.glob(f"{path.name}*"):
            damaged.unlink()
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a lost line is only read again
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
