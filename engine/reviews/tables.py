"""Reading texts out of TXT, CSV, TSV and XLSX files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError
from engine.jobs import Progress
from engine.reviews import layout
from engine.text import name_key

SUFFIXES = (".txt", ".csv", ".tsv", ".xlsx")
MAX_BYTES = 512 * 1024 * 1024
_LINE_NAME = "글"


@dataclass(frozen=True)
class Table:
    """A file of texts.

    Attributes:
        header: names of the columns; made up ("열 1" …) when the file has none.
        rows: cells as text, every row as wide as *header*.
        text_column: index of the column that holds the texts; ``None``: unclear, ask.
        encoding: for example ``"cp949"``; ``"xlsx"`` for a workbook.
    """

    path: Path
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    text_column: int | None
    encoding: str

    def texts(self, column: int) -> list[str]:
        """Return the cells of one column."""
        return [row[column] for row in self.rows]

    def column(self, name: str) -> int:
        """Return the index of the column called *name*, or with that number, from 1.

        Raises:
            InputError: there is none; the sentence lists those that there are.
        """
        if name in self.header:
            return self.header.index(name)
        same = [i for i, known in enumerate(self.header) if name_key(known) == name_key(name)]
        if len(same) == 1:
            return same[0]
        if name.isascii() and name.isdigit() and 1 <= int(name) <= len(self.header):
            return int(name) - 1
        names = ", ".join(self.header)
        raise InputError(
            f"'{name}' 열이 없어요. 있는 열: {names}",
            f"There is no column '{name}'. Columns: {names}",
        )


def read_texts(path: Path, column: str | None = None) -> list[str]:
    """Return the texts of a file, in order, without empty ones.

    Args:
        column: name or number (from 1) of the text column; found out when ``None``.

    Raises:
        InputError: the file cannot be read, or which column holds the texts is unclear.
    """
    table = read_table(path)
    index = table.text_column if column is None else table.column(column)
    if index is None:
        names = ", ".join(table.header)
        raise InputError(
            f"어느 열이 글인지 알 수 없어요. 열을 골라 주세요: {names}",
            f"It is unclear which column holds the texts. Name one of: {names}",
        )
    return [text for text in table.texts(index) if text.strip()]


def read_table(path: Path, progress: Progress | None = None) -> Table:
    """Read a file of texts.

    A .txt is one text a line, unless tabs divide it into columns.

    Raises:
        InputError: it is missing, empty, too large, or not such a file.
        Cancelled: *progress* was cancelled.
    """
    progress = progress or Progress()
    path = Path(path)
    content = _content(path)
    progress.report(None)
    if path.suffix.lower() in (".xlsx", ".xlsm") or content.startswith(b"PK\x03\x04"):
        return _table(path, _sheet(path, content, progress), "xlsx")
    if path.suffix.lower() == ".xls" or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "예전 엑셀 형식(.xls)은 읽지 못해요. 엑셀에서 .xlsx나 CSV로 저장해 주세요.",
            "The old Excel format (.xls) is not read; save it as .xlsx or CSV.",
        )
    text, encoding = layout.decode(content)
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")).readlines()
    mark = layout.delimiter([line for line in lines if line.strip()][:400])
    if path.suffix.lower() == ".txt" and mark != "\t":
        mark = None
    progress.raise_if_cancelled()
    if mark is None:
        return _list(path, lines, encoding)
    return _table(path, layout.rows_of(lines, mark), encoding)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"파일이 너무 커요: {size / 1e6:,.0f} MB (최대 {MAX_BYTES / 1e6:,.0f} MB)",
                f"The file is too large: {size / 1e6:,.0f} MB (at most {MAX_BYTES / 1e6:,.0f} MB)",
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error
    if not content.strip():
        raise InputError(f"빈 파일이에요: {path.name}", f"The file is empty: {path}")
    return content


def _list(path: Path, lines: list[str], encoding: str) -> Table:
    """Return one text a line; a first line that is a usual column name is left out."""
    texts = [line.strip() for line in lines if line.strip()]
    if path.suffix.lower() != ".txt" and layout.has_header([[text] for text in texts]):
        return Table(path, (texts[0],), [(text,) for text in texts[1:]], 0, encoding)
    return _filled(Table(path, (_LINE_NAME,), [(text,) for text in texts], 0, encoding))


def _table(path: Path, raw: list[list[str]], encoding: str) -> Table:
    rows = [row for row in raw if any(cell.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    made_up = tuple(f"열 {number}" for number in range(1, width + 1))
    header = made_up
    if layout.has_header(rows):
        named = [cell.strip() for cell in rows[0]]
        header = tuple((named[i] if i < len(named) else "") or made_up[i] for i in range(width))
        rows = rows[1:]
    even = [tuple(row) + ("",) * (width - len(row)) for row in rows]
    names = header if header is not made_up else ()
    return _filled(Table(path, header, even, layout.text_column(names, even), encoding))


def _filled(table: Table) -> Table:
    if not table.rows:
        raise InputError(
            f"읽을 글이 없는 파일이에요: {table.path.name}", f"There are no texts in {table.path}"
        )
    return table


def _sheet(path: Path, content: bytes, progress: Progress) -> list[list[str]]:
    """Return the cells of the first sheet that has any."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                rows: list[list[str]] = []
                for cells in sheet.iter_rows(values_only=True):
                    progress.raise_if_cancelled()
                    rows.append(["" if cell is None else str(cell) for cell in cells])
                if any(any(row) for row in rows):
                    return rows
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as error:
        raise InputError(
            f"엑셀 파일을 읽을 수 없어요 (손상되었거나 암호가 걸려 있어요): {path.name}",
            f"Cannot read the workbook {path} (damaged or protected): {error}",
        ) from error
    return []
