"""Rows of delimited text, one after another; one bad row does not spoil the next."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from engine.core.errors import Message
from engine.text.normalize import MAX_CHARACTERS, normalize


class Record(NamedTuple):
    """A row as it stands in the file: its cells, what is odd about it, where it begins."""

    cells: Sequence[str]
    flags: int
    line: int


def is_empty(cells: Sequence[str]) -> bool:
    """Whether none of *cells* holds anything."""
    return not any(map(str.strip, cells))


BLANK, TOO_LONG, OTHER_ENCODING, DAMAGED, NULS, MORE_CELLS, FEWER_CELLS, OPEN_QUOTE, CUT = (
    1 << bit for bit in range(9)
)

NAMES = {
    BLANK: "blank",
    TOO_LONG: "too_long",
    OTHER_ENCODING: "other_encoding",
    DAMAGED: "damaged",
    NULS: "nuls",
    MORE_CELLS: "more_cells",
    FEWER_CELLS: "fewer_cells",
    OPEN_QUOTE: "open_quote",
    CUT: "cut",
}
"""Keys of ``BatchSummary.odd``."""

LONGEST_LINE = 1 << 22
"""Characters of a row that are kept; what goes beyond is cut off."""

BLANK_WORDS = frozenset(("", "nan", "null", "none", "na", "n/a", "<na>", "nat", "-"))
"""What stands for nothing in a cell, lower case."""

_LONGEST_BLANK = 6
"""Longest of ``BLANK_WORDS``: longer cells need not be looked up."""

_MESSAGES = {
    TOO_LONG: Message(
        f"글이 {MAX_CHARACTERS:,}자를 넘어서 판단하지 않았어요.",
        f"The text is over {MAX_CHARACTERS:,} characters long and was not judged.",
    ),
    OPEN_QUOTE: Message(
        "따옴표가 닫히지 않아서 이 줄만 따로 읽었어요.",
        "A quote is never closed; this line was read by itself.",
    ),
    CUT: Message(
        f"한 줄이 {LONGEST_LINE:,}자를 넘어서 뒷부분을 잘랐어요.",
        f"The line is over {LONGEST_LINE:,} characters long; the rest was cut off.",
    ),
    DAMAGED: Message(
        "UTF-8도 CP949도 아닌 글자가 있어서 �로 바꿨어요.",
        "Some bytes are neither UTF-8 nor CP949; they are shown as �.",
    ),
    MORE_CELLS: Message(
        "열 이름보다 칸이 많아서 남는 칸을 마지막 칸에 붙였어요.",
        "More cells than columns; the rest was joined to the last cell.",
    ),
    FEWER_CELLS: Message(
        "열 이름보다 칸이 적어서 빈칸으로 채웠어요.",
        "Fewer cells than columns; the rest was left blank.",
    ),
    OTHER_ENCODING: Message(
        "이 줄은 파일의 다른 줄과 인코딩이 달라요. 줄에 맞게 읽었어요.",
        "This line is in another encoding than the rest; it was read in its own.",
    ),
    NULS: Message("줄 안의 널(NUL) 바이트를 뺐어요.", "NUL bytes inside the line were left out."),
    BLANK: Message("읽을 글이 없는 줄이에요.", "The row has no text."),
}

REPORTED = TOO_LONG | OPEN_QUOTE | CUT | DAMAGED | MORE_CELLS | OTHER_ENCODING | NULS
"""Bits that make a row one of ``BatchSummary.problems``: a blank or short row is common."""


def message(flags: int) -> Message | None:
    """Return the gravest of what is odd about a row, ``None`` for an even row."""
    return next((said for bit, said in _MESSAGES.items() if flags & bit), None)


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing: empty, NaN, NULL …

    >>> is_blank(" NaN "), is_blank("나")
    (True, False)
    """
    return (len(cell) <= _LONGEST_BLANK and cell.strip().lower() in BLANK_WORDS) or not cell.strip()


def of_text(cell: str) -> int:
    """Return why the text of a row cannot be judged: ``BLANK``, ``TOO_LONG``, or 0 if it can."""
    if len(cell) > MAX_CHARACTERS:
        return TOO_LONG
    if is_blank(cell):
        return BLANK
    if any(map(str.isalnum, cell)):  # quicker than normalising, which keeps nearly all of these
        return 0
    return 0 if normalize(cell) else BLANK


_WAITING = 1 << 20
"""Blank rows that are held back until another one follows; more are surely meant."""

_SWALLOWED = 20
"""Lines within one cell that look like rows, one and all, from which they are rows."""


def records(
    lines: Iterable[tuple[str, int]], mark: str | None, *, whole: bool = True
) -> Iterator[Record]:
    """Yield the rows up to the last that holds anything.

    Args:
        mark: the delimiter; ``None``: a line is one text. Quotes count in CSV and around
            whole TSV cells.
        whole: the lines are the whole file, so that a quote that is open at their end stays so;
            otherwise what it encloses is left out.
    """
    numbered = ((*line, number) for number, line in enumerate(lines, start=1))
    if mark is None:
        found = (Record([line.strip()], flags, number) for line, flags, number in numbered)
    elif mark == "\t":
        found = (
            Record([_unquoted(cell) for cell in line.rstrip("\r\n").split(mark)], flags, number)
            for line, flags, number in numbered
        )
    else:
        return but_the_end(quoted(numbered, mark, whole=whole))
    return but_the_end(found)


def but_the_end(rows: Iterable[Record]) -> Iterator[Record]:
    """Leave out the blank rows after the last one that holds anything."""
    waiting: list[Record] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) > _WAITING or not is_empty(row.cells):
            yield from waiting
            waiting.clear()


def _unquoted(cell: str) -> str:
    """Return a cell of a TSV, whose texts hold stray quotes: only Excel's own are undone."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        return cell[1:-1].replace('""', '"')
    return cell


Line = tuple[str, int, int]
"""A line, its flags and its number."""


class _OpenQuoteError(Exception):
    """The record in hand takes all that is left, or more than a row may have."""


class _Feed:
    """Hands lines to ``csv.reader`` and keeps those of the record in hand."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[Line] = deque()
        self.used: list[Line] = []
        self._size = 0
        self.ended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.used and self._size > LONGEST_LINE:
            raise _OpenQuoteError
        item = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if item is None:
            self.ended = True
            if self.used:
                raise _OpenQuoteError
            raise StopIteration
        self.used.append(item)
        self._size += len(item[0])
        return item[0]

    def begin(self) -> None:
        """A new record begins."""
        self.used, self._size = [], 0

    def give_back(self) -> Line:
        """Return the record's first line; the others will be read again."""
        first, *rest = self.used
        self.ended = False
        self._waiting.extendleft(reversed(rest))
        return first


def quoted(lines: Iterable[Line], mark: str, *, whole: bool = True) -> Iterator[Record]:
    """Yield rows whose cells may be in quotes, over several lines.

    A line with a quote that is never closed, or closed rows below by another, is read by itself.
    """
    csv.field_size_limit(1 << 30)
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=mark, strict=True)
    width = 0
    while True:
        feed.begin()
        try:
            cells = next(reader)
            if len(feed.used) > _SWALLOWED and _are_rows(feed.used, mark, width):
                raise _OpenQuoteError
        except StopIteration:
            return
        except (_OpenQuoteError, csv.Error):
            if feed.ended and not whole:
                return
            yield _one_line(feed.give_back(), mark)
            reader = csv.reader(feed, delimiter=mark, strict=True)
            continue
        flags = 0
        for _, found, _ in feed.used:
            flags |= found
        width = width or len(cells)
        yield Record(cells, flags, feed.used[0][2])


def _are_rows(lines: Sequence[Line], mark: str, width: int) -> bool:
    """Whether what a quote encloses are rows: it was opened by mistake and closed by another."""
    inner = [line for line, _, _ in lines[1:-1]]
    return width > 1 and all(line.count(mark) == width - 1 for line in inner)


def _one_line(line: Line, mark: str) -> Record:
    """Return the cells of a line whose quotes do not end within it, or not where a cell does."""
    text, flags, number = line[0].rstrip("\r\n"), *line[1:]
    try:
        cells = next(csv.reader([f"{text}\n"], delimiter=mark))
        closed = "\n" not in "".join(cells)
    except csv.Error:
        closed = False
    if closed:
        return Record(cells, flags, number)
    return Record(text.split(mark), flags | OPEN_QUOTE, number)
