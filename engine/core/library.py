"""The user's library: history, corrections and personal versions, in one SQLite file."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from urllib.parse import quote

from engine.core import paths, state
from engine.core.errors import Message, StorageError

log = logging.getLogger(__name__)

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]

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

_MEMORY = ":memory:"
_SPARSE_IDS = 10_000
_MOST_FAILED = 500
"""Ids that are tried, one by one, where a scan of a damaged table breaks off: so many at most,
and no more after so many in a row that cannot be read."""


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


@dataclass(frozen=True)
class _Table:
    """A table as salvaging and reading need it; *parse* raises ``state.MALFORMED``."""

    name: str
    title: Message
    columns: str
    parse: Callable[[Row], Any]


def _history_row(row: Row) -> HistoryRow:
    row_id, created, domain, summary, payload = row
    datetime.fromisoformat(created)
    return HistoryRow(
        _id(row_id),
        created,
        state.text(domain),
        state.text(summary),
        {**json.loads(state.text(payload))},
    )


def _correction(row: Row) -> Correction:
    row_id, created, domain, payload, predicted, corrected, model, preview = row
    datetime.fromisoformat(created)
    if not isinstance(payload, bytes) or not isinstance(preview, bytes | None):
        raise TypeError("what was corrected is no bytes")
    return Correction(
        _id(row_id),
        created,
        state.text(domain),
        payload,
        state.text(predicted),
        state.text(corrected),
        state.text(model),
        preview,
    )


def _id(value: object) -> int:
    if type(value) is not int:
        raise TypeError("an id that is no number")
    return value


_HISTORY = _Table(
    "history",
    Message("기록", "the history"),
    "id, created, domain, summary, payload",
    _history_row,
)
_CORRECTIONS = _Table(
    "corrections",
    Message("고친 답", "the corrections"),
    "id, created, domain, payload, predicted, corrected, model, preview",
    _correction,
)
_TABLES = (_HISTORY, _CORRECTIONS)


class Library:
    """Thread-safe access to ``library.sqlite3`` in the user's data folder.

    A damaged file is set aside, what can be read of it is copied into a new one, and that is
    told (``engine.core.state``); a file that a newer version of the program wrote is left untouched
    and one of this version's own is used. Every method raises :class:`StorageError` when the
    file cannot be read or written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.data_dir() / "library.sqlite3"
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def add_history(self, domain: str, summary: str, payload: dict[str, Any]) -> int:
        """Remember an answer and return its id."""
        text = json.dumps(payload, ensure_ascii=False)
        sql = "INSERT INTO history (created, domain, summary, payload) VALUES (?, ?, ?, ?)"
        row = (_now(), domain, summary, text)
        return self._run(lambda connection: _new_id(connection.execute(sql, row)))

    def update_history(self, row_id: int, summary: str, payload: dict[str, Any]) -> bool:
        """Put another answer into a row, which keeps its date and place; whether there is one."""
        text = json.dumps(payload, ensure_ascii=False)
        sql = "UPDATE history SET summary = ?, payload = ? WHERE id = ?"
        row = (summary, text, row_id)
        return self._run(lambda connection: connection.execute(sql, row).rowcount > 0)

    def history(self, domain: str | None = None, limit: int = 500) -> list[HistoryRow]:
        """Return remembered answers, newest first; damaged rows are set aside and told."""
        order = "WHERE ?1 IS NULL OR domain = ?1 ORDER BY id DESC LIMIT ?2"
        return self._sound_rows(_HISTORY, order, (domain, limit))

    def delete_history(self, ids: Sequence[int] | None = None) -> None:
        """Delete the rows *ids*, or all history when ``None``."""
        sql = "DELETE FROM history" if ids is None else "DELETE FROM history WHERE id = ?"
        rows: list[Row] = [()] if ids is None else [(row_id,) for row_id in ids]
        self._run(lambda connection: connection.executemany(sql, rows))

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

        def replace(connection: sqlite3.Connection) -> int:
            connection.execute(
                "DELETE FROM corrections WHERE domain = ? AND payload = ?", (domain, payload)
            )
            return _new_id(connection.execute(sql, row))

        return self._run(replace)

    def corrections(self, domain: str | None = None) -> list[Correction]:
        """Return the stored corrections, oldest first; damaged ones are set aside and told."""
        order = "WHERE ?1 IS NULL OR domain = ?1 ORDER BY id"
        return self._sound_rows(_CORRECTIONS, order, (domain,))

    def delete_correction(self, correction_id: int) -> None:
        """Forget one correction."""
        sql = "DELETE FROM corrections WHERE id = ?"
        self._run(lambda connection: connection.execute(sql, (correction_id,)))

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _sound_rows(self, table: _Table, order: str, values: Row) -> list[Any]:
        """Return the parsed rows of a query; those that are damaged are set aside and told."""
        sql = f"SELECT {table.columns} FROM {table.name} {order}"
        parsed, damaged = [], []
        for row in self._run(lambda connection: connection.execute(sql, values).fetchall()):
            try:
                parsed.append(table.parse(row))
            except state.MALFORMED as error:
                log.warning("row %s of %s is damaged: %r", row[0], table.name, error)
                damaged.append(row[0])
        if damaged:
            self._set_rows_aside(table, damaged)
        return parsed

    def _set_rows_aside(self, table: _Table, ids: list[int]) -> None:
        """Move damaged rows into a table of their own; where that fails, they are only told."""
        aside = f"{table.name}_damaged"
        rows = [(row_id,) for row_id in ids]

        def move(connection: sqlite3.Connection) -> None:
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS {aside} AS SELECT * FROM {table.name} WHERE 0"
            )
            where = f"FROM {table.name} WHERE id = ?"
            connection.executemany(f"INSERT INTO {aside} SELECT * {where}", rows)
            connection.executemany(f"DELETE {where}", rows)

        state.tell(
            Message(
                f"{table.title.ko}: 손상된 {len(ids)}개를 빼고 읽었어요 "
                f"({self.path.name}의 {aside}에 따로 두었어요).",
                f"{len(ids)} damaged {'row' if len(ids) == 1 else 'rows'} of {table.title.en} "
                f"left out (set aside in {self.path.name}, table {aside}).",
            )
        )
        try:
            self._run(move)
        except StorageError as error:
            log.warning("damaged rows stay where they are: %s", error)

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return *work* of the connection, in one transaction; a damaged file is salvaged."""
        with self._lock:
            try:
                for force in (False, True):
                    try:
                        return self._attempt(work)
                    except sqlite3.Error as error:
                        missing = state.error_code(error) == sqlite3.SQLITE_ERROR  # a table
                        damaged = missing or state.is_database_damage(error)
                        if not damaged or str(self.path) == _MEMORY:
                            raise
                        self.close()
                        _salvage(self.path, error, force)
                return self._attempt(work)
            except (sqlite3.Error, OSError) as error:
                raise StorageError(
                    f"기록을 저장하거나 읽을 수 없어요: {self.path} ({error}). "
                    "폴더의 권한과 남은 공간을 확인해 주세요.",
                    f"The library {self.path} cannot be used: {error}. "
                    "Check the folder's permissions and the free space.",
                ) from error

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            self.path = _own_place(self.path)
            self._connection = _connect(self.path)
        with self._connection as connection:
            return work(connection)


def _own_place(path: Path) -> Path:
    """Return *path*, or this version's own file beside one that a newer version wrote."""
    if not path.is_file():
        return path
    try:
        with closing(_reader(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error:  # connecting says what is wrong
        return path
    if version <= len(_MIGRATIONS):
        return path
    instead = state.name_of_version(path, len(_MIGRATIONS))
    state.tell(state.newer_message(Message("기록과 고친 답", "the library"), path, instead))
    return instead


def _reader(path: Path) -> sqlite3.Connection:
    """Return a connection that changes nothing; bytes that are no UTF-8 become U+FFFD."""
    name = quote(path.absolute().as_posix())
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=10)
    connection.text_factory = _lenient_text
    return connection


def _lenient_text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
    connection.text_factory = _lenient_text
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, script in enumerate(_MIGRATIONS[max(version, 0) :], start=version + 1):
            connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


# A damaged file


def _salvage(path: Path, error: sqlite3.Error, force: bool) -> None:
    """Set the damaged file aside and copy what can be read of it into a new one; tell it.

    Args:
        force: also where SQLite's own check finds no fault; otherwise another program has
            just salvaged the file.

    Raises:
        StorageError: another program is at it for too long.
        OSError, sqlite3.Error: the folder cannot be written.
    """
    with state.locked(path.parent):
        if not path.exists() or (not force and _is_sound(path)):
            return
        log.warning("the library %s is damaged: %s", path, error)
        aside = state.damaged_name(path)
        state.move_database(path, aside)
        with closing(_connect(path)) as connection:
            counts = [_copy(aside, connection, table) for table in _TABLES]
        state.tell(
            Message(
                "기록과 고친 답의 파일이 손상되어 읽을 수 있는 것만 새 파일로 옮겼어요: "
                f"기록 {counts[0]}개, 고친 답 {counts[1]}개. 이전 파일: {aside.name}",
                "The library was damaged; what can be read was copied into a new one: "
                f"{counts[0]} answers and {counts[1]} corrections. The old file is {aside.name}.",
            )
        )


def _is_sound(path: Path) -> bool:
    """Whether SQLite finds no fault in the file and the tables are as they should be."""
    try:
        with closing(_reader(path)) as connection:
            for table in _TABLES:
                connection.execute(f"SELECT {table.columns} FROM {table.name} LIMIT 0")
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _copy(damaged: Path, connection: sqlite3.Connection, table: _Table) -> int:
    """Copy the rows that can be read and return how many; the damaged file stays as it is."""
    rows = _readable(damaged, table)
    with tempfile.TemporaryDirectory() as folder:
        rows = {**_readable(_with_sound_first_page(damaged, Path(folder)), table), **rows}
    marks = ", ".join("?" * len(table.columns.split(",")))
    sql = f"INSERT INTO {table.name} ({table.columns}) VALUES ({marks})"
    with connection:
        connection.executemany(sql, [rows[row_id] for row_id in sorted(rows)])
    return len(rows)


def _with_sound_first_page(damaged: Path, folder: Path) -> Path:
    """Return a copy whose first page, with the list of tables, is that of a new library.

    Every library begins with the same tables, so their root pages are the same.
    """
    fresh, copy = folder / "fresh.sqlite3", folder / "copy.sqlite3"
    _connect(fresh).close()
    page = bytearray(fresh.read_bytes()[:4096])
    shutil.copyfile(damaged, copy)
    pages = -(-copy.stat().st_size // len(page))
    page[18:20] = b"\1\1"  # no write-ahead log
    page[28:32] = pages.to_bytes(4, "big")
    page[92:96] = page[24:28]  # the number of pages is valid
    with copy.open("r+b") as stream:
        stream.write(page)
        stream.truncate(pages * len(page))
    return copy


def _readable(path: Path, table: _Table) -> dict[int, Row]:
    """Return the sound rows that can be reached in a damaged file, by id.

    From both ends as far as a scan goes, then one id after the other in between.
    """
    rows: dict[int, Row] = {}
    sql = f"SELECT {table.columns} FROM {table.name}"

    def take(query: sqlite3.Cursor) -> None:
        for row in query:
            with suppress(*state.MALFORMED):
                table.parse(row)
                rows[row[0]] = row

    try:
        with closing(_reader(path)) as connection:
            try:
                take(connection.execute(f"{sql} ORDER BY id"))
                return rows
            except sqlite3.Error as error:
                log.warning("%s breaks off in %s: %s", path.name, table.name, error)
            last = max(rows, default=0)
            with suppress(sqlite3.Error):  # it breaks off from this end, too
                take(connection.execute(f"{sql} ORDER BY id DESC"))
            end = min((row_id for row_id in rows if row_id > last), default=last + _SPARSE_IDS)
            failed = 0
            for row_id in range(last + 1, min(end, last + _SPARSE_IDS)):
                try:
                    take(connection.execute(f"{sql} WHERE id = ?", (row_id,)))
                    failed = 0
                except sqlite3.Error:
                    failed += 1
                if failed > _MOST_FAILED:
                    break
    except sqlite3.Error as error:
        log.warning("%s cannot be opened: %s", path.name, error)
    return rows


def _new_id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise sqlite3.DatabaseError("no row was written")
    return cursor.lastrowid


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
