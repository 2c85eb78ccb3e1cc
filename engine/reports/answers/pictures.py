"""Answering pictures one by one; one that cannot be read stays without an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reports.scoring import Answer
from engine.reports.sets.items import Item

Judge = Callable[[Any], tuple[str, float] | Message]
"""Takes a picture; returns its label and how sure, or why there is none."""


def answers(
    items: Sequence[Item], judge: Judge, progress: Progress
) -> tuple[tuple[Answer, ...], float]:
    """Return an answer an item, and the seconds that reading and judging took.

    Raises:
        Cancelled: *progress* was cancelled.
    """
    made = []
    start = time.perf_counter()
    for number, item in enumerate(items):
        if number % 8 == 0:
            done = Message(
                f"사진 {len(items):,}장 가운데 {number:,}장을 읽었어요",
                f"{number:,} of {len(items):,} pictures read",
            )
            progress.report(number / len(items), done)
        made.append(_answer(item, judge))
    return tuple(made), time.perf_counter() - start


def _answer(item: Item, judge: Judge) -> Answer:
    assert item.picture is not None
    try:
        found = judge(item.picture())
    except InputError as error:
        found = error.message
    if isinstance(found, Message):
        return Answer(item, None, 0.0, problem=found)
    return Answer(item, *found)
