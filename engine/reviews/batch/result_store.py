"""A batch's results: read from its store, page by page."""

from __future__ import annotations

import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.core.errors import InputError, StorageError
from engine.core.files import replacing, scratch_folder
from engine.core.jobs import Progress
from engine.reviews import NEGATIVE, POSITIVE, THREE_WAY
from engine.reviews.batch.aggregate import Tally
from engine.reviews.batch.plan import Columns, Identity
from engine.reviews.batch.result import BatchSummary, ScoredRow
from engine.reviews.batch.store import Store, Stored
from engine.tables import delimited
from engine.tables import write as table_file

_ORDERS = ("row", "positive", "stars")


class Outcome:
    """Random access to a store's rows; memory does not grow with their number.

    Also reads a store that is still being written. Every method raises
    :class:`StorageError` when the store cannot be read. Thread-safe.
    """

    def __init__(self, store: Path) -> None:
        self.folder = Path(store)
        self._store = Store(self.folder, writing=False)
        found = self._store.identity
        if found is None:
            self._store.close()
            raise StorageError(
                f"저장된 작업이 없어요: {self.folder}", f"There is no batch in {self.folder}"
            )
        self.identity: Identity = found
        self.columns = Columns(**found.columns)  # type: ignore[arg-type]
        self._summary: BatchSummary | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the file's columns."""
        return self.identity.header

    @property
    def finished(self) -> bool:
        """Whether the whole file was read."""
        return self._store.finished

    def __len__(self) -> int:
        """Return the number of stored rows."""
        return self._store.count()

    @property
    def summary(self) -> BatchSummary:
        """What the rows amount to; counted anew (seconds a million) for an unfinished batch."""
        if self._summary is None:
            kept = self._store.get("summary")
            if kept is None:
                tally = Tally(self.columns)
                for rows in self._store.scan():
                    tally.add(rows)
                return tally.summary()
            self._summary = BatchSummary.from_dict(kept)
        return self._summary

    def page(self, first: int, count: int) -> list[ScoredRow]:
        """Return *count* rows from number *first* (from 0) on, fewer at the end."""
        rows = self._store.rows(first, count)
        return [_scored(number, row) for number, row in enumerate(rows, start=first + 1)]

    def select(self, label: str | None = None, word: str = "", order: str = "row",
               descending: bool = False) -> array.array[int]:  # fmt: skip
        """Return the numbers (from 0) of rows for :meth:`take`: 4 bytes a row.

        Args:
            label: only this three-way label; "": only rows without a judgement.
            word: only rows with a cell that contains it (upper or lower case).
            order: ``"row"``, ``"positive"`` or ``"stars"``; rows without one come last
                either way.
        """
        conditions, values = ["1"], []
        if label is not None:
            conditions.append("verdict IS ?")
            values.append(THREE_WAY.index(label) if label else None)
        if word:
            place = self.columns.text
            conditions.append(f"instr(lower(json_extract(cells, '$[{place}]')), lower(?)) > 0")
            values.append(word)  # type: ignore[arg-type]
        if order not in _ORDERS:
            raise ValueError(f"unknown order: {order}")
        by = f"{order} {'DESC' if descending else 'ASC'} NULLS LAST, row"
        return self._store.select(" AND ".join(conditions), values, by)

    def take(self, numbers: Iterable[int]) -> list[ScoredRow]:
        """Return the rows of these numbers (from 0), in this order."""
        wanted = list(numbers)
        rows = self._store.take(wanted)
        return [_scored(n + 1, row) for n, row in zip(wanted, rows, strict=True)]

    def export(self, path: Path, progress: Progress | None = None) -> int:
        """Write all rows as .csv, .xlsx or .parquet; see :func:`write`."""

        return write(self, path, progress)

    def close(self) -> None:
        """Close the store."""
        self._store.close()


def _scored(number: int, row: Stored) -> ScoredRow:
    if row.verdict is None or row.positive is None:
        return ScoredRow(number, row.cells, "", "", None, None, delimited.message(row.flags))
    return ScoredRow(
        row=number,
        cells=row.cells,
        label=POSITIVE if row.positive > 0.5 else NEGATIVE,
        three_way=THREE_WAY[row.verdict],
        positive=row.positive,
        stars=row.stars,
        problem=delimited.message(row.flags),
    )


# ----------------------------------------------------------------------------------------
# A store's rows as .csv, .xlsx or .parquet, streamed.

COLUMNS = ("판단", "세 갈래 판단", "긍정 확률", "확률", "별점")
"""Names of the columns that are added to the file's own."""

SUFFIXES = (".csv", ".xlsx", ".parquet")
_PAGE = 5_000
_PART = 20_000


def write(outcome: Outcome, path: Path, progress: Progress | None = None) -> int:
    """Write the file's own columns and the judgements; return how many cells were shortened.

    In CSV and XLSX a text that a spreadsheet would take for a formula is written as text.
    Excel's cells hold 32,767 UTF-16 units, longer ones are shortened there. An existing file
    is replaced only when the new one is complete.

    Raises:
        InputError: another suffix, or more rows than Excel holds.
        StorageError: the file cannot be written.
        Cancelled: *progress* was cancelled.
    """
    path = Path(path)
    progress = progress or Progress()
    check(path)
    suffix = path.suffix.lower()
    total = len(outcome)
    if suffix == ".xlsx" and total >= table_file.XLSX_ROWS:
        most = table_file.XLSX_ROWS - 1
        raise InputError(
            f"엑셀은 {most:,}행까지만 담을 수 있는데 {total:,}행이에요. "
            "CSV나 Parquet로 저장해 주세요.",
            f"Excel holds {most:,} rows and there are {total:,}; save as CSV or Parquet.",
        )
    header = (*outcome.header, *_free(outcome.header))
    if suffix == ".parquet":
        _parquet(outcome, path, header, total, progress)
        return 0
    rows = ((*row.cells, *_added(row)) for row in _rows(outcome, total, progress))
    return table_file.write(path, header, rows)


def check(path: Path) -> None:
    """Return if results might be written there: to be asked before the work of hours.

    Raises:
        InputError: another suffix than ``SUFFIXES``.
        StorageError: there is no such folder.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"CSV, XLSX, Parquet로만 저장할 수 있어요: {path.name}",
            f"Only .csv, .xlsx or .parquet: {path.name}",
        )
    if not path.parent.is_dir():
        raise StorageError(
            f"저장할 수 없어요: {path} (폴더가 없어요). 다른 폴더에 저장해 주세요.",
            f"Cannot save {path}: there is no such folder. Try another one.",
        )


def _free(header: Sequence[str]) -> list[str]:
    """Return the added columns' names, told apart from the file's own."""
    names = []
    for name in COLUMNS:
        while name in header:
            name += " (마음결)"
        names.append(name)
    return names


def _rows(outcome: Outcome, total: int, progress: Progress) -> Iterator[ScoredRow]:
    for first in range(0, total, _PAGE):
        progress.report(first / total)
        yield from outcome.page(first, _PAGE)


def _added(row: ScoredRow) -> tuple[table_file.Cell, ...]:
    if row.positive is None or row.confidence is None or row.stars is None:
        return ("",) * len(COLUMNS)
    chances = round(row.positive, 4), round(row.confidence, 4)
    return row.label, row.three_way, *chances, row.stars


def _parquet(
    outcome: Outcome, path: Path, header: Sequence[str], total: int, progress: Progress
) -> None:
    """Write parts of some rows each, then join them in a stream."""
    import polars
    from polars.exceptions import PolarsError

    kinds: list[Any] = [polars.String] * len(outcome.header)
    kinds += [polars.String, polars.String, polars.Float64, polars.Float64, polars.Float64]
    schema = dict(zip(header, kinds, strict=True))
    try:
        with replacing(path) as whole, scratch_folder(path.parent) as folder:
            parts = []
            for number, first in enumerate(range(0, total, _PART)):
                rows = [
                    (*row.cells, *(None if cell == "" else cell for cell in _added(row)))
                    for row in _rows_between(outcome, first, min(first + _PART, total))
                ]
                frame = polars.DataFrame(rows, schema=schema, orient="row")
                parts.append(Path(folder, f"{number:06}.parquet"))
                frame.write_parquet(parts[-1])
                progress.report(min(first + _PART, total) / total)
            # The folder is the user's: a bracket in its name is no pattern.
            polars.scan_parquet(parts, glob=False, hive_partitioning=False).sink_parquet(whole)
    except PolarsError as error:
        raise StorageError(
            f"저장할 수 없어요: {path} ({error}). 다른 폴더에 저장해 주세요.",
            f"Cannot save {path}: {error}. Try another folder.",
        ) from error


def _rows_between(outcome: Outcome, first: int, last: int) -> Iterator[ScoredRow]:
    for start in range(first, last, _PAGE):
        yield from outcome.page(start, min(_PAGE, last - start))
