"""Which rows of a batch are shown, and their cells as far as they are seen; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from engine.batch import ScoredRow
from engine.errors import Message

if TYPE_CHECKING:
    from engine.batch import Outcome

BLOCK = 100
"""Rows that are read at a time."""

_LONGEST = 2000
"""Characters of a text that are kept: a row may hold megabytes."""


class Query(NamedTuple):
    """Which rows are shown and how they are sorted: the arguments of ``Outcome.select``."""

    label: str | None = None
    word: str = ""
    order: str = "row"
    descending: bool = False


class Found(NamedTuple):
    """Row numbers from 0 that answer a query, and how many rows there are."""

    query: Query
    numbers: Sequence[int]
    total: int


class Line(NamedTuple):
    """One row as the table shows it."""

    text: str
    verdict: str
    positive: float | None
    stars: float | None
    problem: Message | None


class Part(NamedTuple):
    """Blocks of the rows that answered a query."""

    found: Found
    blocks: dict[int, list[Line]]


def find(outcome: Outcome, query: Query) -> Found:
    """Return the rows that answer a query, not listed where all are shown in order."""
    total = len(outcome)
    if query == Query():
        return Found(query, range(total), total)
    return Found(query, outcome.select(*query), total)


def read(outcome: Outcome, found: Found, blocks: Sequence[int]) -> Part:
    """Return the lines of some blocks of *found*."""
    column = outcome.columns.text
    lines = {}
    for block in blocks:
        part = found.numbers[block * BLOCK : (block + 1) * BLOCK]
        plain = isinstance(part, range)
        rows = outcome.page(part[0], len(part)) if plain and part else outcome.take(part)
        lines[block] = [_line(row, column) for row in rows]
    return Part(found, lines)


def text_of(outcome: Outcome, number: int) -> str:
    """Return the whole text of a row, by its number from 0."""
    (row,) = outcome.take([number])
    return row.cells[outcome.columns.text]


def _line(row: ScoredRow, column: int) -> Line:
    text = row.cells[column][:_LONGEST]
    return Line(text, row.three_way, row.positive, row.stars, row.problem)
