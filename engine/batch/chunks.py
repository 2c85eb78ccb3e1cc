"""Rows in the portions that are judged and stored together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.batch.scoring import Answers
from engine.batch.store import Stored
from engine.tables import Row
from engine.tables.flags import BLANK, TOO_LONG, of_text


@dataclass(frozen=True)
class Chunk:
    """Some rows in order, and the texts of those that can be judged."""

    rows: list[Row]
    texts: list[str]

    def with_answers(self, answers: Answers) -> list[Stored]:
        """Return the rows as they are stored."""
        judged = zip(answers.verdict, answers.positive, answers.stars, strict=True)
        stored = [
            Stored(None, None, None, row.flags, row.cells, row.line)
            if row.flags & (BLANK | TOO_LONG)
            else Stored(*next(judged), row.flags, row.cells, row.line)
            for row in self.rows
        ]
        if next(judged, None) is not None:
            raise ValueError("more answers than texts")
        return stored


def chunks_of(rows: Iterable[Row], size: int, column: int) -> Iterator[Chunk]:
    """Yield the rows by *size*; those whose text cannot be judged carry a flag why."""
    source = iter(rows)
    while taken := list(itertools.islice(source, size)):
        marked = [row._replace(flags=row.flags | of_text(row.cells[column])) for row in taken]
        texts = [row.cells[column] for row in marked if not row.flags & (BLANK | TOO_LONG)]
        yield Chunk(marked, texts)
