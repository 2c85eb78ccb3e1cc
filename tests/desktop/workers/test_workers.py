"""Threads: callbacks on the UI thread, one ending a job, only the newest, and a clean stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.workers import Workers, on_ui_thread
from engine.core.errors import Message
from engine.core.jobs import Progress


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    made = Workers()
    yield made
    assert made.shutdown(5.0)


class Notes:
    """Collects what was called, and whether on the UI thread."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.on_ui: list[bool] = []

    def named(self, name: str) -> Any:
        def call(*args: Any) -> None:
            self.calls.append((name, *args))
            self.on_ui.append(on_ui_thread())

        return call


def test_a_job_reports_progress_and_its_result_on_the_ui_thread(
    workers: Workers, qtbot: QtBot
) -> None:
    notes = Notes()

    def job(progress: Progress) -> int:
        assert not on_ui_thread()
        progress.report(0.5, Message("절반", "half"))
        progress.report(None)
        return 42

    handle = workers.run(
        job,
        done=notes.named("done"),
        failed=notes.named("failed"),
        progress=notes.named("progress"),
        cancelled=notes.named("cancelled"),
        language="en",
    )
    qtbot.waitUntil(lambda: ("done", 42) in notes.calls)
    assert notes.calls == [("progress", 0.5, "half"), ("progress", None, ""), ("done", 42)]
    assert all(notes.on_ui)
    assert not handle.running


def test_a_failing_job_hands_over_its_exception(workers: Workers, qtbot: QtBot) -> None:
    notes, error = Notes(), ValueError("no")

    def job(progress: Progress) -> None:
        raise error

    workers.run(job, done=notes.named("done"), failed=notes.named("failed"))
    qtbot.waitUntil(lambda: bool(notes.calls))
    assert notes.calls == [("failed", error)]


def test_a_cancelled_job_ends_as_cancelled_only(workers: Workers, qtbot: QtBot) -> None:
    notes, begun = Notes(), threading.Event()

    def job(progress: Progress) -> None:
        begun.set()
        while True:
            progress.raise_if_cancelled()

    handle = workers.run(
        job,
        done=notes.named("done"),
        failed=notes.named("failed"),
        cancelled=notes.named("cancelled"),
    )
    assert begun.wait(5)
    handle.cancel()
    qtbot.waitUntil(lambda: bool(notes.calls))
    assert notes.calls == [("cancelled",)]
    assert handle.cancel_asked and not handle.running


def test_the_result_of_a_job_that_ignores_the_cancel_is_dropped(
    workers: Workers, qtbot: QtBot
) -> None:
    notes, go = Notes(), threading.Event()
    handle = workers.run(
        lambda progress: go.wait(5), done=notes.named("done"), cancelled=notes.named("cancelled")
    )
    handle.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(notes.calls))
    assert notes.calls == [("cancelled",)]


def test_nothing_is_called_for_a_widget_that_is_gone(workers: Workers, qtbot: QtBot) -> None:
    notes, go = Notes(), threading.Event()
    owner = QLabel()
    handle = workers.run(lambda progress: go.wait(5), done=notes.named("done"), owner=owner)
    bound = workers.run(lambda progress: go.wait(5), done=owner.setNum)
    owner.deleteLater()
    qtbot.wait(10)
    go.set()
    qtbot.waitUntil(lambda: not handle.running and not bound.running)
    qtbot.wait(20)
    assert notes.calls == []


def test_after_shutdown_nothing_starts_and_nothing_is_called(qtbot: QtBot) -> None:
    workers, notes = Workers(), Notes()
    assert workers.shutdown()
    handle = workers.run(lambda progress: notes.calls.append(("ran",)), done=notes.named("done"))
    runner = workers.latest(lambda: notes.calls.append(("ran",)))
    runner.submit()
    stream = workers.stream(
        lambda: iter([1]), lambda frame: frame, notes.named("frame"), notes.named("error")
    )
    qtbot.wait(30)
    assert notes.calls == []
    assert not handle.running and not runner.busy and not stream.running and not workers.busy


def test_shutdown_stops_what_runs_without_callbacks(qtbot: QtBot) -> None:
    workers, notes, begun = Workers(), Notes(), threading.Event()

    def job(progress: Progress) -> None:
        begun.set()
        while True:
            progress.raise_if_cancelled()

    workers.run(job, done=notes.named("done"), cancelled=notes.named("cancelled"))
    assert begun.wait(5)
    assert workers.shutdown(5.0)
    qtbot.wait(20)
    assert notes.calls == []
    assert not workers.busy


def test_the_latest_runner_skips_what_was_overtaken(workers: Workers, qtbot: QtBot) -> None:
    go, ran, shown = threading.Event(), [], []

    def work(number: int) -> int:
        go.wait(5)
        ran.append(number)
        return number

    runner = workers.latest(work, done=shown.append)
    for number in range(20):
        runner.submit(number)
    go.set()
    qtbot.waitUntil(lambda: 19 in shown)
    assert ran[-1] == 19 and len(ran) <= 2
    qtbot.waitUntil(lambda: not runner.busy)


def test_the_latest_runner_tells_errors_and_goes_on(workers: Workers, qtbot: QtBot) -> None:
    failures, shown = [], []
    runner = workers.latest(lambda x: 1 / x, done=shown.append, failed=failures.append)
    runner.submit(0)
    qtbot.waitUntil(lambda: bool(failures))
    runner.submit(2)
    qtbot.waitUntil(lambda: shown == [0.5])
    assert isinstance(failures[0], ZeroDivisionError)


def test_a_cancelled_latest_call_shows_nothing(workers: Workers, qtbot: QtBot) -> None:
    go, shown = threading.Event(), []
    runner = workers.latest(lambda: go.wait(5), done=shown.append)
    runner.submit()
    runner.cancel()
    go.set()
    qtbot.waitUntil(lambda: not runner.busy)
    qtbot.wait(20)
    assert shown == []


class Source:
    """Frames 0..count-1 by ``read``; remembers that it was closed, and where."""

    def __init__(self, count: int) -> None:
        self.left = iter(range(count))
        self.closed = threading.Event()

    def read(self) -> int | None:
        return next(self.left, None)

    def close(self) -> None:
        self.closed.set()


def test_a_stream_shows_frames_then_ends_and_closes_its_source(
    workers: Workers, qtbot: QtBot
) -> None:
    notes, source, finished = Notes(), Source(5), threading.Event()
    stream = workers.stream(
        lambda: source,
        lambda frame: frame * 10,
        notes.named("frame"),
        notes.named("error"),
        notes.named("end"),
        finish=finished.set,
    )
    qtbot.waitUntil(lambda: ("end",) in notes.calls)
    frames = [call[1] for call in notes.calls[:-1]]
    assert frames == sorted(frames) and frames[-1] == 40  # the newest is never lost
    assert source.closed.is_set() and all(notes.on_ui)
    qtbot.waitUntil(lambda: finished.is_set() and not stream.running)


def test_a_stopped_stream_says_no_more(workers: Workers, qtbot: QtBot) -> None:
    notes, closed = Notes(), threading.Event()

    class Endless:
        def read(self) -> int:
            return 1

        def close(self) -> None:
            closed.set()

    stream = workers.stream(
        Endless, lambda frame: frame, notes.named("frame"), notes.named("error"), notes.named("end")
    )
    qtbot.waitUntil(lambda: len(notes.calls) > 2)
    assert stream.stop(5.0)
    count = len(notes.calls)
    qtbot.wait(30)
    assert len(notes.calls) == count and closed.is_set()


@pytest.mark.parametrize("where", ["open", "read", "analyse"])
def test_a_stream_that_fails_tells_once_and_stops(
    workers: Workers, qtbot: QtBot, where: str
) -> None:
    notes, error = Notes(), RuntimeError(where)

    def fail(*args: object) -> Any:
        raise error

    source = Source(1000)
    if where == "read":
        source.read = fail  # type: ignore[method-assign]
    stream = workers.stream(
        fail if where == "open" else lambda: source,
        fail if where == "analyse" else lambda frame: frame,
        notes.named("frame"),
        notes.named("error"),
        notes.named("end"),
    )
    qtbot.waitUntil(lambda: ("error", error) in notes.calls)
    qtbot.waitUntil(lambda: not stream.running)
    assert [call for call in notes.calls if call[0] != "frame"] == [("error", error)]


def test_this_test_runs_on_the_ui_thread(qtbot: QtBot) -> None:
    assert on_ui_thread()
    assert QObject().thread().isCurrentThread()
