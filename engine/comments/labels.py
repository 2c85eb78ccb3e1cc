"""Labels of a photo: which ones the comment is written from, and how the model reads them."""

from __future__ import annotations

from collections.abc import Sequence

EXPRESSIONS = ("공포", "기쁨", "슬픔", "분노")
"""The four expressions that comments were written for; they lead the prompt."""

HIDDEN = frozenset({"인간의 얼굴", "의류", "남자", "여자", "소년", "소녀", "사람"})
"""Labels that say nothing to write about (recipe F's six, and COCO's person)."""

MAX_LABELS = 8
"""Most labels that one prompt holds; the training data's longest has nine."""


def split_labels(text: str) -> tuple[str, ...]:
    """Return the labels of a comma-separated line, trimmed, without empty ones.

    >>> split_labels("기쁨, 나무,,재킷 ")
    ('기쁨', '나무', '재킷')
    """
    return tuple(part for part in (raw.strip() for raw in text.split(",")) if part)


def prompt(labels: Sequence[str]) -> str:
    """Return the labels as the model reads them.

    >>> prompt(("기쁨", "나무"))
    '기쁨, 나무'
    """
    return ", ".join(labels)
