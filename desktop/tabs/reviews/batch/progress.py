"""How far a batch is, how fast it goes, and what can be done: hold, stop, go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.reviews.batch.preview import duration
from desktop.widgets.buttons import Button
from desktop.widgets.labels import ElidedLabel, Label
from desktop.widgets.page import Card
from desktop.workers import JobHandle
from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.reviews.batch import BatchSummary, Pause, Plan
from engine.reviews.batch.pace import Pace

if TYPE_CHECKING:
    from engine.reviews.batch.readings import Reading


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
    from engine.reviews import batch
    from engine.reviews.batch import readings as stores

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
    from engine.reviews.batch import readings as stores

    return stores.stored(store)


_STEPS = 1000
_ROWS_READ = 0.95
"""Part of the progress that is reading rows; what follows has no pace."""


class ProgressCard(Card):
    """Shown while a batch runs, is held, or was stopped.

    Signals:
        hold_asked(), go_on_asked(): hold it between two portions; let it go on.
        stop_asked(): stop it; what was read is kept.
        resume_asked(): start again where it stopped.
    """

    hold_asked = Signal()
    go_on_asked = Signal()
    stop_asked = Signal()
    resume_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._held = False
        self._fraction: float | None = None
        self._text = ElidedLabel(role="strong")
        self._text.setObjectName("reviewsProgressText")
        self._percent = Label(role="strong")
        self.bar = QProgressBar()
        self.bar.setObjectName("reviewsProgress")
        self.bar.setTextVisible(False)
        self._pace = ElidedLabel(role="muted")
        self._pace.setObjectName("reviewsPace")
        self.pause = Button(self.tr("잠시 멈춤"), "pause")
        self.pause.setObjectName("reviewsPause")
        self.pause.clicked.connect(self._press_pause)
        self.stop = Button(self.tr("그만두기"), "stop")
        self.stop.setObjectName("reviewsStop")
        self.stop.clicked.connect(self._press_stop)
        self.resume = Button(self.tr("이어서 읽기"), "play", role="primary")
        self.resume.setObjectName("reviewsResume")
        self.resume.clicked.connect(self.resume_asked)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.addWidget(self._text, 1)
        words.addWidget(self._percent)
        left = QVBoxLayout()
        left.setSpacing(theme.px(7))
        left.addLayout(words)
        left.addWidget(self.bar)
        left.addWidget(self._pace)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addLayout(left, 1)
        for button in (self.pause, self.stop, self.resume):
            row.addWidget(button)
        self.body.addLayout(row)

    def show_running(self, text: str) -> None:
        """A batch begins."""
        self._held, self._fraction = False, None
        self._show_buttons(running=True)
        self.pause.setEnabled(True)
        self.stop.setEnabled(True)
        self._draw_pause()
        self._pace.clear()
        self.set_progress(None, text)

    def set_progress(self, fraction: float | None, text: str = "") -> None:
        """Show the part that is done, 0..1 (None: unknown), and, if given, what is done."""
        if text:
            self._text.setText(text)
            self.bar.setAccessibleName(text)
        self._fraction = fraction
        if fraction is None:
            self.bar.setRange(0, 0)
            self._percent.clear()
            return
        if fraction > _ROWS_READ:
            self._pace.clear()
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(fraction * _STEPS))
        self._percent.setText(f"{fraction:.0%}")

    def set_pace(self, pace: Pace) -> None:
        """Show rows a second and the time that is left."""
        if self._held:
            return
        speed, left = pace.rows_per_second, pace.seconds_left
        parts = []
        if speed:
            parts.append(self.tr("1초에 {n}줄").format(n=f"{speed:,.0f}"))
        if left is not None:
            parts.append(self.tr("{time}쯤 남았어요").format(time=duration(left)))
        if parts:
            self._pace.setText(" · ".join(parts))

    def show_stopped(self, text: str, rest: str) -> None:
        """The batch has ended early; it can go on."""
        self._held = False
        self._show_buttons(running=False)
        self._text.setText(text)
        self._pace.setText(rest)
        if self._fraction is None:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(0)

    def _show_buttons(self, running: bool) -> None:
        self.pause.setVisible(running)
        self.stop.setVisible(running)
        self.resume.setVisible(not running)

    def _press_pause(self) -> None:
        self._held = not self._held
        self._draw_pause()
        if self._held:
            self._pace.setText(self.tr("잠시 멈췄어요. 여기까지 읽은 것은 저장되어 있어요."))
            self.hold_asked.emit()
        else:
            self._pace.clear()
            self.go_on_asked.emit()

    def _draw_pause(self) -> None:
        self.pause.setText(self.tr("계속하기") if self._held else self.tr("잠시 멈춤"))
        self.pause.set_icon("play" if self._held else "pause")

    def _press_stop(self) -> None:
        self.stop.setEnabled(False)
        self.pause.setEnabled(False)
        self._text.setText(self.tr("멈추는 중이에요…"))
        self.stop_asked.emit()
