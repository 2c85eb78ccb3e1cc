"""A file of reviews: dropped, looked at, read row by row, and what it amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.tabs.reviews.batch.preview import PreviewCard, plan_for
from desktop.tabs.reviews.batch.progress import BatchJob, ProgressCard
from desktop.tabs.reviews.batch.results import ResultsPanel, ResumeCard
from desktop.widgets import files
from desktop.widgets.files import DropArea
from engine.reviews.batch import BatchSummary, Plan, Preview, Unfinished
from engine.reviews.batch import readings as stores
from engine.reviews.batch.readings import Reading

AT_ONCE = 10_000
"""A file of clear columns and at most so many rows is read as soon as it is opened."""

START, PREVIEW, READING = range(3)


class FileState(NamedTuple):
    """What a panel shows: which part, the file that was looked at, the batch and its page."""

    part: int
    looked: tuple[Path | None, Preview | None, Plan | None] | None
    reading: Reading | None
    page: str


class FilePanel(QWidget):
    """Drop area and stopped batches; a first look; progress and results.

    Signals:
        opened(list[Path]): files were dropped or chosen.
        look_asked(Path): look at this file again, to choose other columns.
        row_chosen(str): look at this text closely.
        began(): a file is being read.
        finished(Reading): a file was read to its end.
        failed(Exception): something went wrong.
        export_asked(), chart_asked(): save the rows, or the page as a picture.
    """

    opened = Signal(list)
    look_asked = Signal(object)
    row_chosen = Signal(str)
    began = Signal()
    finished = Signal(object)
    failed = Signal(object)
    export_asked = Signal()
    chart_asked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._looked: tuple[Path, Preview] | None = None
        self._plan: Plan | None = None
        self._following = False
        self.part = START
        self.drop = DropArea(
            self.tr("리뷰가 든 파일을 여기에 놓으세요"),
            self.tr("CSV, TSV, TXT, XLSX, Parquet · 백만 줄도 읽고, 언제든 멈췄다가 이어서 읽어요"),
            "table",
            files.table_filter(),
            context.settings,
        )
        self.drop.setObjectName("reviewsDrop")
        self.drop.dropped.connect(self.opened)
        self.resume = ResumeCard(context)
        self.half_read = ResumeCard(context)
        self._back: Path | None = None
        self.preview = PreviewCard(context)
        self.progress = ProgressCard()
        self.results = ResultsPanel(context)
        self.job = BatchJob(context, self)
        self._start = QWidget()
        column = _column(self._start)
        column.addWidget(self.resume)
        column.addWidget(self.drop, 1)
        column = _column(self)
        column.addWidget(self.progress)
        column.addWidget(self._start, 1)
        column.addWidget(self.half_read)
        column.addWidget(self.preview)
        column.addWidget(self.results, 1)
        column.addStretch(0)
        self._connect()
        self.progress.hide()
        self._show_part(START)

    def _connect(self) -> None:
        self.resume.resume_asked.connect(self.start)
        self.resume.failed.connect(self.failed)
        self.half_read.resume_asked.connect(self.start)
        self.half_read.failed.connect(self.failed)
        self.preview.start_asked.connect(self.start)
        self.preview.closed.connect(self.show_start)
        self.preview.back_asked.connect(self._go_back)
        self.preview.failed.connect(self.failed)
        self.progress.hold_asked.connect(self.job.hold)
        self.progress.go_on_asked.connect(self.job.go_on)
        self.progress.stop_asked.connect(self.job.cancel)
        self.progress.resume_asked.connect(self._resume)
        self.results.back_asked.connect(self.show_start)
        self.results.columns_asked.connect(self._ask_columns)
        self.results.chart_asked.connect(self.chart_asked)
        self.results.export_asked.connect(self.export_asked)
        self.results.row_chosen.connect(self.row_chosen)
        self.results.failed.connect(self.failed)
        self.job.moved.connect(self._moved)
        self.job.summed.connect(self._summed)
        self.job.done.connect(self._done)
        self._context.signals.model_changed.connect(self._model_changed)
        self.job.stopped.connect(self._stopped)
        self.job.failed.connect(self._failed)

    @property
    def reading(self) -> Reading | None:
        """The batch that is shown, read to its end or not."""
        return self.results.reading

    # What the tab asks

    def show_start(self) -> None:
        """Show the drop area and what can be gone on with."""
        self._leave()
        self.results.release()
        self._show_part(START)
        self.resume.look()

    def show_preview(
        self, path: Path, preview: Preview, half_read: Sequence[Unfinished] = ()
    ) -> None:
        """Read a file at once if all is clear and it is soon done, else ask.

        Args:
            half_read: batches of this file that stopped early; they can be gone on with.
        """
        self._back = None
        rows = preview.row_estimate
        mode = self._context.settings.get(keys.REVIEW_MODE)
        plan = plan_for(path, preview, mode)
        if half_read and (
            rows is None or rows > AT_ONCE or replace(half_read[0].plan, source=path) != plan
        ):
            why = self.tr("전에 읽다 만 파일이에요. 이어서 읽거나 처음부터 다시 읽을 수 있어요.")
        elif preview.text_column is None:
            why = self.tr("읽을 글이 든 열을 골라 주세요.")
        elif rows is None or rows > AT_ONCE:
            why = self.tr("큰 파일이에요. 어떻게 읽을지 보고 시작해 주세요.")
        else:
            self._looked = (path, preview)
            self.start(plan)
            return
        self.ask(path, preview, why, half_read)

    def show_reading(self, reading: Reading) -> None:
        """Show a batch that was read before."""
        self._leave()
        self._plan = reading.plan
        self._looked = None
        self.results.show_reading(reading)
        self._show_part(READING)

    def start(self, plan: Plan) -> None:
        """Read a file, or go on where it stopped."""
        self._plan = plan
        if self._looked is not None and self._looked[0] != plan.source:
            self._looked = None
        self._following = True
        self.began.emit()
        name = plan.source.name
        self.results.show_running(plan)
        self.progress.show_running(self.tr("{name}을(를) 읽는 중이에요…").format(name=name))
        self.progress.show()
        self._show_part(READING)
        self.job.start(plan)

    def stop(self) -> None:
        """Stop what runs; what was read is kept."""
        self.job.cancel()

    def state(self) -> FileState:
        """Return what is shown; what is still being read can be gone on with from the start."""
        preview = self.preview
        looked = (preview.path, preview.preview, preview.plan()) if preview.path else None
        return FileState(self.part, looked, self.reading, self.results.page)

    def restore(self, state: FileState) -> None:
        """Show what another panel showed."""
        if state.part == PREVIEW and state.looked is not None:
            path, preview, plan = state.looked
            if path is not None and preview is not None:
                self.ask(path, preview)
                self.preview.choose(plan)
        elif state.part == READING and state.reading is not None:
            self._show_again(state.reading)
            self.results.show_page(state.page)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is left from the last time."""
        super().showEvent(event)
        if self.part == START:
            self.resume.look()

    # What the cards ask

    def ask(
        self,
        path: Path,
        preview: Preview,
        why: str = "",
        half_read: Sequence[Unfinished] = (),
    ) -> None:
        """Let the user say which column is what, and how the file is to be read."""
        plan = self._plan if self._back is not None else None
        self._leave()
        self.half_read.look_for(path, half_read)
        self._looked = (path, preview)
        self.results.release()
        said = why or self.tr("어느 열을 어떻게 읽을지 골라 주세요.")
        self.preview.show_preview(path, preview, said, can_go_back=self._back is not None)
        self.preview.choose(plan)
        self._show_part(PREVIEW)

    def _go_back(self) -> None:
        """Show the batch again that was left to choose other columns, as far as it was read."""
        store = self._back
        if store is not None:
            self._context.workers.run(
                lambda progress: stores.stored(store),
                done=self._show_again,
                failed=self.failed.emit,
                owner=self,
            )

    def _show_again(self, reading: Reading | None) -> None:
        if reading is None:
            self.show_start()
            return
        self.show_reading(reading)
        if not reading.finished:
            self._show_stopped(reading)

    def _ask_columns(self) -> None:
        self._back = self.reading.outcome.folder if self.reading is not None else None
        if self._looked is not None:
            self.ask(*self._looked)
        elif self._plan is not None:
            self.look_asked.emit(self._plan.source)

    def _leave(self) -> None:
        """Look at something else: what runs is stopped and kept."""
        self._following = False
        self.job.cancel()
        self.progress.hide()

    def _resume(self) -> None:
        if self._plan is not None:
            self.start(self._plan)

    # What the batch tells

    def _moved(self, fraction: float | None, text: str) -> None:
        if self._following:
            self.progress.set_progress(fraction, text)

    def _summed(self, summary: BatchSummary) -> None:
        if self._following:
            self.results.show_summary(summary)
            if self.job.pace is not None:
                self.progress.set_pace(self.job.pace)

    def _done(self, reading: Reading) -> None:
        self.progress.hide()
        self.results.show_reading(reading)
        self.finished.emit(reading)

    def _stopped(self, reading: Reading | None) -> None:
        if not self._following:
            return
        if reading is None or not reading.rows:
            self.show_start()
            return
        self._show_stopped(reading)
        self.results.show_reading(reading)

    def _show_stopped(self, reading: Reading) -> None:
        """Say how far a batch was read, and offer to go on."""
        self._following, self._plan = True, reading.plan
        text = self.tr("{n}줄까지 읽고 멈췄어요").format(n=f"{reading.rows:,}")
        rest = self.tr("저장해 두었으니 창을 닫아도 언제든 이어서 읽을 수 있어요.")
        self.progress.show_stopped(text, rest)
        self.progress.show()

    def _model_changed(self, domain: str) -> None:
        """Another model answers: say so of what the one before has read."""
        reading = self.reading
        if domain != "reviews" or reading is None:
            return
        page = self.results.page

        def show(renewed: Reading) -> None:
            if self.reading is reading:
                self.results.show_reading(renewed)
                self.results.show_page(page)

        self._context.workers.run(
            lambda progress: stores.reading(reading.outcome),
            done=show,
            failed=self.failed.emit,
            owner=self,
        )

    def _failed(self, error: Exception) -> None:
        plan, looked = self._plan, self._looked
        if self._following and plan is not None and looked is not None:
            self.ask(*looked)
        elif self._following:
            self.show_start()
        self.failed.emit(error)

    def _show_part(self, part: int) -> None:
        self.part = part
        self._start.setVisible(part == START)
        self.preview.setVisible(part == PREVIEW)
        self.half_read.setVisible(part == PREVIEW and bool(self.half_read.rows))
        self.results.setVisible(part == READING)


def _column(parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(14))
    return column
