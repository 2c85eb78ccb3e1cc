"""Rows of workbooks (openpyxl, read-only) and of Parquet files (polars), in slices."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.core.errors import InputError
from engine.tables.delimited import Record

_SLICE = 20_000
_BLOCK = 1 << 20
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_LONGEST_TAG = 64
MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel; a file that claims more is made up."""

_MOST_UNPACKED = 8 << 30
"""Bytes that a workbook may unpack to: a small file can claim to be endless."""


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """Yield the first sheet that holds anything."""
    import openpyxl

    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
        if unpacked > _MOST_UNPACKED:
            raise InputError(
                f"압축을 풀면 너무 큰 엑셀 파일이에요: {unpacked / 1e9:,.0f} GB",
                f"The workbook unpacks to {unpacked / 1e9:,.0f} GB, which is too much.",
            )
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = next((s for s in book.worksheets if any(_rows(s))), None)
            if sheet is None:
                raise InputError(
                    f"빈 엑셀 파일이에요: {path.name}", f"The workbook is empty: {path}"
                )
            yield sheet
        finally:
            book.close()
    except (InputError, OSError):
        raise
    except Exception as error:  # a damaged one raises whatever zip, XML or openpyxl may
        raise InputError(
            f"엑셀 파일을 읽을 수 없어요 (손상되었거나 암호가 걸려 있어요): {path.name}",
            f"Cannot read the workbook {path} (damaged or protected): {error}",
        ) from error


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Yield the cells of each row as texts up to the last that holds anything."""
    if not hasattr(sheet, "iter_rows"):  # a chart sheet
        return
    sheet.reset_dimensions()  # what the file claims of its size may be wrong: the cells count
    for values in itertools.islice(sheet.iter_rows(values_only=True), MOST_ROWS):
        cells = ["" if value is None else str(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        yield cells


def workbook_rows(path: Path) -> Iterator[Record]:
    """Yield the rows of the first sheet that holds anything, blank ones too.

    Raises:
        InputError: the file is no workbook, or damaged.
    """
    with _workbook(path) as sheet:
        for number, cells in enumerate(_rows(sheet), start=1):
            yield Record(cells, 0, number)


def workbook_height(path: Path) -> int:
    """Return how many rows the sheet has, counted in its XML.

    Raises:
        InputError: the file is no workbook, or damaged.
    """
    with (
        _workbook(path) as sheet,
        zipfile.ZipFile(path) as packed,
        packed.open(sheet._worksheet_path) as stream,
    ):
        count, tail = 0, b""
        while block := stream.read(_BLOCK):
            text = tail + block
            count += len(_ROW.findall(text))
            tail = text[text.rfind(b"<") :]  # a tag that the next block ends
            if len(tail) > _LONGEST_TAG or _ROW.match(tail):
                tail = b""
        return count


def parquet_columns(path: Path) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and the number of rows.

    Raises:
        InputError: the file is no Parquet file, or damaged.
    """
    with _parquet_errors(path) as polars:
        lazy = polars.scan_parquet(path, glob=False, hive_partitioning=False)
        names = tuple(lazy.collect_schema().names())
        return names, int(lazy.select(polars.len()).collect().item())


def parquet_rows(path: Path, start: int) -> Iterator[Record]:
    """Yield the rows from *start* on, every value as text.

    Raises:
        InputError: the file is no Parquet file, or damaged.
    """
    with _parquet_errors(path) as polars:
        lazy = polars.scan_parquet(path, glob=False, hive_partitioning=False)
        while True:
            frame = lazy.slice(start, _SLICE).collect()
            for number, values in enumerate(frame.iter_rows(), start=start + 1):
                yield Record(["" if value is None else str(value) for value in values], 0, number)
            if frame.height < _SLICE:
                return
            start += _SLICE


@contextmanager
def _parquet_errors(path: Path) -> Iterator[Any]:
    import polars
    from polars.exceptions import PolarsError

    try:
        yield polars
    except (PolarsError, OSError) as error:
        raise InputError(
            f"Parquet 파일을 읽을 수 없어요 (손상되었을 수 있어요): {path.name}",
            f"Cannot read the Parquet file {path} (perhaps damaged): {error}",
        ) from error
