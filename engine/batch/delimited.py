"""Rows of delimited text, one after another; one bad row does not spoil the next."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from engine.batch.flags import LONGEST_LINE, OPEN_QUOTE
from engine.reviews import layout

Record = tuple[list[str], int]
"""Cells and flags of one row."""


def records(lines: Iterable[tuple[str, int]], mark: str | None) -> Iterator[Record]:
    """Yield the rows that hold anything.

    Args:
        mark: the delimiter; ``None``: a line is one text. Quotes count in CSV and around
            whole TSV cells.
    """
    if mark is None:
        found: Iterable[Record] = (([line.strip()], flags) for line, flags in lines)
    elif mark == "\t":
        found = ((layout.rows_of([line], mark)[0], flags) for line, flags in lines)
    else:
        found = _quoted(lines, mark)
    for cells, flags in found:
        if any(cell.strip() for cell in cells):
            yield cells, flags


class _OpenQuoteError(Exception):
    """The record in hand takes all that is left, or more than a row may have."""


class _Feed:
    """Hands lines to ``csv.reader`` and keeps those of the record in hand."""

    def __init__(self, lines: Iterable[tuple[str, int]]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[tuple[str, int]] = deque()
        self.used: list[tuple[str, int]] = []
        self._size = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.used and self._size > LONGEST_LINE:
            raise _OpenQuoteError
        item = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if item is None:
            if self.used:
                raise _OpenQuoteError
            raise StopIteration
        self.used.append(item)
        self._size += len(item[0])
        return item[0]

    def begin(self) -> None:
        """A new record begins."""
        self.used, self._size = [], 0

    def give_back(self) -> tuple[str, int]:
        """Return the record's first line; the others will be read again."""
        first, *rest = self.used
        self._waiting.extendleft(reversed(rest))
        return first


def _quoted(lines: Iterable[tuple[str, int]], mark: str) -> Iterator[Record]:
    csv.field_size_limit(1 << 30)
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=mark)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_OpenQuoteError, csv.Error):
            line, flags = feed.give_back()
            yield line.rstrip("\n").split(mark), flags | OPEN_QUOTE
            reader = csv.reader(feed, delimiter=mark)
            continue
        flags = 0
        for _, found in feed.used:
            flags |= found
        yield cells, flags
