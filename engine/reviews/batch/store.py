"""The journal of a batch: every judged row, durable chunk by chunk, in one SQLite file.

A chunk is one transaction (write-ahead log, synced), so that a program that is killed leaves
whole chunks; the row's number is the primary key, so that no row can be there twice.
"""

from __future__ import annotations

import array
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from engine.core import state
from engine.core.errors import InputError, StorageError
from engine.reviews.batch.plan import Identity

FILE, LOCK = "rows.sqlite3", "lock.sqlite3"
_VERSION = "2"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rows (
    row INTEGER PRIMARY KEY, verdict INTEGER, positive REAL, stars REAL,
    flags INTEGER NOT NULL, cells TEXT NOT NULL, line INTEGER);
"""
_COLUMNS = "verdict, positive, stars, flags, cells, line"
_SCAN = 5_000


class Stored(NamedTuple):
    """A row of the store.

    Attributes:
        verdict: three-way class 0, 1, 2 (부정, 중립, 긍정), ``None`` without a judgement.
        positive: P(긍정); *stars*: 0..5.
        flags: ``engine.tables.delimited``.
        line: where the row begins in its file; ``None`` in stores of older programs.
    """

    verdict: int | None
    positive: float | None
    stars: float | None
    flags: int
    cells: tuple[str, ...]
    line: int | None = None


class Store:
    """One batch's rows; made if need be. Use it as a context or close it.

    Every method raises :class:`StorageError` when the file cannot be read or written, and
    :class:`InputError` when it is damaged.
    """

    def __init__(self, folder: Path, *, writing: bool) -> None:
        """Open *folder*; a writer is alone, readers may look on.

        Raises:
            InputError: the file is damaged.
            StorageError: the folder cannot be used, or another program writes there.
        """
        self.folder = Path(folder)
        self._lock: sqlite3.Connection | None = None
        self._connection: sqlite3.Connection | None = None
        if not writing and not (self.folder / FILE).is_file():
            raise StorageError(
                f"저장된 작업이 없어요: {self.folder}", f"There is no batch in {self.folder}"
            )
        try:
            with self._guarded():
                if writing:
                    self.folder.mkdir(parents=True, exist_ok=True)
                    self._lock = locked(self.folder)
                self._connection = _opened(self.folder / FILE, writing)
        except (InputError, StorageError):
            self.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and let others write."""
        for connection in (self._connection, self._lock):
            if connection is not None:
                connection.close()
        self._connection = self._lock = None

    def get(self, key: str) -> Any:
        """Return the JSON value kept under *key*, ``None`` if there is none."""
        found = list(self._query("SELECT value FROM meta WHERE key = ?", (key,)))
        try:
            return json.loads(found[0][0]) if found else None
        except state.MALFORMED as error:
            raise _damaged(self.folder, error) from error

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON value durably."""
        with self._guarded() as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value))
            )

    @property
    def identity(self) -> Identity | None:
        """What the rows have in common, ``None`` for a new store."""
        plain = self.get("identity")
        if plain is None:
            return None
        try:
            return Identity.from_dict(plain)
        except state.MALFORMED as error:
            raise _damaged(self.folder, error) from error

    @property
    def finished(self) -> bool:
        """Whether the whole file was read."""
        return self.get("summary") is not None

    def count(self) -> int:
        """Return the number of rows, which is the number of the next one."""
        ((last,),) = self._query("SELECT MAX(row) FROM rows", ())
        return 0 if last is None else int(last) + 1

    def append(self, first: int, rows: Sequence[Stored]) -> None:
        """Add a chunk durably, all of it or nothing; *first* is the number of its first row."""
        packed = [(first + i, *row[:4], _json(row.cells), row.line) for i, row in enumerate(rows)]
        with self._guarded() as connection, connection:
            connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", packed)

    def rows(self, first: int, count: int) -> list[Stored]:
        """Return rows by number, fewer at the end."""
        sql = f"SELECT {_COLUMNS} FROM rows WHERE row >= ? AND row < ? ORDER BY row"
        return self._rows(self._query(sql, (first, first + count)))

    def take(self, numbers: Iterable[int]) -> list[Stored]:
        """Return the rows of these numbers, in this order; all must exist."""
        sql = f"SELECT {_COLUMNS} FROM rows WHERE row = ?"
        return self._rows(found for n in numbers for found in self._query(sql, (int(n),)))

    def _rows(self, found: Iterable[Sequence[Any]]) -> list[Stored]:
        try:
            return [_stored(row) for row in found]
        except state.MALFORMED as error:
            raise _damaged(self.folder, error) from error

    def scan(self, first: int = 0) -> Iterator[list[Stored]]:
        """Yield all rows from *first* on, some thousand at a time."""
        while rows := self.rows(first, _SCAN):
            yield rows
            first += len(rows)

    def select(self, condition: str, values: Sequence[object], order: str) -> array.array[int]:
        """Return the numbers of the rows that fulfil an SQL condition: 4 bytes a row."""
        sql = f"SELECT row FROM rows WHERE {condition} ORDER BY {order}"
        return array.array("I", (row for (row,) in self._query(sql, values)))

    def _query(self, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        with self._guarded() as connection:
            yield from connection.execute(sql, values)

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection  # type: ignore[misc]
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.Error) and state.is_database_damage(error):
                raise _damaged(self.folder, error) from error
            raise StorageError(
                f"작업을 저장하거나 읽을 수 없어요: {self.folder} ({error}). "
                "폴더의 권한과 남은 공간을 확인해 주세요. 저장된 데까지는 남아 있어요.",
                f"The batch in {self.folder} cannot be used: {error}. Check the folder's "
                "permissions and the free space. What was stored is kept.",
            ) from error


def _opened(path: Path, writing: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    try:
        if writing:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(_SCHEMA)
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (_VERSION,))
            connection.commit()
        found = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        if found == ("1",):  # the same but for the lines
            with connection:
                connection.execute("ALTER TABLE rows ADD COLUMN line INTEGER")
                connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", (_VERSION,))
            found = (_VERSION,)
        if found is None or found[0] != _VERSION:
            raise sqlite3.DatabaseError(f"version {found and found[0]} of a batch is unknown")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def locked(folder: Path) -> sqlite3.Connection:
    """Hold the folder's lock, which the system frees when the program dies."""
    connection = sqlite3.connect(
        folder / LOCK, check_same_thread=False, timeout=0, isolation_level=None
    )
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" not in str(error):
            raise
        raise StorageError(
            f"다른 창이나 프로그램이 이 작업을 하고 있어요: {folder}",
            f"Another window or program is working on this batch: {folder}",
        ) from error
    return connection


def _stored(found: Sequence[Any]) -> Stored:
    verdict, positive, stars, flags, cells, line = found
    return Stored(verdict, positive, stars, flags, tuple(json.loads(cells)), line)


def _json(cells: Sequence[str]) -> str:
    text = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair


def _damaged(folder: Path, error: Exception) -> InputError:
    return InputError(
        f"작업 폴더가 손상되었어요: {folder}. 처음부터 다시 시작해 주세요.",
        f"The batch in {folder} is damaged ({error}). Start anew.",
    )
