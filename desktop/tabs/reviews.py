"""리뷰 감성: write a review and see at once how it reads, or let a whole file be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from desktop.context import AppContext
from desktop.tabs.reviews_file import FilePanel
from desktop.tabs.reviews_one import OnePanel
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine.errors import InputError, StorageError
from engine.jobs import Progress
from engine.library import HistoryRow
from engine.reviews import batch, tables
from engine.reviews.batch import Scored
from engine.reviews.tables import Table

T = TypeVar("T")
_ONE, _FILE = 0, 1


class ReviewsTab(Page):
    """Switches between one text and a file, and runs the file's jobs."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("리뷰 감성"),
            self.tr("글을 쓰면 바로 읽고, 파일을 열면 모든 줄에 별점을 매겨요."),
        )
        self._job: JobHandle | None = None
        self.one = OnePanel(context, self.banner)
        self.stack_when_narrow(self.one.row)
        self.file = FilePanel(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.one)
        self._stack.addWidget(self.file)
        self.body.addWidget(self._stack, 1)
        self._build_tools()
        self._connect()

    def _build_tools(self) -> None:
        self._modes = QButtonGroup(self)
        for mode, text, icon, name in (
            (_ONE, self.tr("한 편"), "text", "reviewsOne"),
            (_FILE, self.tr("파일"), "table", "reviewsFile"),
        ):
            button = Button(text, icon)
            button.setObjectName(name)
            button.setCheckable(True)
            self._modes.addButton(button, mode)
            self.tools.addWidget(button)
        self._modes.button(_ONE).setChecked(True)
        self._modes.idClicked.connect(self._set_mode)
        self._open = Button(self.tr("파일 열기"), "open")
        self._open.setObjectName("reviewsOpen")
        self._open.clicked.connect(self._ask_open)
        self.tools.addWidget(self._open)

    def _connect(self) -> None:
        self.one.failed.connect(self._failed)
        self.one.answered.connect(self.banner.clear)
        self.one.message.connect(self.message)
        self.file.opened.connect(self.open_paths)
        self.file.column_chosen.connect(self._score_column)
        self.file.row_chosen.connect(self._look_closely)
        self.file.export_asked.connect(self._ask_export)

    # What the window asks of a tab

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a file of texts."""
        return path.suffix.lower() in tables.SUFFIXES

    def open_paths(self, paths: list[Path]) -> None:
        """Read the first file of texts among *paths*."""
        chosen = [path for path in paths if self.accepts(path)] or paths
        if chosen:
            path = chosen[0]
            self._set_mode(_FILE)
            self._start(
                lambda progress: tables.read_table(path, progress),
                self._opened,
                self.tr("{name}을(를) 여는 중이에요…").format(name=path.name),
            )

    def show_history(self, row: HistoryRow) -> None:
        """Show a remembered text again; of a file only its counts were kept."""
        if "text" in row.payload:
            self._set_mode(_ONE)
            self.one.show_history(row)
        else:
            text = self.tr("{summary}. 다시 보려면 파일을 열어 주세요.")
            self.banner.show_info(text.format(summary=row.summary))

    def save_result(self) -> None:
        """Save the scored file as a table, or the shown answer as JSON."""
        if self._stack.currentIndex() == _FILE and self.file.scored is not None:
            self._ask_export()
            return
        payload = self.one.payload()
        if payload is None:
            super().save_result()
            return
        name = self.tr("리뷰-결과.json")
        target = files.ask_save(self, self.context.settings, name, "JSON (*.json)")
        if target is not None:
            self._save_json(target, payload)

    def warm_up(self) -> None:
        """Load the models before the first word is written."""
        self.one.warm_up()

    def shutdown(self) -> None:
        """Stop reading; what was read last is remembered."""
        self.one.stop()
        if self._job is not None:
            self._job.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember what was read when the user goes to another tab."""
        self.one.flush()
        super().hideEvent(event)

    # Modes and jobs

    def _set_mode(self, mode: int) -> None:
        self._modes.button(mode).setChecked(True)
        self._stack.setCurrentIndex(mode)

    def _ask_open(self) -> None:
        found = files.ask_open(self, self.context.settings, files.table_filter())
        if found:
            self.open_paths(found)

    def _start(self, job: Callable[[Progress], T], done: Callable[[T], object], text: str) -> None:
        """Run a job of the file, after the one before it was cancelled."""
        if self._job is not None:
            self._job.cancel()
        self.banner.clear()
        handle = self.context.workers.run(
            job,
            done=lambda value: self._ended(handle, lambda: done(value)),
            failed=lambda error: self._ended(handle, lambda: self._failed(error)),
            progress=self.job_bar.set_progress,
            cancelled=lambda: self._ended(handle, self._cancelled),
            owner=self,
            language=self.context.language,
        )
        self._job = handle
        self.job_bar.start(text, handle.cancel)

    def _ended(self, handle: JobHandle, call: Callable[[], object]) -> None:
        if handle is self._job:
            self._job = None
            self.job_bar.finish()
            call()

    def _cancelled(self) -> None:
        self.message.emit(self.tr("멈췄어요."))

    def _failed(self, error: Exception) -> None:
        banner = self.banner
        show = banner.show_warning if isinstance(error, InputError) else banner.show_error
        show(self.context.error_text(error))

    # Files

    def _opened(self, table: Table) -> None:
        if table.text_column is None:
            self.file.ask_column(table)
        else:
            self._score(table, table.text_column)

    def _score_column(self, column: int) -> None:
        if self.file.table is not None and column >= 0:
            self._score(self.file.table, column)

    def _score(self, table: Table, column: int) -> None:
        self._start(
            lambda progress: batch.score_table(table, column, progress),
            self._scored,
            self.tr("글을 읽는 중이에요…"),
        )

    def _scored(self, scored: Scored) -> None:
        self.file.show_scored(scored)
        summary = batch.summarise(scored.results)
        name = scored.table.path.name
        text = self.tr("{name}: 글 {n}개, 긍정 {positive}, 부정 {negative}").format(
            name=name,
            n=f"{summary.judged:,}",
            positive=f"{summary.positive:,}",
            negative=f"{summary.negative:,}",
        )
        self.context.remember("reviews", text, {"file": name, **summary.to_dict()})
        self.message.emit(text)

    def _look_closely(self, text: str) -> None:
        self._set_mode(_ONE)
        self.one.write.set_text(text)

    def _ask_export(self) -> None:
        scored = self.file.scored
        if scored is None:
            return
        name = self.tr("{name}-마음결.xlsx").format(name=scored.table.path.stem)
        target = files.ask_save(self, self.context.settings, name, "Excel (*.xlsx);;CSV (*.csv)")
        if target is not None:
            self._export(scored, target)

    def _export(self, scored: Scored, target: Path) -> None:
        self._start(
            lambda progress: batch.export(scored, target, progress),
            lambda shortened: self._exported(target, shortened),
            self.tr("저장하는 중이에요…"),
        )

    def _exported(self, target: Path, shortened: int) -> None:
        text = self.tr("저장했어요: {name}").format(name=target.name)
        if shortened:
            text += " " + self.tr(
                "엑셀의 한 칸보다 긴 글 {n}개는 줄여서 담았어요. 모두 담으려면 CSV로 저장하세요."
            ).format(n=f"{shortened:,}")
            self.banner.show_warning(text)
        self.message.emit(text)

    def _save_json(self, target: Path, payload: dict[str, object]) -> None:
        def work(progress: Progress) -> Path:
            try:
                target.write_text(
                    json.dumps(payload, ensure_ascii=False, indent=1), encoding="utf-8"
                )
            except OSError as error:
                raise StorageError(
                    f"파일을 저장할 수 없어요: {target.name}. 다른 폴더에 저장해 주세요.",
                    f"Cannot write {target}. Try another folder.",
                ) from error
            return target

        self._start(work, lambda path: self._exported(path, 0), self.tr("저장하는 중이에요…"))
