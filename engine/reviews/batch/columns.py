"""A first look at a file of reviews: its first rows and what its columns seem to hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.tables import Layout, Row, dates, delimited, layout, look

_WORDS = {
    "긍정": 2, "긍정적": 2, "좋음": 2, "만족": 2, "추천": 2, "호": 2, "pos": 2, "positive": 2,
    "good": 2, "true": 2, "like": 2, "happy": 2, "p": 2, "+": 2,
    "중립": 1, "중립적": 1, "보통": 1, "neutral": 1, "neu": 1, "mixed": 1,
    "부정": 0, "부정적": 0, "나쁨": 0, "불만": 0, "불만족": 0, "비추천": 0, "비추": 0, "불호": 0,
    "neg": 0, "negative": 0, "bad": 0, "false": 0, "dislike": 0, "unhappy": 0, "n": 0,
}  # fmt: skip
_LEVELS = {
    "1..5": (2.5, 3.5),
    "0..10": (4.5, 8.5),
    "0..100": (45.0, 85.0),
}
"""Largest rating that is 부정, and the one from which it is 긍정, by scale."""


def number(cell: str) -> float | None:
    """Return the finite number that *cell* is, with or without "점" and "/5" behind it."""
    cell = cell.strip().removesuffix("점").removesuffix("개").split("/")[0].strip()
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def word(cell: str) -> int | None:
    """Return 0, 1, 2 for a word of 부정, 중립, 긍정."""
    return _WORDS.get(cell.strip().strip(".!()[]'\"").lower())


def scale(cells: Collection[str]) -> str:
    """Return how the numbers among the different labels of a column are to be understood.

    ``"words"`` where there are none. 1..5 is taken for stars (3 is 중립), 0..10 as NSMC
    takes it (up to 4 부정, from 9 긍정) and 0..100 likewise.
    """
    values = {value for cell in cells if (value := number(cell)) is not None}
    if not values:
        return "words"
    if values <= {0.0, 1.0}:
        return "0/1"
    if values <= {-1.0, 0.0, 1.0}:
        return "-1..1"
    if values <= {0.0, 1.0, 2.0} and 0.0 in values:
        return "0..2"
    largest, least = max(values), min(values)
    if least < 0:
        return "words"
    return next((name for name in _LEVELS if largest <= int(name.split("..")[1])), "words")


def meaning(cell: str, scale: str) -> int | None:
    """Return 0, 1, 2 for 부정, 중립, 긍정; ``None`` for a label that says nothing."""
    value = number(cell)
    if value is None:
        return word(cell)
    if scale == "0/1":
        return int(value) * 2
    if scale == "-1..1":
        return int(value) + 1
    if scale == "0..2":
        return int(value)
    if scale not in _LEVELS:
        return None
    low, high = _LEVELS[scale]
    return 0 if value < low else 2 if value > high else 1


def are_labels(cells: Sequence[str]) -> bool:
    """Whether nearly all *cells* (none blank) are labels of one kind: few different values."""
    different = set(cells)
    if not 1 < len(different) <= 101:
        return False
    found = scale(different)
    known = sum(meaning(cell, found) is not None for cell in cells)
    return known >= 0.8 * len(cells)


def counted(labels: Mapping[str, int]) -> list[str]:
    """Return some labels, the commonest first, for a person to look at."""
    return [name for name, _ in sorted(labels.items(), key=lambda item: (-item[1], item[0]))[:5]]


DATE_NAMES = frozenset((
    "date", "datetime", "time", "timestamp", "created", "created_at", "createdat", "written",
    "posted", "day", "날짜", "작성일", "작성일자", "작성일시", "등록일", "등록일시", "일자", "일시",
    "시간", "구매일", "주문일",
))  # fmt: skip
GROUP_NAMES = frozenset((
    "group", "category", "product", "brand", "store", "shop", "movie", "movie_id", "item",
    "region", "channel", "genre", "상품", "상품명", "제품", "제품명", "브랜드", "매장", "지점",
    "가게", "영화", "영화명", "분류", "카테고리", "지역", "채널", "그룹", "장르", "옵션",
))  # fmt: skip
LABEL_NAMES = frozenset((
    "label", "labels", "sentiment", "polarity", "rating", "score", "star", "stars", "rate",
    "라벨", "레이블", "감성", "평점", "별점", "점수", "긍부정", "정답",
))  # fmt: skip
SHOWN = 50
"""Rows of a preview."""

_MOSTLY = 0.8
_SAMPLE = 300
_MOST_GROUPS = 50
_LONGEST_GROUP = 40


@dataclass(frozen=True)
class Guessed:
    """Indexes of columns; ``None``: unclear."""

    text: int | None
    date: int | None
    group: int | None
    label: int | None


@dataclass(frozen=True)
class Preview:
    """A first look: the first rows and what the columns seem to hold (``None``: unclear)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    text_column: int | None
    date_column: int | None
    group_column: int | None
    label_column: int | None
    row_estimate: int | None


def preview(path: Path) -> Preview:
    """Look at the beginning of a file.

    Raises:
        InputError: it is missing, empty, or none that can be read.
    """
    found, sample = look(path)
    columns = guessed(found, sample)
    return Preview(
        header=found.header,
        rows=tuple(row.cells for row in sample[:SHOWN]),
        encoding=found.encoding,
        text_column=columns.text,
        date_column=columns.date,
        group_column=columns.group,
        label_column=columns.label,
        row_estimate=found.rows,
    )


def guessed(found: Layout, sample: Sequence[Row]) -> Guessed:
    """Return what the columns seem to hold."""
    names = found.header if found.named else ()
    return columns(names, [row.cells for row in sample], len(found.header))


def columns(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Guessed:
    """Guess by usual names first, then by what the cells look like.

    Args:
        names: the header, empty where the file has none; *width*: number of columns.
    """
    sample = [
        [row[i] for row in rows[:_SAMPLE] if i < len(row) and not delimited.is_blank(row[i])]
        for i in range(width)
    ]
    text = layout.text_column(names, rows)
    free = [i for i in range(width) if i != text]
    date = _best(names, sample, free, DATE_NAMES, _are_dates)
    free = [i for i in free if i != date]
    label = _best(names, sample, free, LABEL_NAMES, are_labels)
    free = [i for i in free if i != label]
    return Guessed(text, date, _best(names, sample, free, GROUP_NAMES, _are_groups), label)


def _best(
    names: Sequence[str],
    sample: Sequence[Sequence[str]],
    free: Sequence[int],
    usual: frozenset[str],
    fits: Callable[[Sequence[str]], bool],
) -> int | None:
    """Return the first column of a usual name that fits, else the only one that fits."""
    fitting = [i for i in free if sample[i] and fits(sample[i])]
    for i in fitting:
        if i < len(names) and layout.usual_name(names[i]) in usual:
            return i
    return fitting[0] if len(fitting) == 1 and not names else None


def _are_dates(cells: Sequence[str]) -> bool:
    return sum(dates.parse(cell) is not None for cell in cells) >= _MOSTLY * len(cells)


def _are_groups(cells: Sequence[str]) -> bool:
    different = set(cells)
    return (
        1 < len(different) <= max(2, min(_MOST_GROUPS, len(cells) // 2))
        and max(map(len, different)) <= _LONGEST_GROUP
    )
