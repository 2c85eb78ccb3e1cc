"""Answering many texts at once; one that cannot be judged stays without an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reports.sets.items import Item
from engine.text import normalize

T = TypeVar("T")


def judged(
    items: Sequence[Item],
    predict_many: Callable[[list[str], Progress], list[T]],
    progress: Progress,
) -> tuple[list[T | Message], float]:
    """Return each text's result, or why there is none, and the seconds that it took."""
    found: list[T | Message] = []
    good: list[int] = []
    for number, item in enumerate(items):
        try:
            normalize.check_text(item.text)
            good.append(number)
            found.append(Message("", ""))
        except InputError as error:
            found.append(error.message)
    start = time.perf_counter()
    results = predict_many([items[i].text for i in good], progress) if good else []
    seconds = time.perf_counter() - start
    for i, result in zip(good, results, strict=True):
        found[i] = result
    return found, seconds
