"""학습: corrections in, a better personal model out, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabBar

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.learning.domains import DOMAINS, Learnable
from desktop.tabs.learning.labelled import LabelledCards
from desktop.tabs.learning.versions import CorrectionsCard, ReportCard, VersionsCard
from desktop.widgets.buttons import Button
from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine.core.errors import MaumgyeolError
from engine.core.jobs import Progress
from engine.core.library import Correction, HistoryRow
from engine.learning import trainer
from engine.learning.trainer import LearnReport
from engine.models import manifest


class LearningTab(Page):
    """Arranges the three domains; ``engine.learning.trainer`` trains, judges and remembers."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("학습"),
            self.tr(
                "고친 답이나 사진으로 모델을 다시 가르쳐요. 나아졌을 때만 바꾸고, 언제든 되돌려요."
            ),
        )
        self._job: JobHandle | None = None
        self._reports: dict[str, LearnReport] = {}
        self._bar = QTabBar()
        self._bar.setObjectName("learningDomains")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        for domain in DOMAINS:
            self._bar.addTab(domain.title())
        self.body.addWidget(self._bar)
        report = Button(self.tr("모델 보고서…"), "chart")
        report.setObjectName("learningModelReport")
        report.clicked.connect(self._open_model_report)
        self.tools.addWidget(report)
        left, right = self.columns(3, 2)
        self._corrections = CorrectionsCard()
        self._corrections.delete_asked.connect(self._delete)
        self._versions = VersionsCard()
        self._versions.retrain_asked.connect(self._retrain)
        self._versions.undo_asked.connect(self._undo)
        self._versions.use_asked.connect(self._use)
        self._report = ReportCard(context)
        left.addWidget(self._corrections, 1)
        right.addWidget(self._versions)
        right.addWidget(self._report)
        right.addStretch(1)
        self._labelled = LabelledCards(context, self.scroller)
        self.tools.insertWidget(0, self._labelled.jump)
        self._labelled.accepted.connect(self._learned)
        self.body.addWidget(self._labelled)
        self._bar.currentChanged.connect(self._domain_chosen)
        theme.notifier().changed.connect(self.reload)  # the lists' icons keep their colours
        self.reload()

    @property
    def domain(self) -> Learnable:
        """The domain that is shown."""
        return DOMAINS[self._bar.currentIndex()]

    def select(self, key: str) -> None:
        """Show the domain called *key*."""
        self._bar.setCurrentIndex([domain.key for domain in DOMAINS].index(key))

    # What the window asks of a tab

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what the other tabs may have added."""
        super().showEvent(event)
        self.reload()

    def show_history(self, row: HistoryRow) -> None:
        """Show a remembered report again."""
        try:
            report = LearnReport.from_dict(row.payload)
            self.select(report.domain)
        except (KeyError, TypeError, ValueError):
            self.banner.show_warning(self.tr("저장된 학습 결과를 읽을 수 없어요."))
            return
        self._show_report(report)

    def state(self) -> object:
        """Return the shown domain, the reports, and what pictures were to teach."""
        return self.domain.key, dict(self._reports), self._labelled.state()

    def restore(self, state: Any) -> None:
        """Show what another tab showed."""
        key, self._reports, labelled = state
        self._labelled.restore(labelled)
        self.select(key)
        self.reload()

    def shutdown(self) -> None:
        """Stop a training; nothing has changed then."""
        if self._job is not None:
            self._job.cancel()
        self._labelled.shutdown()

    # Showing

    def reload(self) -> None:
        """Read corrections and versions of the shown domain again."""
        key = self.domain.key
        try:
            rows = self.context.library.corrections()
        except MaumgyeolError as error:
            self.show_error(error)
            rows = []
        for index, domain in enumerate(DOMAINS):
            count = sum(row.domain == domain.key for row in rows)
            self._bar.setTabText(index, f"{domain.title()} {count}" if count else domain.title())
        mine = [row for row in rows if row.domain == key]
        learned = self._show_versions()
        self._corrections.show_corrections(mine, learned)
        self._show_hint(mine, learned)
        self._show_report(self._reports.get(key))
        self._labelled.show_domain(key)

    def _show_versions(self) -> set[int]:
        """Show the versions and return the ids that the answering one has learned."""
        key = self.domain.key
        try:
            shipped = manifest.entry(self.domain.engine().model).label
            versions = trainer.versions(key)
            answers, can_undo = trainer.answering(key), trainer.can_undo(key)
        except MaumgyeolError as error:
            self.show_error(error)
            self._versions.show_versions(self.tr("없는 모델"), [], None, False)
            return set()
        active = answers.version
        if answers.problem is not None:
            self.banner.show_error(
                self.context.say(answers.problem),
                self.tr("기본 모델로 되돌리기"),
                lambda: self._change(lambda: trainer.use(key, None)),
            )
        self._versions.show_versions(shipped, versions, active, can_undo)
        return {i for report in versions if report.version == active for i in report.learned_from}

    def _show_report(self, report: LearnReport | None) -> None:
        """Show a training; one whose model has been taken back says so."""
        try:
            active = trainer.active_version(self.domain.key)
        except MaumgyeolError as error:
            self.show_error(error)
            active = None
        self._report.show_report(report, active)

    def _show_hint(self, rows: list[Correction], learned: set[int]) -> None:
        waiting = sum(row.id not in learned for row in rows)
        enough = len(rows) >= trainer.MIN_CORRECTIONS
        if not enough:
            text = self.tr(
                "고친 답이 {need}개 이상이면 다시 학습할 수 있어요 (지금 {n}개)."
            ).format(need=trainer.MIN_CORRECTIONS, n=len(rows))
        elif waiting:
            text = self.tr("아직 배우지 않은 고친 답이 {n}개 있어요.").format(n=waiting)
        else:
            text = self.tr("고친 답을 모두 배웠어요.")
        self._versions.hint.setText(text)
        self._versions.retrain.setEnabled(enough and self._job is None)

    def _domain_chosen(self) -> None:
        self.banner.clear()
        self.reload()

    def _open_model_report(self) -> None:
        from desktop.shell.dialogs.report import ReportDialog

        dialog = ReportDialog(self.context, self.window(), self.domain.key)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    # Changing

    def _delete(self, ids: list[int]) -> None:
        try:
            for row_id in ids:
                self.context.library.delete_correction(row_id)
        except MaumgyeolError as error:
            self.show_error(error)
        self.reload()

    def _undo(self) -> None:
        key = self.domain.key
        self._change(lambda: trainer.undo(key))

    def _use(self, version: int | None) -> None:
        key = self.domain.key
        self._change(lambda: trainer.use(key, version))

    def _change(self, change: Callable[[], object]) -> None:
        """Run one of ``use`` and ``undo``, and say what answers now."""
        try:
            change()
            label = trainer.active_label(self.domain.key)
        except MaumgyeolError as error:
            self.show_error(error)
        else:
            self.message.emit(
                self.tr("이제 {name}이(가) 답해요.").format(name=label or self.tr("기본 모델"))
            )
            self._labelled.model_changed(self.domain.key)
            self.context.signals.model_changed.emit(self.domain.key)
        self.reload()

    def _retrain(self) -> None:
        if self._job is not None:
            return
        self.banner.clear()
        domain, library = self.domain, self.context.library

        def job(progress: Progress) -> LearnReport:
            return trainer.retrain(domain.engine(), library, progress)

        self._job = self.context.workers.run(
            job,
            done=self._trained,
            failed=self._failed,
            progress=self.job_bar.set_progress,
            cancelled=self._cancelled,
            owner=self,
            language=self.context.language,
        )
        text = self.tr("{name}: 다시 학습하는 중…").format(name=domain.title())
        self.job_bar.start(text, self._job.cancel)
        self._versions.retrain.setEnabled(False)

    def _trained(self, report: LearnReport) -> None:
        self._end()
        self._learned(report)

    def _learned(self, report: LearnReport) -> None:
        self._reports[report.domain] = report
        reason = self.context.say(report.reason)
        self.context.remember("learning", reason, asdict(report))
        self.message.emit(reason)
        self.reload()
        if report.adopted:
            self.context.signals.model_changed.emit(report.domain)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.show_error(error)
        self.reload()

    def _cancelled(self) -> None:
        self._end()
        self.banner.show_info(self.tr("학습을 멈췄어요. 쓰던 모델이 그대로 답해요."))
        self.reload()

    def _end(self) -> None:
        self._job = None
        self.job_bar.finish()
