"""Progress reports, parts of a job, cancellation."""

import threading

import pytest

from engine.core.errors import Message
from engine.core.jobs import Cancelled, Progress


def test_parts_fill_their_span() -> None:
    seen: list[float | None] = []
    progress = Progress(lambda fraction, _: seen.append(fraction))
    half = progress.part(0.5, 1.0)
    half.report(0.0)
    half.part(0.0, 0.5).report(1.0)
    half.report(2.0)
    half.report(None)
    assert seen == [0.5, 0.75, 1.0, None]


def test_cancel_reaches_every_part_from_another_thread() -> None:
    progress = Progress()
    part = progress.part(0.2, 0.3).part(0.0, 0.5)
    thread = threading.Thread(target=progress.cancel)
    thread.start()
    thread.join()
    assert part.cancelled
    with pytest.raises(Cancelled):
        part.report(0.1, Message("가", "a"))


def test_without_a_listener_nothing_happens() -> None:
    Progress().report(0.5)
