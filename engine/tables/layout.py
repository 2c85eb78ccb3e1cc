"""Guessing how a file of texts is laid out: delimiter, header, columns."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from engine.core.errors import InputError
from engine.tables.delimited import records
from engine.text.normalize import has_hangul, name_key

DELIMITERS = ("\t", ",", ";", "|")
_SAMPLE = 200
_MINORITY = 0.1
_LONGEST_NAME = 100
_CLEAR = 2.0
"""How many times longer than the next the text column's cells must be to be chosen unasked."""

TEXT_NAMES = frozenset((
    "text", "document", "review", "reviews", "comment", "comments", "content", "contents",
    "sentence", "utterance", "body", "review_text", "reviewtext", "리뷰", "내용", "본문", "댓글",
    "텍스트", "문장", "후기", "리뷰내용", "리뷰본문", "한줄평", "평", "글",
))  # fmt: skip
OTHER_NAMES = frozenset((
    "id", "label", "rating", "score", "star", "stars", "date", "time", "user", "name", "title",
    "movie_id", "review_id", "emotion", "no", "index", "번호", "라벨", "평점", "별점", "점수",
    "날짜", "작성일", "작성자", "이름", "제목", "감정", "아이디", "상품",
))  # fmt: skip


def delimiter(lines: Sequence[str]) -> str | None:
    """Return what separates the columns, ``None`` when every line is one text.

    The delimiter that gives the same number of columns, above one, on nearly every line.
    """
    best: tuple[float, str] | None = None
    for mark in DELIMITERS:
        rows = records([(line, 0) for line in lines[:_SAMPLE]], mark, whole=False)
        counts = [len(row.cells) for row in rows if row.cells]
        if not counts:
            continue
        usual = statistics.mode(counts)
        agree = counts.count(usual) / len(counts)
        if usual > 1 and agree >= 1 - _MINORITY and (best is None or agree > best[0]):
            best = (agree, mark)
    return None if best is None else best[1]


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns.

    It does if a cell is a usual column name, or if a column holds numbers everywhere but
    in its first row.
    """
    if not rows or not all(cell.strip() for cell in rows[0]):
        return False
    names = {usual_name(cell) for cell in rows[0]}
    if names & TEXT_NAMES or (len(rows) > 1 and names & OTHER_NAMES):
        return True
    for column, first in enumerate(rows[0]):
        below = [row[column] for row in rows[1:_SAMPLE] if column < len(row)]
        if below and not _number(first) and all(_number(cell) for cell in below):
            return True
    return False


def text_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column that holds the texts, ``None`` when that is unclear.

    By its name if exactly one has a usual name, else by content: letters, and much longer
    cells than in any other column.
    """
    named = [i for i, cell in enumerate(header) if usual_name(cell) in TEXT_NAMES]
    if len(named) == 1:
        return named[0]
    width = max((len(row) for row in [header, *rows[:_SAMPLE]]), default=0)
    lengths = sorted(
        ((_letters([row[i] for row in rows[:_SAMPLE] if i < len(row)]), i) for i in range(width)),
        reverse=True,
    )
    if not lengths or lengths[0][0] == 0:
        return None
    if len(lengths) == 1 or lengths[0][0] >= _CLEAR * lengths[1][0]:
        return lengths[0][1]
    return None


def _letters(cells: Sequence[str]) -> float:
    """Return the mean number of letters a cell; Hangul weighs double, as its syllables do."""
    texts = [cell for cell in cells if cell.strip()]
    if not texts:
        return 0.0
    return sum(
        sum(c.isalpha() for c in text) * (2 if has_hangul(text) else 1) for text in texts
    ) / len(texts)


def find_column(column: int | str | None, header: Sequence[str]) -> int | None:
    """Return the index of *column*, ``None`` for ``None``.

    Args:
        column: its index from 0, its name however it is encoded, or its number from 1 as text.

    Raises:
        InputError: there is no such column; the sentence lists those that there are.
    """
    if column is None:
        return None
    if isinstance(column, str):
        if column in header:
            return list(header).index(column)
        same = [i for i, name in enumerate(header) if name_key(name) == name_key(column)]
        if len(same) == 1:
            return same[0]
        wanted = int(column) - 1 if column.isascii() and column.isdigit() else -1
    else:
        wanted = column
    if 0 <= wanted < len(header):
        return wanted
    shown = column if isinstance(column, str) else column + 1
    names = ", ".join(header)
    raise InputError(
        f"'{shown}' 열이 없어요. 있는 열: {names}",
        f"There is no column '{shown}'. Columns: {names}",
    )


def usual_name(cell: str) -> str:
    """Return a column's name as it is listed in sets of usual names."""
    return name_key(cell[:_LONGEST_NAME]).strip("#").replace(" ", "")


def _number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True
