"""글 감정: write a text and see what feeling is in it, or count the feelings of a corpus."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup

from desktop.app.context import AppContext
from desktop.tabs.emotions.corpus import SUFFIXES, CorpusPanel, shown, title
from desktop.tabs.emotions.result import corpus_names
from desktop.tabs.emotions.single import OnePanel, load
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.files import save
from desktop.widgets.page import Page, PageJob
from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.core.library import HistoryRow
from engine.emotions.corpus import distribution
from engine.emotions.corpus.distribution import HEADER, Distribution

_ONE, _CORPUS = 0, 1


class EmotionsTab(Page):
    """Switches between one text and a corpus, and runs the corpus's jobs."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("글 감정"),
            self.tr("글에 담긴 감정을 바로 읽고, 말뭉치의 감정을 세어요."),
        )
        self._job = PageJob(self, self._failed)
        self.one = OnePanel(context)
        self.corpus = CorpusPanel(context)
        self.stack_when_narrow(self.one.row)
        self.body.addWidget(self.one, 1)
        self.body.addWidget(self.corpus, 1)
        self._build_tools()
        self._connect()
        self._set_mode(_ONE)

    def _build_tools(self) -> None:
        self._open = Button(self.tr("파일 열기"), "open")
        self._open.setObjectName("emotionsOpen")
        self._open.clicked.connect(self.corpus.drop.choose)
        self._folder = Button(self.tr("폴더 열기"), "folder")
        self._folder.setObjectName("emotionsFolder")
        self._folder.clicked.connect(self.corpus.drop.choose_folder)
        self._modes = QButtonGroup(self)
        for mode, text, icon, name in (
            (_ONE, self.tr("한 편"), "text", "emotionsOne"),
            (_CORPUS, self.tr("분포"), "chart", "emotionsCorpus"),
        ):
            button = Button(text, icon)
            button.setObjectName(name)
            button.setCheckable(True)
            self._modes.addButton(button, mode)
            self.tools.addWidget(button)
        self._modes.idClicked.connect(self._set_mode)
        self.tools.addWidget(self._open)
        self.tools.addWidget(self._folder)

    def _connect(self) -> None:
        self.one.failed.connect(self._failed)
        self.one.answered.connect(self.banner.clear)
        self.one.message.connect(self.message)
        self.one.save_asked.connect(self.save_result)
        self.one.fine.all_switched.connect(self._show_all)
        self.corpus.opened.connect(self.open_paths)
        self.corpus.table_asked.connect(self._ask_table)
        self.corpus.chart_asked.connect(self._ask_chart)

    # What the window asks of a tab

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a corpus, or a folder of one."""
        return path.suffix.lower() in SUFFIXES or path.is_dir()

    def open_paths(self, paths: list[Path]) -> None:
        """Count the emotions in all of *paths*."""
        if paths:
            self._set_mode(_CORPUS)
            name = title(paths)
            self._job.start(
                lambda progress: distribution.measure(paths, progress),
                lambda found: self._counted(found, name),
                self.tr("감정을 세는 중이에요…"),
            )

    def show_text(self, text: str) -> None:
        """Read a text that another tab hands over."""
        self._set_mode(_ONE)
        self.one.write.set_text(text)

    def show_history(self, row: HistoryRow) -> None:
        """Show a remembered text or distribution again."""
        self.banner.clear()
        if "text" in row.payload:
            self._set_mode(_ONE)
            self.one.show_history(row)
            return
        try:
            found = Distribution.from_dict(row.payload)
        except InputError as error:
            self._failed(error)
            return
        self._set_mode(_CORPUS)
        self.corpus.show_distribution(found, str(row.payload.get("name", "")))

    def save_result(self) -> None:
        """Save the table of the corpus, or the shown answer as JSON."""
        corpus = self._modes.checkedId() == _CORPUS
        payload = self.one.payload()
        if corpus and self.corpus.distribution is not None:
            self._ask_table()
            return
        if corpus or payload is None:
            super().save_result()
            return
        name = self.tr("글-감정.json")
        target = files.ask_save(self, self.context.settings, name, "JSON (*.json)")
        if target is not None:
            self._write(lambda progress: save(payload, target), target)

    def warm_up(self) -> None:
        """Load the models before the first word is written."""
        self.context.workers.run(lambda progress: load(), failed=self._failed, owner=self)

    def state(self) -> object:
        """Return the mode, the text and the corpus."""
        found = self.corpus.distribution, self.corpus.name
        return self._modes.checkedId(), self.one.state(), found

    def restore(self, state: Any) -> None:
        """Show what another tab showed."""
        mode, one, (found, name) = state
        self.one.restore(one)
        if found is not None:
            self.corpus.show_distribution(found, name)
        self._set_mode(mode)

    def shutdown(self) -> None:
        """Stop reading; what was read last is remembered."""
        self.one.stop()
        self._job.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember what was read when the user goes to another tab."""
        self.one.flush()
        super().hideEvent(event)

    # Modes and jobs

    def _set_mode(self, mode: int) -> None:
        self._modes.button(mode).setChecked(True)
        self.one.setVisible(mode == _ONE)
        for widget in (self.corpus, self._open, self._folder):
            widget.setVisible(mode == _CORPUS)

    def _show_all(self, on: bool) -> None:
        if on:  # after the card has got its place
            look = functools.partial(self.scroller.ensureWidgetVisible, self.one.all)
            QTimer.singleShot(0, self, look)

    def _failed(self, error: Exception) -> None:
        banner = self.banner
        show = banner.show_warning if isinstance(error, InputError) else banner.show_error
        show(self.context.error_text(error))

    def _counted(self, found: Distribution, name: str) -> None:
        self.corpus.show_distribution(found, name)
        top = found.top(1)[0]
        text = self.tr("{name}: 감정 {n}개, 가장 많은 것은 {emotion} {percent}").format(
            name=name,
            n=f"{found.total:,}",
            emotion=corpus_names()[top.name],
            percent=f"{top.share:.0%}",
        )
        payload = {"name": name, **found.to_dict()}
        stored = json.loads(shown(json.dumps(payload, ensure_ascii=False)))
        self.context.remember("emotions", shown(text), stored)
        self.message.emit(shown(text))
        if found.failures:
            more = self.tr("읽지 못한 파일이 {n}개 있어요. 까닭은 아래에 적었어요.")
            self.banner.show_warning(more.format(n=f"{len(found.failures):,}"))

    # Saving

    def _ask_table(self) -> None:
        found = self.corpus.distribution
        if found is None:
            return
        filters = "CSV (*.csv);;Excel (*.xlsx)"
        target = files.ask_save(self, self.context.settings, self.tr("감정-분포.csv"), filters)
        if target is not None:
            self._write(lambda progress: _write_table(found, target), target)

    def _ask_chart(self) -> None:
        found = self.corpus.distribution
        if found is None:
            return
        name = self.tr("감정-분포.png")
        target = files.ask_save(self, self.context.settings, name, "PNG (*.png)")
        if target is not None:
            self._write(lambda progress: _write_chart(found, target), target)

    def _write(self, job: Callable[[Progress], object], target: Path) -> None:
        said = self.tr("저장했어요: {name}").format(name=target.name)
        done = self.tr("저장하는 중이에요…")
        self._job.start(job, lambda made: self.message.emit(said), done)


def _write_table(found: Distribution, target: Path) -> None:
    from engine.tables.write import write

    write(target, HEADER, found.rows())


def _write_chart(found: Distribution, target: Path) -> None:
    from engine.emotions.corpus import distribution as distribution_chart

    distribution_chart.write(found, target)
