"""One click from a labelled set to a report: which model, which data, HTML or PDF, where to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.app import external
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.app.settings import Settings
from desktop.widgets import files
from desktop.widgets.buttons import Button, Choice
from desktop.widgets.files import DropArea
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner, JobBar
from desktop.widgets.page import Card
from desktop.workers import JobHandle
from engine.core.jobs import Progress
from engine.reports import write
from engine.reports.report import Report
from engine.reports.scoring import TASKS

KINDS = (".html", ".pdf")


class ReportPlace(Card):
    """Shows the file that will be written, and lets it be changed."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("저장할 곳"))
        self._settings = settings
        self._folder: Path | None = None
        self._name = self._given = ""
        self.kind = Choice("reportKind", [(KINDS[0], "HTML", ""), (KINDS[1], "PDF", "")], KINDS[0])
        self.kind.chosen.connect(self._show)
        self._path = Label(role="muted")
        self._path.setObjectName("reportTarget")
        self._path.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        change = Button(self.tr("바꾸기…"), "folder")
        change.setObjectName("reportPlace")
        change.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.kind)
        row.addWidget(self._path, 1)
        row.addWidget(change)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def target(self) -> Path:
        """The file to write; until one is chosen, a new one in the user's documents."""
        folder = self._folder
        if folder is None:
            place = QStandardPaths.StandardLocation.DocumentsLocation
            documents = Path(QStandardPaths.writableLocation(place))
            folder = documents if documents.is_dir() else Path.home()
        return folder / f"{self._given or self._name}{self.kind.current}"

    def suggest(self, task: str) -> None:
        """Name the file after *task* and the time, unless the user has named it."""
        self._name = f"maumgyeol-{task}-{datetime.now().strftime('%Y%m%d-%H%M%S')}"
        self._show()

    def set_target(self, path: Path) -> None:
        """Take *path* as the file to write; its ending chooses the kind."""
        if path.suffix.lower() in KINDS:
            self.kind.set_current(path.suffix.lower())
        self._folder, self._given = path.parent, path.stem
        self._show()

    def ask(self) -> None:
        """Ask where to write."""
        filters = ["HTML (*.html)", "PDF (*.pdf)"]
        filters = filters if self.kind.current == KINDS[0] else filters[::-1]
        chosen = files.ask_save(self, self._settings, self.target.name, ";;".join(filters))
        if chosen is not None:
            self.set_target(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the path as there is room for."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        path, middle = str(self.target), Qt.TextElideMode.ElideMiddle
        metrics = self._path.fontMetrics()
        self._path.setText(metrics.elidedText(path, middle, self._path.width()))
        self._path.setToolTip(path)


_SHOWN = 3
"""Names of files that are written out."""


class ReportDialog(QDialog):
    """Asks for model, data and place, and writes the report in the background."""

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, task: str = "reviews"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("모델 보고서"))
        self.setObjectName("reportDialog")
        self._context = context
        self._job: JobHandle | None = None
        self._data: list[Path] = []
        self.banner = Banner()
        self.job_bar = JobBar()
        self._make_choices(task)
        self._make_buttons()
        self._lay_out()
        self._show_task()

    # Widgets

    def _make_choices(self, task: str) -> None:
        say = self._context.say
        named = [(key, say(each.title), "") for key, each in TASKS.items()]
        self.model = Choice("reportModel", named, task)
        self.model.chosen.connect(self._model_chosen)
        modes = [(key, say(text), "") for key, text in TASKS["reviews"].modes]
        self.mode = Choice("reportMode", modes, self._context.settings.get(keys.REVIEW_MODE))
        self.drop = DropArea("", "", "table", "", self._context.settings, many=True)
        self.drop.setObjectName("reportDrop")
        self.drop.dropped.connect(self.set_data)
        self.drop.setMinimumHeight(theme.px(190))
        self.place = ReportPlace(self._context.settings)

    def _make_buttons(self) -> None:
        self.go = Button(self.tr("보고서 만들기"), "chart", role="primary")
        self.go.setObjectName("reportGo")
        self.go.clicked.connect(self._start)
        self._close = Button(self.tr("닫기"))
        self._close.setObjectName("reportClose")
        self._close.clicked.connect(self.close)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        words.addWidget(Label(self.tr("모델 보고서"), "title"))
        hint = self.tr(
            "정답이 붙은 자료로 모델을 시험하고, 정확도와 혼동 행렬, 틀린 예를 파일 하나에 담아요."
        )
        words.addWidget(Label(hint, "subtitle", wrap=True))
        models = QHBoxLayout()
        models.addWidget(self.model)
        models.addStretch(1)
        models.addWidget(self.mode)
        data = Card(self.tr("모델과 자료"))
        data.body.addLayout(models)
        data.add(self.drop, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        buttons.addWidget(self.job_bar, 100)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        side = theme.px(22)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(14))
        column.addLayout(words)
        column.addWidget(self.banner)
        column.addWidget(data, 1)
        column.addWidget(self.place)
        column.addLayout(buttons)
        self.resize(theme.px(720), theme.px(650))

    # What was chosen

    def set_data(self, paths: Sequence[Path]) -> None:
        """Take files or a folder as the labelled data."""
        if self._job is None:
            self._data = sorted(Path(path) for path in paths)
            self.banner.clear()
            self._show_task()

    def _model_chosen(self) -> None:
        self._data = []
        self.banner.clear()
        self._show_task()

    def _show_task(self) -> None:
        """Show what the chosen model takes, and what was chosen."""
        task = TASKS[self.model.current]
        self.mode.setVisible(bool(task.modes))
        self.drop.folder.setVisible(task.folders)
        names = ", ".join(path.name for path in self._data[:_SHOWN])
        if len(self._data) > _SHOWN:
            names = self.tr("{names} 밖에 {n}개").format(names=names, n=len(self._data) - _SHOWN)
        title = names or self.tr("정답이 붙은 자료를 여기에 놓으세요")
        self.drop.set_text(title, self._context.say(task.layout))
        self.place.suggest(task.key)
        self._set_running(self._job is not None)

    # Writing

    def _start(self) -> None:
        self.banner.clear()
        key, data, out = self.model.current, list(self._data), self.place.target
        mode = self.mode.current if TASKS[key].modes else None
        language = self._context.language

        def job(progress: Progress) -> tuple[Path, Report]:
            made = write.make(key, data, out, mode=mode, language=language, progress=progress)
            return out, made

        self._job = self._context.workers.run(
            job,
            done=self._done,
            failed=self._failed,
            progress=self.job_bar.set_progress,
            cancelled=self._cancelled,
            owner=self,
            language=language,
        )
        self.job_bar.start(self.tr("보고서를 만드는 중…"), self._job.cancel)
        self._set_running(True)

    def _set_running(self, on: bool) -> None:
        for widget in (self.model, self.mode, self.drop, self.place):
            widget.setEnabled(not on)
        self.go.setEnabled(not on and bool(self._data))

    def _end(self) -> None:
        self._job = None
        self.job_bar.finish()
        self._set_running(False)

    def _done(self, made: tuple[Path, Report]) -> None:
        self._end()
        path, report = made
        text = self.tr("{name}을(를) 만들었어요. 정확도 {accuracy}, 항목 {n}개.").format(
            name=path.name, accuracy=f"{report.scores.accuracy:.1%}", n=f"{report.scores.n:,}"
        )
        self.banner.show_success(text, self.tr("열기"), lambda: self._open(path))
        self.place.suggest(self.model.current)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.banner.show_error(self._context.error_text(error))

    def _cancelled(self) -> None:
        self._end()
        self.banner.show_info(self.tr("멈췄어요. 보고서는 만들지 않았어요."))

    def _open(self, path: Path) -> None:
        """Open the report in the system's own viewer."""
        if not external.open_outside(path):
            self.banner.show_info(self.tr("보고서: {path}").format(path=path))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs; nothing is left behind then."""
        if self._job is not None:
            self._job.cancel()
        super().closeEvent(event)
