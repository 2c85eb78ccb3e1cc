"""Rows of workbooks (openpyxl, read-only) and of Parquet files (polars), in slices."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.batch.delimited import Record
from engine.errors import InputError

_SLICE = 20_000
_BLOCK = 1 << 20
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
            filled = (s for s in book.worksheets if any(_has_cells(s)))
            sheet = next(filled, None)
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


def _has_cells(sheet: Any) -> Iterator[bool]:
    if not hasattr(sheet, "iter_rows"):  # a chart sheet
        return
    for cells in sheet.iter_rows(values_only=True):
        yield any(cell is not None and str(cell).strip() for cell in cells)


def workbook_rows(path: Path) -> Iterator[Record]:
    """Yield the rows of the first sheet that hold anything.

    Raises:
        InputError: the file is no workbook, or damaged.
    """
    with _workbook(path) as sheet:
        for values in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else str(value) for value in values]
            if any(cell.strip() for cell in cells):
                yield cells, 0


def workbook_height(path: Path) -> int:
    """Return how many rows the sheet has, by its own word or counted in its XML.

    Raises:
        InputError: the file is no workbook, or damaged.
    """
    with _workbook(path) as sheet:
        if sheet.max_row is not None:
            return int(sheet.max_row)
        with zipfile.ZipFile(path) as packed, packed.open(sheet._worksheet_path) as stream:
            count, tail = 0, b""
            while block := stream.read(_BLOCK):
                count += (tail + block).count(b"<row")
                tail = block[-3:]
        return count


def parquet_columns(path: Path) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and the number of rows.

    Raises:
        InputError: the file is no Parquet file, or damaged.
    """
    with _parquet_errors(path) as polars:
        lazy = polars.scan_parquet(path)
        names = tuple(lazy.collect_schema().names())
        return names, int(lazy.select(polars.len()).collect().item())


def parquet_rows(path: Path, start: int) -> Iterator[Record]:
    """Yield the rows from *start* on, every value as text.

    Raises:
        InputError: the file is no Parquet file, or damaged.
    """
    with _parquet_errors(path) as polars:
        lazy = polars.scan_parquet(path)
        while True:
            frame = lazy.slice(start, _SLICE).collect()
            for values in frame.iter_rows():
                yield ["" if value is None else str(value) for value in values], 0
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
