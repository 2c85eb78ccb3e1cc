"""Texts labelled with one of the seven emotions: a table ``text emotion``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from engine.core.jobs import Progress
from engine.emotions.result import LABELS
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

SEVEN = {
    **dict.fromkeys(("happy", "happiness", "joy"), "행복"),
    **dict.fromkeys(("sad", "sadness"), "슬픔"),
    **dict.fromkeys(("angry", "anger"), "분노"),
    "fear": "공포",
    "surprise": "놀람",
    "disgust": "혐오",
    "neutral": "중립",
    **{label: label for label in LABELS},
}
"""What a label may be called (FER2013's names, the portraits', Korean) -> label."""

_NAMES = ("emotion", "감정")


def read(
    data: Sequence[Path], limit: int | None = None, progress: Progress | None = None
) -> LabelledSet:
    """Read the first *limit* labelled texts of the files.

    Raises:
        InputError: a file is of another layout, or none of its labels is known.
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
            progress.raise_if_cancelled()
            if not names:
                names = tuple(row)
                text, label = rows.text_column(names), rows.column(names, rows.LABEL_NAMES, _NAMES)
            if text is None or label is None:
                raise rows.other_layout(path, "'text emotion'", names)
            word = row[label].strip()
            if is_missing(word):
                unlabelled += 1
            elif word.lower() in SEVEN:
                items.append(Item(str(number), SEVEN[word.lower()], row[text]))
            else:
                unknown[short(word)] += 1
    if not items:
        raise none_known(data, LABELS, unknown, unlabelled)
    return LabelledSet(names_of(data), items, unlabelled, commonest(unknown))
