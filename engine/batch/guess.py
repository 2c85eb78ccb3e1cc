"""A first look at a file of reviews: its first rows and what its columns seem to hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.batch import dates, labels
from engine.tables import Layout, Row, flags, layout, look

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
        [row[i] for row in rows[:_SAMPLE] if i < len(row) and not flags.is_blank(row[i])]
        for i in range(width)
    ]
    text = layout.text_column(names, rows)
    free = [i for i in range(width) if i != text]
    date = _best(names, sample, free, DATE_NAMES, _are_dates)
    free = [i for i in free if i != date]
    label = _best(names, sample, free, LABEL_NAMES, labels.are_labels)
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
