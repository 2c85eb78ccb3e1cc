"""Rows in the portions that are judged and stored together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine import text
from engine.batch.flags import BLANK, TOO_LONG
from engine.batch.labels import BLANK as BLANK_WORDS
from engine.batch.scoring import Answers
from engine.batch.source import Row
from engine.batch.store import Stored

_SPARE = 6
"""Longest of ``BLANK_WORDS``: longer cells need not be looked up."""


@dataclass(frozen=True)
class Chunk:
    """Some rows in order, and the texts of those that can be judged."""

    rows: list[Row]
    texts: list[str]

    def with_answers(self, answers: Answers) -> list[Stored]:
        """Return the rows as they are stored."""
        judged = zip(answers.verdict, answers.positive, answers.stars, strict=True)
        stored = [
            Stored(None, None, None, row.flags, row.cells)
            if row.flags & (BLANK | TOO_LONG)
            else Stored(*next(judged), row.flags, row.cells)
            for row in self.rows
        ]
        if next(judged, None) is not None:
            raise ValueError("more answers than texts")
        return stored


def chunks_of(rows: Iterable[Row], size: int, column: int) -> Iterator[Chunk]:
    """Yield the rows by *size*; those whose text cannot be judged carry a flag why."""
    source = iter(rows)
    while taken := list(itertools.islice(source, size)):
        marked = [Row(row.cells, row.flags | _reason(row.cells[column])) for row in taken]
        texts = [row.cells[column] for row in marked if not row.flags & (BLANK | TOO_LONG)]
        yield Chunk(marked, texts)


def _reason(cell: str) -> int:
    if len(cell) > text.MAX_CHARACTERS:
        return TOO_LONG
    if len(cell) <= _SPARE and cell.strip().lower() in BLANK_WORDS:
        return BLANK
    if any(map(str.isalnum, cell)):  # quicker than normalising, which keeps all of these
        return 0
    return 0 if text.normalize(cell) else BLANK
