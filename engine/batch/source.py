"""A file of reviews as a stream of rows, and a first look at it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from engine.batch import guess, head, lines, sheets
from engine.batch.delimited import Record, records
from engine.batch.flags import FEWER_CELLS, MORE_CELLS
from engine.errors import InputError
from engine.reviews import layout

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
SHOWN = 50
"""Rows of a preview."""

_SAMPLE = 1000
_LINE_NAME = "글"


class Row(NamedTuple):
    """A data row, as wide as the header, and what is odd about it (``flags``)."""

    cells: tuple[str, ...]
    flags: int


@dataclass(frozen=True)
class Layout:
    """How a file is cut into rows.

    Attributes:
        encoding: of most lines; ``"xlsx"`` or ``"parquet"`` for those.
        mark: the delimiter; ``None``: a line is one text, or the file has cells of its own.
        header: names of the columns; made up ("열 1" …) where the file has none.
        named: whether the first row is the header and no data.
        rows: number of data rows: exact for Parquet, claimed by a workbook, otherwise
            reckoned from the first ones; ``None``: unknown.
    """

    path: Path
    encoding: str
    mark: str | None
    header: tuple[str, ...]
    named: bool
    rows: int | None


@dataclass(frozen=True)
class Preview:
    """A first look: the first rows and what the columns seem to hold (``None``: unclear)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    text_column: int | None
    date_column: int | None
    group_column: int | None
    label_column: int | None
    row_estimate: int | None


def preview(path: Path) -> Preview:
    """Look at the beginning of a file.

    Raises:
        InputError: it is missing, empty, or none that can be read.
    """
    found, sample = look(path)
    columns = guessed(found, sample)
    return Preview(
        header=found.header,
        rows=tuple(row.cells for row in sample[:SHOWN]),
        encoding=found.encoding,
        text_column=columns.text,
        date_column=columns.date,
        group_column=columns.group,
        label_column=columns.label,
        row_estimate=found.rows,
    )


def guessed(found: Layout, sample: Sequence[Row]) -> guess.Guessed:
    """Return what the columns seem to hold."""
    names = found.header if found.named or found.encoding == "parquet" else ()
    return guess.columns(names, [row.cells for row in sample], len(found.header))


def look(path: Path) -> tuple[Layout, list[Row]]:
    """Return how the file is cut into rows, and the first of them.

    Raises:
        InputError: it is missing, empty, or none that can be read.
    """
    path = Path(path)
    with _opening(path):
        found, sample = _look(path, head.read(path))
    if not sample:
        raise InputError(f"읽을 글이 없는 파일이에요: {path.name}", f"There are no texts in {path}")
    return found, sample


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    """Turn the system's errors into a sentence."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error


def _look(path: Path, start: bytes) -> tuple[Layout, list[Row]]:
    suffix = path.suffix.lower()
    if start.startswith(b"PAR1") or suffix == ".parquet":
        names, count = sheets.parquet_columns(path)
        found = Layout(path, "parquet", None, names, False, count)
        return found, list(itertools.islice(Reader(found), _SAMPLE))
    if start.startswith(b"PK\x03\x04") or suffix in (".xlsx", ".xlsm"):
        height = sheets.workbook_height(path)
        return _found(path, "xlsx", None, _sampled(sheets.workbook_rows(path)), height)
    if start.startswith(b"\xd0\xcf\x11\xe0") or suffix == ".xls":
        raise InputError(
            "예전 엑셀 형식(.xls)은 읽지 못해요. 엑셀에서 .xlsx나 CSV로 저장해 주세요.",
            "The old Excel format (.xls) is not read; save it as .xlsx or CSV.",
        )
    encoding = lines.detect(head.with_letters(path, start))
    mark = layout.delimiter(head.lines_of(path, encoding))
    if suffix == ".txt" and mark != "\t":
        mark = None
    source = lines.Lines(path, encoding)
    sample = _sampled(records(source, mark))
    size = path.stat().st_size
    count = round(len(sample) * size / max(source.place, 1)) if source.place < size else len(sample)
    return _found(path, encoding, mark, sample, count)


def _sampled(rows: Iterator[Record]) -> list[Record]:
    """Return the first rows, fewer if they are huge."""
    sample: list[Record] = []
    size = 0
    for cells, flags in itertools.islice(rows, _SAMPLE):
        sample.append((cells, flags))
        size += sum(map(len, cells))
        if size > head.CHARACTERS:
            break
    return sample


def _found(
    path: Path, encoding: str, mark: str | None, sample: list[Record], count: int | None
) -> tuple[Layout, list[Row]]:
    cells = [row for row, _ in sample]
    alone = mark is None and encoding != "xlsx"
    named = layout.has_header(cells) and not (alone and path.suffix.lower() == ".txt")
    width = len(cells[0]) if named else max(map(len, cells), default=0)
    made_up = (_LINE_NAME,) if alone else tuple(f"열 {number + 1}" for number in range(width))
    header = made_up
    if named:
        header = _distinct([cell.strip() or made_up[i] for i, cell in enumerate(cells[0])])
        sample, count = sample[1:], None if count is None else max(count - 1, 0)
    made = Layout(path, encoding, mark, header, named, count)
    return made, [_even(row, flags, width, mark) for row, flags in sample]


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, those that come again with a number."""
    made: list[str] = []
    for name in names:
        number, tried = 1, name
        while tried in made:
            number += 1
            tried = f"{name} ({number})"
        made.append(tried)
    return tuple(made)


def _even(cells: list[str], flags: int, width: int, mark: str | None) -> Row:
    if len(cells) > width:
        rest = (mark or "\t").join(cells[width - 1 :])
        odd = any(cell.strip() for cell in cells[width:])
        kept = (*cells[: width - 1], rest if odd else cells[width - 1])
        return Row(kept, flags | (MORE_CELLS if odd else 0))
    if len(cells) < width:
        return Row((*cells, *("",) * (width - len(cells))), flags | FEWER_CELLS)
    return Row(tuple(cells), flags)


class Reader:
    """Iterates over the data rows from number *start* (from 0) on."""

    def __init__(self, found: Layout, start: int = 0) -> None:
        self._layout = found
        self._start = start
        self._lines: lines.Lines | None = None
        self._number = start
        self._size = 1

    def __iter__(self) -> Iterator[Row]:
        found, width = self._layout, len(self._layout.header)
        with _opening(found.path):
            for cells, flags in self._records():
                self._number += 1
                yield _even(cells, flags, width, found.mark)

    def _records(self) -> Iterator[Record]:
        found = self._layout
        if found.encoding == "parquet":
            return sheets.parquet_rows(found.path, self._start)
        if found.encoding == "xlsx":
            rows = sheets.workbook_rows(found.path)
        else:
            self._size = max(found.path.stat().st_size, 1)
            self._lines = lines.Lines(found.path, found.encoding)
            rows = records(self._lines, found.mark)
        return itertools.islice(rows, self._start + found.named, None)

    @property
    def fraction(self) -> float | None:
        """How much of the file was read, 0..1; ``None``: unknown."""
        if self._lines is not None:
            return min(self._lines.place / self._size, 1.0)
        return min(self._number / self._layout.rows, 1.0) if self._layout.rows else None
