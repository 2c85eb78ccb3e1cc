"""The emotion column of a CSV or TSV, row after row, in bounded memory."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TextIO

from engine.emotions.codes import GROUPS, code_of
from engine.errors import InputError
from engine.tables.delimited import quoted
from engine.tables.flags import is_empty

Quoting = Literal[0, 3]
_FORMS: tuple[tuple[str, Quoting], ...] = (
    (",", csv.QUOTE_MINIMAL),
    ("\t", csv.QUOTE_MINIMAL),
    (";", csv.QUOTE_MINIMAL),
    ("|", csv.QUOTE_MINIMAL),
    ("\t", csv.QUOTE_NONE),  # texts in a TSV may hold stray quotes
)
_HEAD = 1 << 22
_EVERY = 1000
_SAMPLE = 200
_LONGEST = 1 << 24
"""Characters that one row may have: an unclosed quote must not swallow the whole file."""


def labels(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """Yield (emotion, group) of each row as they are written; group "" where no column has it.

    The emotion column is the one whose cells are codes or names of the corpus.

    Raises:
        InputError: no column holds emotions, or a row is endless.
    """
    rows = _rows(stream, name, tick)
    sample = list(itertools.islice(rows, _SAMPLE))
    column, group = _columns(sample, name)
    if sample and not code_of(_cell(sample[0], column)):  # the names of the columns
        sample = sample[1:]
    for row in itertools.chain(sample, rows):
        yield _cell(row, column), _cell(row, group)


def _rows(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[Sequence[str]]:
    fed = 0

    def lines() -> Iterator[str]:
        nonlocal fed
        while line := stream.readline(_LONGEST):
            fed += len(line)
            if fed > _LONGEST:
                raise InputError(
                    f"끝나지 않는 행이 있어요: {name}. 닫히지 않은 따옴표가 있는지 봐 주세요.",
                    f"A row never ends in {name}; look for a quote that is not closed.",
                )
            yield line

    source = lines()
    head: list[str] = []
    while len(head) < 2 * _SAMPLE and fed < _HEAD and (line := next(source, "")):
        head.append(line)
    fed = 0
    csv.field_size_limit(1 << 30)
    try:
        mark, quoting = max(_FORMS, key=lambda form: _known(head, *form))
        for number, row in enumerate(_cut(itertools.chain(head, source), mark, quoting)):
            if number % _EVERY == 0:
                tick()
            fed = 0
            if not is_empty(row):
                yield row
    except csv.Error as error:
        raise InputError(
            f"표를 나눌 수 없어요: {name} ({error})",
            f"The table cannot be split into cells: {name} ({error})",
        ) from error


def _cut(lines: Iterable[str], mark: str, quoting: Quoting) -> Iterator[Sequence[str]]:
    """Yield the cells of each row; a quote that is never closed takes one line only."""
    if quoting == csv.QUOTE_NONE:
        return csv.reader(lines, delimiter=mark, quoting=quoting)
    numbered = ((line, 0, number) for number, line in enumerate(lines, start=1))
    return (row.cells for row in quoted(numbered, mark))


def _known(head: Sequence[str], mark: str, quoting: Quoting) -> int:
    """Return how many emotions the fullest column holds when *head* is split at *mark*."""
    met = Counter(
        column
        for row in _cut(head, mark, quoting)
        for column, cell in enumerate(row)
        if code_of(cell)
    )
    return max(met.values(), default=0)


def _columns(sample: Sequence[Sequence[str]], name: str) -> tuple[int, int | None]:
    """Return the emotion column, the finest if several are, and the column of its group."""
    found: list[tuple[int, int, int]] = []
    groups: list[int] = []
    for column in range(max(map(len, sample), default=0)):
        cells = [cell for row in sample if (cell := _cell(row, column).strip())]
        known = [code for cell in cells if (code := code_of(cell))]
        below = max(len(cells) - 1, 1)  # the first may name the column
        if len(known) * 2 < below or not known:
            continue
        fine = sum(not code.endswith("0") for code in known)  # the others name a group
        found.append((fine, len(known), -column))
        if all(cell in GROUPS for cell in cells[1:]):
            groups.append(column)
    if not found:
        raise InputError(
            f"감정 열을 찾을 수 없어요: {name}. 감정 코드(E10~E69)나 감정 이름이 든 열이 필요해요.",
            f"No emotion column in {name}: a column of codes (E10 to E69) or Korean names is "
            "needed.",
        )
    best = -max(found)[2]
    return best, next((column for column in groups if column != best), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
