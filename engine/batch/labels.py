"""What a file's own labels mean, whatever they are: 0/1, words, ratings."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

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
