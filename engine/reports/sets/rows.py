"""Tables of labelled texts: TSV (or .gz) without quoting, CSV and XLSX, row by row."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TextIO, cast

from engine import tables
from engine.core.errors import InputError
from engine.tables.layout import TEXT_NAMES
from engine.text.normalize import name_key

Row = dict[str, str]
"""The cells by the name of their column; every row has all columns."""

LABEL_NAMES = frozenset((
    "label", "labels", "sentiment", "polarity", "class", "target", "라벨", "레이블", "감성",
    "긍부정", "정답",
))  # fmt: skip
TEXT_FIRST = ("document", "text")


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield the rows that are not blank, each with its number (the first below the header is 2).

    Column names are in their one spelling (``text.name_key``).

    Raises:
        InputError: it is missing, empty, no such table or not readable as text.
    """
    inner = Path(path.name.lower().removesuffix(".gz")).suffix
    if inner in (".csv", ".xlsx", ".xlsm") and path.suffix.lower() != ".gz":
        rows: Iterator[Row] = _read_table(path)
    else:
        rows = read_tsv(path)
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row.values()):
            yield number, {name_key(name): cell for name, cell in row.items()}


def read_tsv(path: Path) -> Iterator[Row]:
    """Yield the rows of a TSV (or .gz) with a header, without any quoting.

    Missing cells at a row's end are empty; tabs beyond the last column belong to it.

    Raises:
        InputError: it cannot be opened, is empty or in no known encoding.
    """
    try:
        with _opened(path) as lines:
            header = next(iter(lines), "").rstrip("\r\n").split("\t")
            for line in lines:
                cells = line.rstrip("\r\n").split("\t", len(header) - 1)
                cells += [""] * (len(header) - len(cells))
                yield dict(zip(header, cells, strict=True))
    except UnicodeDecodeError as error:
        raise InputError(
            f"UTF-8이 아니에요: {path.name}", f"Not UTF-8: {path} ({error})"
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"파일을 읽을 수 없어요: {path.name} ({reason})", f"Cannot read {path}: {reason}"
        ) from error


def _opened(path: Path) -> TextIO:
    if path.suffix.lower() == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8-sig", newline="\n"))
    return path.open(encoding="utf-8-sig", newline="\n")


def _read_table(path: Path) -> Iterator[Row]:
    found, _ = tables.look(path)
    for row in tables.Reader(found):
        yield dict(zip(found.header, row.cells, strict=True))


def column(names: Sequence[str], wanted: Collection[str], first: Sequence[str] = ()) -> str | None:
    """Return the first of the columns *names* that is in *wanted*; those in *first* win.

    >>> column(["id", "review", "text"], TEXT_NAMES, TEXT_FIRST)
    'text'
    """
    for name in first:
        if name in names:
            return name
    return next((name for name in names if name in wanted), None)


def text_column(names: Sequence[str]) -> str | None:
    """Return the column that holds the texts, by its name."""
    return column(names, TEXT_NAMES, TEXT_FIRST)


def other_layout(path: Path, wanted: str, names: Sequence[str]) -> InputError:
    """Return the error of a table whose columns are others."""
    met = ", ".join(names) or "-"
    return InputError(
        f"열 {wanted}이(가) 필요해요: {path.name} (있는 열: {met})",
        f"{path} needs the columns {wanted} (found: {met})",
    )
