"""A batch's results: read from its store, page by page."""

from __future__ import annotations

import array
from collections.abc import Iterable
from pathlib import Path

from engine.batch.identity import Identity
from engine.batch.plan import Columns
from engine.batch.results import BatchSummary, ScoredRow
from engine.batch.store import Store, Stored
from engine.batch.tally import Tally
from engine.errors import StorageError
from engine.jobs import Progress
from engine.reviews import NEGATIVE, POSITIVE, THREE_WAY
from engine.tables import flags

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
        """Write all rows as .csv, .xlsx or .parquet; see ``engine.batch.export.write``."""
        from engine.batch import export

        return export.write(self, path, progress)

    def close(self) -> None:
        """Close the store."""
        self._store.close()


def _scored(number: int, row: Stored) -> ScoredRow:
    if row.verdict is None or row.positive is None:
        return ScoredRow(number, row.cells, "", "", None, None, flags.message(row.flags))
    return ScoredRow(
        row=number,
        cells=row.cells,
        label=POSITIVE if row.positive > 0.5 else NEGATIVE,
        three_way=THREE_WAY[row.verdict],
        positive=row.positive,
        stars=row.stars,
        problem=flags.message(row.flags),
    )
