"""Cyclic garbage: a slow collection happens once, and nothing is kept for ever."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import application
from desktop.app.application import Garbage


class Ring:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def tended(qtbot: QtBot) -> Iterator[Garbage]:
    """Return a garbage keeper at work."""
    made = Garbage()
    made.start()
    yield made
    made.stop()


def test_what_survives_a_slow_collection_is_not_looked_at_again(
    tended: Garbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    living = [[number] for number in range(5000)]
    before = gc.get_freeze_count()
    gc.collect(1)
    assert gc.get_freeze_count() <= before  # a young collection sets nothing aside
    monkeypatch.setattr(application, "SLOW_SECONDS", 0.0)
    gc.collect()
    assert gc.get_freeze_count() >= before + len(living)


def test_a_fast_collection_sets_nothing_aside(
    tended: Garbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "SLOW_SECONDS", 60.0)
    living = [[number] for number in range(5000)]
    before = gc.get_freeze_count()
    gc.collect()
    assert living and gc.get_freeze_count() <= before


def test_a_cycle_that_was_set_aside_is_freed_when_everything_is_looked_at(tended: Garbage) -> None:
    ring = Ring()
    gc.freeze()
    told = weakref.ref(ring)
    del ring
    gc.collect()
    assert told() is not None
    tended.collect_everything()
    assert told() is None


def test_starting_twice_is_starting_once(tended: Garbage) -> None:
    count = len(gc.callbacks)
    tended.start()
    assert len(gc.callbacks) == count
    tended.stop()
    tended.stop()
    assert len(gc.callbacks) == count - 1 and gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_python_collects_by_itself_once_started(qtbot: QtBot) -> None:
    gc.disable()
    made = Garbage()
    made.start()
    assert gc.isenabled()
    made.stop()
