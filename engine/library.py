"""The user's library: history, corrections and personal versions, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine import paths
from engine.errors import StorageError

_MIGRATIONS = (
    """
    CREATE TABLE history (
        id INTEGER PRIMARY KEY, created TEXT NOT NULL, domain TEXT NOT NULL,
        summary TEXT NOT NULL, payload TEXT NOT NULL);
    CREATE INDEX history_domain ON history (domain, id);
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY, created TEXT NOT NULL, domain TEXT NOT NULL,
        payload BLOB NOT NULL, predicted TEXT NOT NULL, corrected TEXT NOT NULL,
        model TEXT NOT NULL, preview BLOB);
    CREATE INDEX corrections_domain ON corrections (domain, id);
    """,
)
"""One script a schema version; ``PRAGMA user_version`` counts those applied."""


@dataclass(frozen=True)
class HistoryRow:
    """One remembered answer; *created* is ISO 8601 in UTC, *payload* the result's dict."""

    id: int
    created: str
    domain: str
    summary: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Correction:
    """One answer that the user put right; *payload* is what the domain can embed again."""

    id: int
    created: str
    domain: str
    payload: bytes
    predicted: str
    corrected: str
    model: str
    preview: bytes | None


class Library:
    """Thread-safe access to ``library.sqlite3`` in the user's data folder.

    Every method raises :class:`StorageError` when the file cannot be read or written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.data_dir() / "library.sqlite3"
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def add_history(self, domain: str, summary: str, payload: dict[str, Any]) -> int:
        """Remember an answer and return its id."""
        text = json.dumps(payload, ensure_ascii=False)
        sql = "INSERT INTO history (created, domain, summary, payload) VALUES (?, ?, ?, ?)"
        with self._open() as connection:
            return _new_id(connection.execute(sql, (_now(), domain, summary, text)))

    def update_history(self, row_id: int, summary: str, payload: dict[str, Any]) -> bool:
        """Put another answer into a row, which keeps its date and place; whether there is one."""
        text = json.dumps(payload, ensure_ascii=False)
        sql = "UPDATE history SET summary = ?, payload = ? WHERE id = ?"
        with self._open() as connection:
            return connection.execute(sql, (summary, text, row_id)).rowcount > 0

    def history(self, domain: str | None = None, limit: int = 500) -> list[HistoryRow]:
        """Return remembered answers, newest first."""
        sql = (
            "SELECT id, created, domain, summary, payload FROM history "
            "WHERE ?1 IS NULL OR domain = ?1 ORDER BY id DESC LIMIT ?2"
        )
        with self._open() as connection:
            rows = connection.execute(sql, (domain, limit)).fetchall()
        return [
            HistoryRow(row_id, created, name, summary, json.loads(text))
            for row_id, created, name, summary, text in rows
        ]

    def delete_history(self, ids: Sequence[int] | None = None) -> None:
        """Delete the rows *ids*, or all history when ``None``."""
        with self._open() as connection:
            if ids is None:
                connection.execute("DELETE FROM history")
            else:
                connection.executemany("DELETE FROM history WHERE id = ?", [(i,) for i in ids])

    def add_correction(
        self,
        domain: str,
        payload: bytes,
        predicted: str,
        corrected: str,
        model: str,
        preview: bytes | None = None,
    ) -> int:
        """Store a correction and return its id; the same payload corrected again replaces it."""
        sql = (
            "INSERT INTO corrections (created, domain, payload, predicted, corrected, model, "
            "preview) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        row = (_now(), domain, payload, predicted, corrected, model, preview)
        with self._open() as connection:
            connection.execute(
                "DELETE FROM corrections WHERE domain = ? AND payload = ?", (domain, payload)
            )
            return _new_id(connection.execute(sql, row))

    def corrections(self, domain: str | None = None) -> list[Correction]:
        """Return the stored corrections, oldest first."""
        sql = (
            "SELECT id, created, domain, payload, predicted, corrected, model, preview "
            "FROM corrections WHERE ?1 IS NULL OR domain = ?1 ORDER BY id"
        )
        with self._open() as connection:
            return [Correction(*row) for row in connection.execute(sql, (domain,))]

    def delete_correction(self, correction_id: int) -> None:
        """Forget one correction."""
        with self._open() as connection:
            connection.execute("DELETE FROM corrections WHERE id = ?", (correction_id,))

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Yield the migrated connection inside one transaction."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _connect(self.path)
                with self._connection:
                    yield self._connection
            except (sqlite3.Error, OSError) as error:
                raise StorageError(
                    f"기록을 저장하거나 읽을 수 없어요: {self.path} ({error}). "
                    "폴더의 권한과 남은 공간을 확인해 주세요.",
                    f"The library {self.path} cannot be used: {error}. "
                    "Check the folder's permissions and the free space.",
                ) from error


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, script in enumerate(_MIGRATIONS[version:], start=version + 1):
            connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _new_id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise sqlite3.DatabaseError("no row was written")
    return cursor.lastrowid


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
