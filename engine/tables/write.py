"""Writing tables that Excel opens rightly: CSV and XLSX."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.core.errors import InputError
from engine.core.files import replacing

Cell = str | int | float
XLSX_ROWS = 1_048_576
XLSX_UNITS = 32_767
"""UTF-16 units that a cell of Excel holds: an emoji takes two."""

XLSX_COLUMNS = 16_384
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write .csv or .xlsx, by the suffix; return how many cells had to be shortened.

    CSV is UTF-8 with a byte order mark, so that Excel shows Korean. A text that a
    spreadsheet would take for a formula is written as text. Excel's cells hold 32,767
    UTF-16 units; longer texts are shortened in XLSX and kept in CSV. An existing file is
    replaced only when the new one is complete.

    Raises:
        InputError: the suffix is neither, or the rows are too many for XLSX.
        StorageError: the file cannot be written.
    """
    path = Path(path)
    writers = {".csv": _csv, ".xlsx": _xlsx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            f"CSV나 XLSX로만 저장할 수 있어요: {path.name}", f"Only .csv or .xlsx: {path.name}"
        )
    with replacing(path) as part:
        try:
            return writer(part, header, rows)
        except _lxml_errors() as error:
            raise OSError(str(error)) from error


def _lxml_errors() -> tuple[type[Exception], ...]:
    """Return what a full disk raises where openpyxl writes with lxml."""
    try:
        from lxml import etree
    except ImportError:
        return ()
    return (etree.LxmlError,)


def safe(cell: Cell) -> Cell:
    """Return *cell*, a text that a spreadsheet may take for a formula led by an apostrophe.

    >>> safe("=1+1"), safe("\\n=1+1"), safe("안녕"), safe(-1.5)
    ("'=1+1", "'\\n=1+1", '안녕', -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([safe(name) for name in header])
        writer.writerows([safe(cell) for cell in row] for row in rows)
    return 0


def _xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    if len(header) > XLSX_COLUMNS:
        raise InputError(
            f"엑셀은 {XLSX_COLUMNS:,}열까지만 담을 수 있어요. CSV로 저장해 주세요.",
            f"Excel holds {XLSX_COLUMNS:,} columns at most; save as CSV.",
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("마음결")
    shortened = 0

    def cell_of(value: Cell) -> object:
        nonlocal shortened
        if not isinstance(value, str):
            return value
        text, cut = _fitting(value)
        shortened += cut
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"  # never a formula
        return made

    try:
        for number, row in enumerate(itertools.chain([header], rows)):
            if number >= XLSX_ROWS:
                raise InputError(
                    f"엑셀은 {XLSX_ROWS:,}행까지만 담을 수 있어요. CSV로 저장해 주세요.",
                    f"Excel holds {XLSX_ROWS:,} rows at most; save as CSV.",
                )
            sheet.append([cell_of(value) for value in row])
    finally:
        sheet.close()
    book.save(path)
    return shortened


def _fitting(text: str) -> tuple[str, bool]:
    """Return *text* as a cell of a workbook can hold it, and whether it had to be shortened.

    What XML has no place for is left out.
    """
    text = _NOT_IN_XML.sub("", text).encode("utf-8", "replace").decode()
    if len(text) * 2 <= XLSX_UNITS:
        return text, False
    units = text.encode("utf-16-le")
    if len(units) <= 2 * XLSX_UNITS:
        return text, False
    return units[: 2 * (XLSX_UNITS - 1)].decode("utf-16-le", "ignore") + "…", True
