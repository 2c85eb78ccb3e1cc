"""리뷰 감성: write a review and see at once how it reads, or let a whole file be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup

from desktop.app.context import AppContext
from desktop.tabs.reviews.batch import results as saving
from desktop.tabs.reviews.file import FilePanel
from desktop.tabs.reviews.single import OnePanel
from desktop.widgets import files
from desktop.widgets import files as save_json
from desktop.widgets.buttons import Button
from desktop.widgets.page import Page, PageJob
from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.core.library import HistoryRow
from engine.reviews import batch
from engine.reviews.batch import Preview, Unfinished
from engine.reviews.batch import readings as stores
from engine.reviews.batch.readings import Reading
from engine.tables import SUFFIXES

_ONE, _FILE = 0, 1


class ReviewsTab(Page):
    """Switches between one text and a file, and runs the file's jobs."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("리뷰 감성"),
            self.tr("글을 쓰면 바로 읽고, 파일을 열면 모든 줄에 별점을 매겨요."),
        )
        self._job = PageJob(self, self._failed)
        self.one = OnePanel(context, self.banner)
        self.stack_when_narrow(self.one.row)
        self.file = FilePanel(context)
        for row in (*self.file.results.stacked, self.file.preview.choices):
            self.stack_when_narrow(row)
        for side in (self.one, self.file):
            self.body.addWidget(side, 1)
        self.file.hide()
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
        self.file.look_asked.connect(lambda path: self._look(path, ask=True))
        self.file.row_chosen.connect(self._look_closely)
        self.file.began.connect(self.banner.clear)
        self.file.finished.connect(self._finished)
        self.file.failed.connect(self._failed)
        self.file.export_asked.connect(self._ask_export)
        self.file.chart_asked.connect(self._ask_picture)

    # What the window asks of a tab

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a file of texts."""
        return path.suffix.lower() in SUFFIXES

    def open_paths(self, paths: list[Path]) -> None:
        """Read the first file of texts among *paths*."""
        chosen = [path for path in paths if self.accepts(path)] or paths
        if chosen:
            self._set_mode(_FILE)
            self._look(chosen[0], ask=False)

    def show_history(self, row: HistoryRow) -> None:
        """Show a remembered text again, or a file as it was read if that is still kept."""
        if "text" in row.payload:
            self._set_mode(_ONE)
            self.one.show_history(row)
            return
        name = str(row.payload.get("store", ""))
        self._job.start(
            lambda progress: stores.finished_reading(name),
            lambda reading: self._show_again(reading, row.summary),
            self.tr("기록을 여는 중이에요…"),
        )

    def save_result(self) -> None:
        """Save the rows of a file as a table, or the shown answer as JSON."""
        if self._modes.checkedId() == _FILE and self.file.reading is not None:
            self._ask_export()
            return
        payload = self.one.payload()
        if payload is None:
            super().save_result()
            return
        name = self.tr("리뷰-결과.json")
        target = files.ask_save(self, self.context.settings, name, "JSON (*.json)")
        if target is not None:
            self._job.start(
                lambda progress: save_json.save(payload, target),
                self._saved,
                self.tr("저장하는 중이에요…"),
            )

    def warm_up(self) -> None:
        """Load the models before the first word is written; tell what can be gone on with."""
        self.one.warm_up()
        self.context.workers.run(
            lambda progress: batch.unfinished(),
            done=self._offer,
            failed=self._failed,
            owner=self,
        )

    def work(self) -> list[str]:
        """Return the file that is being read."""
        plan = self.file.job.plan
        name = self.tr("{name}을(를) 읽는 중이에요…")
        return [] if plan is None else [name.format(name=plan.source.name)]

    def state(self) -> object:
        """Return the mode, the text and the file."""
        return self._modes.checkedId(), self.one.state(), self.file.state()

    def restore(self, state: Any) -> None:
        """Show what another tab showed."""
        mode, one, file = state
        self.one.restore(one)
        self.file.restore(file)
        self._set_mode(mode)

    def shutdown(self) -> None:
        """Stop reading; what was read last is remembered, what a file came to is kept."""
        self.one.stop()
        self._job.cancel()
        self.file.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember what was read when the user goes to another tab."""
        self.one.flush()
        super().hideEvent(event)

    # Modes and jobs

    def _set_mode(self, mode: int) -> None:
        self._modes.button(mode).setChecked(True)
        self.one.setVisible(mode == _ONE)
        self.file.setVisible(mode == _FILE)

    def _ask_open(self) -> None:
        found = files.ask_open(self, self.context.settings, files.table_filter())
        if found:
            self.open_paths(found)

    def _failed(self, error: Exception) -> None:
        banner = self.banner
        show = banner.show_warning if isinstance(error, InputError) else banner.show_error
        show(self.context.error_text(error))

    # Files

    def _look(self, path: Path, ask: bool) -> None:
        def look(progress: Progress) -> tuple[Preview, list[Unfinished]]:
            return batch.preview(path), [] if ask else stores.half_read(path)

        def show(found: tuple[Preview, list[Unfinished]]) -> None:
            preview, half_read = found
            if ask:
                self.file.ask(path, preview)
            else:
                self.file.show_preview(path, preview, half_read)

        self._job.start(
            look,
            show,
            self.tr("{name}을(를) 여는 중이에요…").format(name=path.name),
        )

    def _offer(self, found: list[batch.Unfinished]) -> None:
        if found and self._modes.checkedId() == _ONE:
            text = self.tr("읽다 만 파일이 있어요: {name}").format(name=found[0].source.name)
            self.banner.show_info(text, self.tr("보기"), lambda: self._set_mode(_FILE))

    def _finished(self, reading: Reading) -> None:
        summary, name = reading.summary, reading.source.name
        text = self.tr("{name}: 글 {n}개, 긍정 {positive}, 중립 {neutral}, 부정 {negative}").format(
            name=name,
            n=f"{summary.judged:,}",
            positive=f"{summary.positive:,}",
            neutral=f"{summary.neutral:,}",
            negative=f"{summary.negative:,}",
        )
        self.context.remember("reviews", text, {"file": name, **stores.counts(reading)})
        self.message.emit(text)

    def _show_again(self, reading: Reading | None, summary: str) -> None:
        if reading is None:
            text = self.tr("{summary}. 다시 보려면 파일을 열어 주세요.")
            self.banner.show_info(text.format(summary=summary))
            return
        self._set_mode(_FILE)
        self.file.show_reading(reading)

    def _look_closely(self, text: str) -> None:
        self._set_mode(_ONE)
        self.one.write.set_text(text)

    def _ask_export(self) -> None:
        reading = self.file.reading
        if reading is None:
            return
        name = saving.suggested_name(reading)
        target = files.ask_save(self, self.context.settings, name, saving.FILTER)
        if target is not None:
            self._job.start(
                lambda progress: reading.outcome.export(target, progress),
                lambda shortened: self._saved(target, shortened),
                self.tr("저장하는 중이에요…"),
            )

    def _ask_picture(self) -> None:
        results = self.file.results
        image = results.picture()
        name = self.tr("{name}-그림.png").format(name=results.name[:80])
        target = files.ask_save(self, self.context.settings, name, "PNG (*.png)")
        if target is not None:
            self._job.start(
                lambda progress: saving.save_picture(image, target),
                self._saved,
                self.tr("저장하는 중이에요…"),
            )

    def _saved(self, target: Path, shortened: int = 0) -> None:
        text = self.tr("저장했어요: {name}").format(name=target.name)
        if shortened:
            text += " " + self.tr(
                "엑셀의 한 칸보다 긴 글 {n}개는 줄여서 담았어요. 모두 담으려면 CSV로 저장하세요."
            ).format(n=f"{shortened:,}")
            self.banner.show_warning(text)
        self.message.emit(text)
