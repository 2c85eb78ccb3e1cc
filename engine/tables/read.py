"""A file of rows as a stream: how it is cut into rows, a first look, and reading from anywhere.

Rows in are rows out: blank rows between others are rows, only those after the last that holds
anything are the file's end; one bad row does not spoil the next.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from engine.core import paths
from engine.core.errors import InputError
from engine.tables import encoding as encodings
from engine.tables import layout, sheets
from engine.tables.delimited import FEWER_CELLS, MORE_CELLS, Record, but_the_end, is_empty, records

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")

_SAMPLE = 1000
_LINE_NAME = "글"
_OWN_CELLS = ("xlsx", "parquet")


class Row(NamedTuple):
    """A data row, as wide as the header.

    Attributes:
        flags: what is odd about it (``engine.tables.delimited``).
        line: where it begins: the line of the text file or row of the sheet, from 1.
    """

    cells: tuple[str, ...]
    flags: int
    line: int


@dataclass(frozen=True)
class Layout:
    """How a file is cut into rows.

    Attributes:
        encoding: of most lines; ``"xlsx"`` or ``"parquet"`` for those.
        mark: the delimiter; ``None``: a line is one text, or the file has cells of its own.
        header: names of the columns; made up ("열 1" …) where the file has none.
        named: whether the file names its columns.
        above: rows above the first data row: the header and what lies over it.
        rows: number of data rows: exact for Parquet, counted in a workbook, otherwise
            reckoned from the first ones; ``None``: unknown.
    """

    path: Path
    encoding: str
    mark: str | None
    header: tuple[str, ...]
    named: bool
    above: int
    rows: int | None


def look(path: Path) -> tuple[Layout, list[Row]]:
    """Return how the file is cut into rows, and the first of them.

    Raises:
        InputError: it is missing, empty, or none that can be read.
    """
    path = paths.as_spelled(Path(path))
    with _opening(path):
        found, sample = _look(path, encodings.read_head(path))
    if all(is_empty(row.cells) for row in sample):
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
        found = Layout(path, "parquet", None, names, True, 0, count)
        return found, list(itertools.islice(Reader(found), _SAMPLE))
    if start.startswith(b"PK\x03\x04") or suffix in (".xlsx", ".xlsm"):
        sample = _Sample(but_the_end(sheets.workbook_rows(path)))
        return _found(path, "xlsx", None, sample, sheets.workbook_height(path))
    if start.startswith(b"\xd0\xcf\x11\xe0") or suffix == ".xls":
        raise InputError(
            "예전 엑셀 형식(.xls)은 읽지 못해요. 엑셀에서 .xlsx나 CSV로 저장해 주세요.",
            "The old Excel format (.xls) is not read; save it as .xlsx or CSV.",
        )
    encoding = encodings.detect_file(path, start)
    mark = layout.delimiter(encodings.sample_lines(path, encoding))
    if suffix == ".txt" and mark != "\t":
        mark = None
    source = encodings.Lines(path, encoding)
    sample = _Sample(records(source, mark))
    size, count = path.stat().st_size, len(sample.rows)
    if source.place < size:
        count = round(count * size / max(source.place, 1))
    return _found(path, encoding, mark, sample, sample.lead + count)


class _Sample:
    """The first rows, fewer if they are huge; *lead*: how many blank ones lie above them."""

    def __init__(self, source: Iterator[Record]) -> None:
        self.lead = 0
        self.rows: list[Record] = []
        size = 0
        for row in source:
            if not self.rows and is_empty(row.cells):
                self.lead += 1
                continue
            self.rows.append(row)
            size += sum(map(len, row.cells))
            if len(self.rows) >= _SAMPLE or size > encodings.MOST_SAMPLED:
                break


def _found(
    path: Path, encoding: str, mark: str | None, sample: _Sample, count: int | None
) -> tuple[Layout, list[Row]]:
    rows = sample.rows
    filled = [row.cells for row in rows if not is_empty(row.cells)]
    own_cells = encoding in _OWN_CELLS
    alone = mark is None and not own_cells
    named = layout.has_header(filled) and not (alone and path.suffix.lower() == ".txt")
    width = len(filled[0]) if named and not own_cells else max(map(len, filled), default=0)
    header = (_LINE_NAME,) if alone else tuple(f"열 {number + 1}" for number in range(width))
    above = 0
    if named:
        first = [cell.strip() for cell in filled[0]]
        header = _distinct([*first, *header[len(first) :]])
        rows, above = rows[1:], sample.lead + 1
    else:
        rows = [Record([], 0, line + 1) for line in range(min(sample.lead, _SAMPLE))] + rows
    count = None if count is None else max(count - above, 0)
    made = Layout(path, encoding, mark, header, named, above, count)
    return made, [_even(row, made) for row in rows]


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


def _even(row: Record, found: Layout) -> Row:
    cells, flags, line = row
    width = len(found.header)
    if len(cells) > width:
        rest = (found.mark or "\t").join(cells[width - 1 :])
        odd = not is_empty(cells[width:])
        kept = (*cells[: width - 1], rest if odd else cells[width - 1])
        return Row(kept, flags | (MORE_CELLS if odd else 0), line)
    if len(cells) < width:
        # A blank row is none with cells missing, and a sheet ends its rows where it likes.
        fewer = 0 if found.encoding in _OWN_CELLS or is_empty(cells) else FEWER_CELLS
        return Row((*cells, *("",) * (width - len(cells))), flags | fewer, line)
    return Row(tuple(cells), flags, line)


class Reader:
    """Iterates over the data rows from number *start* (from 0) on."""

    def __init__(self, found: Layout, start: int = 0) -> None:
        self._layout = found
        self._start = start
        self._lines: encodings.Lines | None = None
        self._number = start
        self._size = 1

    def __iter__(self) -> Iterator[Row]:
        found = self._layout
        with _opening(found.path):
            for row in self._records():
                self._number += 1
                yield _even(row, found)

    def _records(self) -> Iterator[Record]:
        found = self._layout
        if found.encoding == "parquet":
            return sheets.parquet_rows(found.path, self._start)
        if found.encoding == "xlsx":
            rows = but_the_end(sheets.workbook_rows(found.path))
        else:
            self._size = max(found.path.stat().st_size, 1)
            self._lines = encodings.Lines(found.path, found.encoding)
            rows = records(self._lines, found.mark)
        return itertools.islice(rows, self._start + found.above, None)

    @property
    def fraction(self) -> float | None:
        """How much of the file was read, 0..1; ``None``: unknown."""
        if self._lines is not None:
            return min(self._lines.place / self._size, 1.0)
        return min(self._number / self._layout.rows, 1.0) if self._layout.rows else None


def texts_of(path: Path, column: str | None = None) -> Iterator[tuple[str, Row]]:
    """Yield the text of every row of a file, with its row.

    Args:
        column: name or number (from 1) of the text column; found out when ``None``.

    Raises:
        InputError: the file cannot be read, or which column holds the texts is unclear.
    """
    found, sample = look(path)
    index = text_index(found, sample, column)
    for row in Reader(found):
        yield row.cells[index], row


def text_index(found: Layout, sample: Sequence[Row], column: int | str | None) -> int:
    """Return the index of the column that was named, or else of the one that holds the texts.

    Raises:
        InputError: there is no such column, or which one holds the texts is unclear.
    """
    index = layout.find_column(column, found.header)
    if index is None:
        index = layout.text_column(
            found.header if found.named else (), [row.cells for row in sample]
        )
    if index is None:
        names = ", ".join(found.header)
        raise InputError(
            f"어느 열이 글인지 알 수 없어요. 열을 골라 주세요: {names}",
            f"It is unclear which column holds the texts. Name one of: {names}",
        )
    return index


def lines_of(stream: IO[bytes], encoding: str = "utf-8") -> Iterator[Row]:
    """Yield the lines of a stream, each as the only cell of a row, as of a .txt file.

    Args:
        encoding: "utf-8" or "cp949"; a line that is not in it may be in the other. A mark at
            the beginning tells UTF-16.
    """
    peek = getattr(stream, "peek", None)
    wide = peek is not None and peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff")
    source = encodings.Lines(stream, "utf-16" if wide else encoding)
    for cells, flags, line in records(source, None):
        yield Row(tuple(cells), flags, line)
