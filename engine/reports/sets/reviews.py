"""Labelled and rated reviews.

A table (TSV, .gz, CSV, XLSX) with NSMC's ``id document label`` or ``review_id movie_id
rating text``, or with any usual text column and a label column. Labels are 0 and 1, or
words (긍정, negative …). Ratings 1-4 are negative, 9-10 positive, the others count for
the stars only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reports.sets import rows
from engine.reports.sets.items import (
    Item,
    LabelledSet,
    commonest,
    is_missing,
    names_of,
    none_known,
    short,
)
from engine.reviews.result import NEGATIVE, NEUTRAL, POSITIVE

WORDS = {
    **dict.fromkeys(("0", "부정", "부정적", "negative", "neg"), NEGATIVE),
    **dict.fromkeys(("1", "긍정", "긍정적", "positive", "pos"), POSITIVE),
}
"""What a label cell may say, in small letters."""

RATING_NAMES = ("rating", "평점")
WANTED = "'id document label' / 'review_id movie_id rating text'"
HIGHEST = 10
_CHECK = 4096
_FEW = 20


def label_of(rating: int) -> str | None:
    """Return the label of a rating by NSMC's protocol; 5 to 8 have none.

    >>> label_of(1), label_of(6), label_of(9)
    ('부정', None, '긍정')
    """
    if rating <= 4:
        return NEGATIVE
    return POSITIVE if rating >= 9 else None


def verdict_of(rating: int) -> str:
    """Return the three-way verdict of a rating.

    >>> verdict_of(4), verdict_of(5), verdict_of(9)
    ('부정', '중립', '긍정')
    """
    return label_of(rating) or NEUTRAL


def read(
    data: Sequence[Path], limit: int | None = None, progress: Progress | None = None
) -> LabelledSet:
    """Read the first *limit* reviews of the files.

    Raises:
        InputError: a file is of another layout, its labels are other numbers than 0 and 1,
            or none of its labels is known.
        Cancelled: *progress* was cancelled.
    """
    progress = progress or Progress()
    items: list[Item] = []
    unknown: Counter[str] = Counter()
    unlabelled = 0
    for path in data:
        names: tuple[str, ...] = ()
        for number, row in rows.read_rows(path):
            if limit is not None and len(items) >= limit:
                break
            if not names:
                names = tuple(row)
                text, label, rating = _columns(path, names)
            if number % _CHECK == 0:
                progress.raise_if_cancelled()
            cell = row[rating if label is None else label]
            if is_missing(cell):
                unlabelled += 1
            elif item := _item(str(number), row[text], cell, None if label else path):
                items.append(item)
            elif _is_number(cell):
                raise _other_numbers(path, cell)
            else:
                unknown[short(cell)] += 1
    if not any(item.label for item in items):
        raise none_known(data, tuple(WORDS), unknown, unlabelled)
    return LabelledSet(names_of(data), items, unlabelled, commonest(unknown), _notes(items))


def _columns(path: Path, names: Sequence[str]) -> tuple[str, str | None, str]:
    """Return the text column, the label column if there is one, and the rating column."""
    text = rows.text_column(names)
    label = rows.column(names, rows.LABEL_NAMES)
    rating = rows.column(names, RATING_NAMES)
    if text is None or (label is None and rating is None):
        raise rows.other_layout(path, WANTED, names)
    return text, label, rating or ""


def _item(name: str, text: str, cell: str, rated: Path | None) -> Item | None:
    """Return the item of a row, ``None`` when its label is none; *rated*: a rating's file."""
    if rated is None:
        word = cell.strip().lower().removesuffix(".0")
        return Item(name, WORDS[word], text) if word in WORDS else None
    if not _is_number(cell):
        return None
    value = float(cell)
    if value != int(value) or not 1 <= value <= HIGHEST:
        raise InputError(
            f"평점은 1부터 {HIGHEST}까지의 정수여야 해요: {rated.name}의 {name}번째 줄에 "
            f"'{short(cell)}'이(가) 있어요.",
            f"Ratings are whole numbers from 1 to {HIGHEST}; line {name} of {rated} has "
            f"'{short(cell)}'",
        )
    return Item(name, label_of(int(value)), text, int(value))


def _is_number(cell: str) -> bool:
    try:
        return abs(float(cell)) < float("inf")
    except ValueError:
        return False


def _other_numbers(path: Path, cell: str) -> InputError:
    return InputError(
        f"label은 0(부정)과 1(긍정)이어야 해요: {path.name}에 '{short(cell)}'이(가) 있어요. "
        "숫자의 뜻을 알 수 없으니 긍정, 부정 같은 말로 바꿔 주세요.",
        f"Labels are 0 (negative) and 1 (positive), but {path} has '{short(cell)}'. What the "
        "numbers mean is unclear; write words such as positive and negative.",
    )


def _notes(items: Sequence[Item]) -> tuple[Message, ...]:
    ratings = [item.rating for item in items if item.rating is not None]
    if len(ratings) < _FEW or max(ratings) > HIGHEST // 2:
        return ()
    return (
        Message(
            "모든 평점이 5 이하예요. 평점은 10점 만점으로 읽어요.",
            "No rating is above 5; ratings are read as out of 10.",
        ),
    )
