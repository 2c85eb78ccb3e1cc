"""사진 폴더로 가르치기: a table or folders of labelled pictures in, a tried model out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.app.context import AppContext
from desktop.tabs.learning.labelled_result import FoundView, TaughtView
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.files import DropArea
from desktop.widgets.notices import Banner, JobBar
from desktop.widgets.page import Card
from desktop.workers import JobHandle
from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.learning import labelled
from engine.learning.labelled.results import Listing
from engine.learning.trainer import LearnReport
from engine.reports import teaching

if TYPE_CHECKING:
    from engine.learning.labelled import Material, Proposal


class LabelledCards(QWidget):
    """The cards of all domains that pictures can teach; only that of the shown one is seen.

    ``jump``: a button for the head of the page that scrolls to them.
    """

    accepted = Signal(object)

    def __init__(self, context: AppContext, scroller: QScrollArea) -> None:
        super().__init__()
        self.jump = Button(self.tr("사진으로 가르치기"), "folder")
        self.jump.setObjectName("learningLabelled")
        self.jump.clicked.connect(self._scroll_here)
        self._scroller = scroller
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.cards = {key: LabelledCard(context, key) for key in ("faces", "digits")}
        for key, card in self.cards.items():
            card.setProperty("domain", key)
            card.accepted.connect(self.accepted)
            card.view_changed.connect(lambda: QTimer.singleShot(0, self, self._scroll_here))
            column.addWidget(card)

    def show_domain(self, key: str) -> None:
        """Show the card of a domain, or none."""
        for name, card in self.cards.items():
            card.setVisible(name == key)
        self.setVisible(key in self.cards)
        self.jump.setVisible(key in self.cards)

    def state(self) -> dict[str, object]:
        """Return what each card shows."""
        return {key: card.state() for key, card in self.cards.items()}

    def restore(self, state: dict[str, Any]) -> None:
        """Show what other cards showed."""
        for key, card in self.cards.items():
            card.restore(*state[key])

    def model_changed(self, key: str) -> None:
        """Another model answers in a domain: what its card said of the one before is over."""
        if key in self.cards:
            self.cards[key].banner.clear()

    def shutdown(self) -> None:
        """Stop what runs."""
        for card in self.cards.values():
            card.shutdown()

    def _scroll_here(self) -> None:
        content = self._scroller.widget()
        if content is not None:
            self._scroller.verticalScrollBar().setValue(self.mapTo(content, QPoint(0, 0)).y())


_TABLES = (".csv", ".tsv", ".txt")


class LabelledCard(Card):
    """Teaches one domain.

    Signals:
        accepted(LearnReport): the new model has begun to answer.
        view_changed(): it shows something else.
    """

    accepted = Signal(object)
    view_changed = Signal()

    def __init__(self, context: AppContext, key: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("사진 폴더로 가르치기"), parent)
        self._context, self._key = context, key
        self._job: JobHandle | None = None
        self._listing: Listing | None = None
        self._proposal: Proposal | None = None
        self.banner = Banner()
        self.job_bar = JobBar()
        self.drop = DropArea(
            self.tr("라벨이 붙은 사진을 여기에 놓으세요"),
            self._layout_hint(),
            "folder",
            files.name_filter(self.tr("표"), _TABLES),
            context.settings,
            many=True,
        )
        self.drop.setObjectName("labelledDrop")
        self.drop.dropped.connect(self.open_paths)
        self.found = FoundView(context)
        self.found.start_asked.connect(self._start)
        self.found.other_asked.connect(self._begin_anew)
        self.taught = TaughtView(context)
        self.taught.accept_asked.connect(self._accept)
        self.taught.discard_asked.connect(self._begin_anew)
        self.taught.save_asked.connect(self._save)
        self._views: tuple[QWidget, ...] = (self.drop, self.found, self.taught)
        for widget in (self.banner, self.job_bar, *self._views):
            self.add(widget)
        self._show(self.drop)

    def _layout_hint(self) -> str:
        if self._key == "faces":
            return self.tr(
                "CSV(image_path,label) 하나나, 표정마다 폴더를 둔 폴더 하나: 행복, 슬픔, 분노, "
                "공포, 놀람, 혐오, 중립 (happy, sad … 도 돼요). 사진은 복사하지 않아요."
            )
        return self.tr(
            "CSV(image_path,label) 하나나, 숫자마다 폴더(0~9)를 둔 폴더 하나. "
            "그림은 복사하지 않아요."
        )

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def open_paths(self, paths: list[Path]) -> None:
        """List the pictures of one table or folder."""
        if self.busy:
            return
        self.banner.clear()
        if len(paths) != 1:
            self.banner.show_warning(self.tr("CSV 파일이나 폴더를 하나만 놓아 주세요."))
            return
        source, key = paths[0], self._key
        self._run(
            self.tr("사진을 찾는 중이에요."),
            lambda progress: labelled.look(source, key, progress),
            self._listed,
        )

    def state(self) -> tuple[Listing | None, Proposal | None]:
        """Return the pictures that were found, and what they taught."""
        return self._listing, self._proposal

    def restore(self, listing: Listing | None, proposal: Proposal | None) -> None:
        """Show what another card showed."""
        if listing is not None:
            self._listed(listing)
        if proposal is not None:
            self._propose(proposal)

    def shutdown(self) -> None:
        """Stop what runs; what was read is kept."""
        if self._job is not None:
            self._job.cancel()

    def _listed(self, listing: Listing) -> None:
        self._listing = listing
        self.found.show_listing(listing)
        self._show(self.found)

    def _start(self) -> None:
        listing, library = self._listing, self._context.library
        if self.busy or listing is None:
            return
        self.banner.clear()

        def job(progress: Progress) -> tuple[Material, Proposal | InputError]:
            material = labelled.read(listing, progress.part(0.0, 0.9))
            try:
                return material, labelled.teach(material, library, progress.part(0.9, 1.0))
            except InputError as error:  # what was left out says why there is too little
                return material, error

        self._run(self.tr("사진을 살펴보는 중이에요."), job, self._tried)

    def _tried(self, made: tuple[Material, Proposal | InputError]) -> None:
        material, proposal = made
        if isinstance(proposal, InputError):
            self.found.show_left_out(material.left_out)
            self._show(self.found)
            self.banner.show_error(self._context.error_text(proposal))
            return
        self._propose(proposal)

    def _propose(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self.taught.show_report(proposal.report)
        self._show(self.taught)

    def _accept(self) -> None:
        proposal = self._proposal
        if not self.busy and proposal is not None:
            self._run(
                self.tr("새 모델을 저장하는 중이에요."),
                lambda _: labelled.accept(proposal),
                self._accepted,
                can_cancel=False,
            )

    def _accepted(self, report: LearnReport) -> None:
        self._begin_anew()
        self.banner.show_success(
            self.tr(
                "사진 {n}장을 배운 개인 {v}이(가) 이제 답해요. 언제든 되돌릴 수 있어요."
            ).format(n=f"{report.pictures:,}", v=report.version)
        )
        self.accepted.emit(report)

    def _save(self) -> None:
        proposal, language = self._proposal, self._context.language
        if self.busy or proposal is None:
            return
        name = f"{Path(proposal.report.source).stem or 'report'}-report.html"
        kinds = f"{files.name_filter('HTML', ('.html',))};;{files.name_filter('CSV', ('.csv',))}"
        path = files.ask_save(self, self._context.settings, name, kinds)
        if path is None:
            return
        self.banner.clear()

        def job(_: Progress) -> Path:
            teaching.save(proposal.report, path, language)
            return path

        self._run(self.tr("보고서를 쓰는 중이에요."), job, self._saved, can_cancel=False)

    def _saved(self, path: Path) -> None:
        self.banner.show_success(self.tr("보고서를 저장했어요: {name}").format(name=path.name))

    def _begin_anew(self) -> None:
        if self.busy:
            return
        self._listing = self._proposal = None
        self.banner.clear()
        self._show(self.drop)

    def _show(self, view: QWidget) -> None:
        for other in self._views:
            other.setVisible(other is view)
        self.view_changed.emit()

    def _run(
        self,
        text: str,
        job: Callable[[Progress], Any],
        done: Callable[[Any], object],
        *,
        can_cancel: bool = True,
    ) -> None:
        def ended(result: Any) -> None:
            self._end()
            done(result)

        self._job = self._context.workers.run(
            job,
            done=ended,
            failed=self._failed,
            progress=self.job_bar.set_progress,
            cancelled=self._cancelled,
            owner=self,
            language=self._context.language,
        )
        self.job_bar.start(text, self._job.cancel if can_cancel else None)
        self._set_running(True)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.banner.show_error(self._context.error_text(error))

    def _cancelled(self) -> None:
        self._end()
        self.banner.show_info(
            self.tr("멈췄어요. 살펴본 사진은 기억해 두어서, 다시 시작하면 이어서 해요.")
        )

    def _end(self) -> None:
        self._job = None
        self.job_bar.finish()
        self._set_running(False)

    def _set_running(self, running: bool) -> None:
        self.drop.setEnabled(not running)
        self.found.set_running(running)
        self.taught.setEnabled(not running)
