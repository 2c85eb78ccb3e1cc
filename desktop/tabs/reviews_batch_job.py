"""The batch that runs: started, held, stopped, and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.context import AppContext
from desktop.tabs.reviews_batch_pace import Pace
from desktop.workers import JobHandle
from engine.batch import BatchSummary, Pause, Plan
from engine.errors import InputError
from engine.jobs import Progress

if TYPE_CHECKING:
    from desktop.tabs.reviews_batch_stores import Reading


@dataclass
class _Run:
    """What the worker of one batch shares with the window."""

    plan: Plan
    pause: Pause = field(default_factory=Pause)
    pace: Pace = field(default_factory=Pace)
    store: Path | None = None
    newest: BatchSummary | None = None
    told: BatchSummary | None = None
    handle: JobHandle | None = None

    def keep(self, summary: BatchSummary) -> None:
        """Take a summary in the worker; the next report hands it on."""
        self.newest = summary


class BatchJob(QObject):
    """Runs one batch at a time; what was running is stopped by the next and can be resumed.

    Signals:
        moved(object, str): part of the file that was read, 0..1 or None, and a sentence.
        summed(BatchSummary): what the rows so far amount to.
        done(Reading): all rows are judged.
        stopped(Reading or None): it was cancelled; what there is until then.
        failed(Exception): it ended early; what was stored is kept.
    """

    moved = Signal(object, str)
    summed = Signal(object)
    done = Signal(object)
    stopped = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._run: _Run | None = None
        self._next: Plan | None = None

    @property
    def running(self) -> bool:
        """Whether a batch is under way, held or not."""
        return self._run is not None

    @property
    def held(self) -> bool:
        """Whether it is held."""
        return self._run is not None and self._run.pause.is_set

    @property
    def plan(self) -> Plan | None:
        """What is being read."""
        return None if self._run is None else self._run.plan

    @property
    def pace(self) -> Pace | None:
        """How fast it goes."""
        return None if self._run is None else self._run.pace

    def start(self, plan: Plan) -> None:
        """Read a file; rows that were stored for the same plan are not read again."""
        if self._run is not None:
            self._next = plan  # two at a time would share the machine, and perhaps the store
            self.cancel()
            return
        run = _Run(plan)
        self._run = run
        run.handle = self._context.workers.run(
            lambda progress: _work(run, progress),
            done=lambda outcome: self._ended(run, lambda: self.done.emit(outcome)),
            failed=lambda error: self._ended(run, lambda: self.failed.emit(error)),
            progress=lambda fraction, text: self._tell(run, fraction, text),
            cancelled=lambda: self._ended(run, lambda: self._look_back(run.store)),
            owner=self,
            language=self._context.language,
        )

    def hold(self) -> None:
        """Hold the batch after the chunk that it works on."""
        if self._run is not None:
            self._run.pause.set()
            self._run.pace.hold()

    def go_on(self) -> None:
        """Let a held batch go on."""
        if self._run is not None:
            self._run.pace.go_on()
            self._run.pause.clear()

    def cancel(self) -> None:
        """Stop the batch; what it has stored is kept."""
        if self._run is not None and self._run.handle is not None:
            self._run.handle.cancel()

    def _tell(self, run: _Run, fraction: float | None, text: str) -> None:
        newest = run.newest
        if newest is not None and newest is not run.told:
            run.told = newest
            run.pace.add(newest.rows, fraction or 0.0)
            self.summed.emit(newest)
        self.moved.emit(fraction, text)

    def _look_back(self, store: Path | None) -> None:
        """Open what a stopped batch has stored, off the UI thread."""
        self._context.workers.run(
            lambda progress: None if store is None else _stored(store),
            done=self.stopped.emit,
            failed=self.failed.emit,
            owner=self,
        )

    def _ended(self, run: _Run, call: Callable[[], object]) -> None:
        self._run = None
        plan, self._next = self._next, None
        if plan is not None:
            self.start(plan)
        else:
            call()


def _work(run: _Run, progress: Progress) -> Reading:
    from desktop.tabs import reviews_batch_stores as stores
    from engine import batch

    progress.report(None)
    run.store = stores.prepared(run.plan, progress)
    try:
        outcome = batch.run(run.plan, run.store, progress, run.pause, run.keep)
    except InputError:
        stores.forget_unjudged(run.store)
        raise
    stores.tidy(run.store)
    return stores.reading(outcome)


def _stored(store: Path) -> Reading | None:
    from desktop.tabs import reviews_batch_stores as stores

    return stores.stored(store)
