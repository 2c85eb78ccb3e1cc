"""세션: what was recorded or analysed, listed; one of them opened; a video analysed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.faces_session_list import AnalyseCard, SessionList
from desktop.tabs.faces_session_save import SessionSaver
from desktop.tabs.faces_session_view import SessionView
from desktop.widgets.buttons import Button
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label
from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine.errors import MaumgyeolError
from engine.faces import session_shelf as shelf
from engine.faces.session import Session
from engine.faces.session_analyse import Analysed, analyse
from engine.faces.session_axis import clock
from engine.faces.session_export import overview
from engine.faces.source import VIDEO_SUFFIXES
from engine.jobs import Progress

LIST, ONE = 0, 1
"""The panel's pages."""


class SessionPanel(QWidget):
    """Everything of the mode but where it lies on the page; see ``faces_mosaic_mode``.

    Signals:
        turned(): the list, or another session, is shown from its top.
    """

    turned = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._context = page, page.context
        self._job: JobHandle | None = None
        self._opening: JobHandle | None = None
        self._source = Path()
        self._number = ""
        self.analyse_card = AnalyseCard(self._context)
        self.analyse_card.dropped.connect(self.open_paths)
        self.list = SessionList(self._context)
        self.list.opened.connect(self.open_session)
        self.list.deleted.connect(self._delete)
        self.view = SessionView(page)
        self.view.failed.connect(page.show_error)
        self._saver = SessionSaver(page)
        self.view.events_changed.connect(self._saver.show_session)
        self._back = Button(self.tr("목록"), "undo")
        self._back.setObjectName("sessionBack")
        self._back.clicked.connect(self.show_list)
        self._name = ElidedLabel(role="section")
        self._name.setObjectName("sessionName")
        self._partial = Label(role="strong")
        self._partial.setObjectName("sessionPartial")
        self._again = Button(self.tr("처음부터 다시 분석"), "refresh")
        self._again.setObjectName("sessionAgain")
        self._again.clicked.connect(self._analyse_again)
        self._pages = (self._first_page(), self._second_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(2), theme.px(24), theme.px(20))
        for widget in self._pages:
            column.addWidget(widget)
        self._turn_to(LIST)

    @property
    def showing(self) -> bool:
        """Whether one session is shown, not the list."""
        return self._at == ONE

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a video."""
        return path.suffix.lower() in VIDEO_SUFFIXES

    def open_paths(self, paths: list[Path]) -> None:
        """Analyse the first video."""
        path = next((path for path in paths if self.accepts(path)), next(iter(paths), None))
        if path is None or self._job is not None:
            return
        rate, context = self.analyse_card.rate, self._context
        begun: list[str] = []

        def work(progress: Progress) -> Analysed:
            return analyse(path, rate=rate, progress=progress, begun=begun.append)

        handle = context.workers.run(
            work,
            done=lambda made: self._analysed(made),
            failed=lambda error: self._stopped(begun, error),
            progress=self._page.job_bar.set_progress,
            cancelled=lambda: self._stopped(begun, None),
            owner=self,
            language=context.language,
        )
        self._job = handle
        self.show_list()
        self._page.banner.clear()
        self._page.job_bar.start(self.tr("영상을 여는 중…"), handle.cancel)
        self.analyse_card.setEnabled(False)

    def show_list(self) -> None:
        """Show the sessions of the store, read anew."""
        self.view.stop()
        self._stop_opening()
        self._turn_to(LIST)
        self._context.workers.run(
            lambda progress: shelf.sessions(),
            done=self.list.show_sessions,
            failed=self._page.show_error,
            owner=self,
        )

    def open_session(self, number: str) -> None:
        """Show the session called *number*, read off the UI thread."""
        self._load(number, self._show)

    def state(self) -> str:
        """Return the number of the session that is shown, empty for the list."""
        return self._number if self.showing else ""

    def stop(self) -> None:
        """Stop what runs; what was analysed stays."""
        if self._job is not None:
            self._job.cancel()
        self._saver.stop()
        self.view.stop()

    def remember(self, session: Session) -> None:
        """Add a new session to the history, from where it can be opened."""
        people = self.tr("{n}명").format(n=len(session.persons))
        minutes = self.tr("{n}초").format(n=round(session.duration))
        summary = self.tr("세션 · {name}: {people}, {time}")
        text = summary.format(name=session.about.name, people=people, time=minutes)
        if session.about.partial:
            text += f" · {self._partly(session)}"
        payload = {**overview(session), "session_id": session.about.id}
        self._context.remember("faces", text, payload)

    def _first_page(self) -> QWidget:
        first = QWidget()
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        row.addWidget(self.analyse_card, 2)
        row.addWidget(self.list, 3)
        self._page.stack_when_narrow(row)
        return first

    def _second_page(self) -> QWidget:
        second = QWidget()
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        head.addWidget(self._partial)
        head.addWidget(self._again)
        self._saver.lay_out(head)
        column = QVBoxLayout(second)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        return second

    def _turn_to(self, page: int) -> None:
        """Show a page; the other one takes no room."""
        self._at = page
        for number, widget in enumerate(self._pages):
            widget.setVisible(number == page)
        self.turned.emit()

    def _show(self, session: Session) -> None:
        about = session.about
        self._number = about.id
        self._name.setText(about.name)
        self._partial.setText(self._partly(session))
        self._partial.setVisible(about.partial)
        self._source = Path(about.source)
        self._again.setVisible(about.partial and about.kind == "video" and self._source.is_file())
        self.view.show_session(session)
        self._saver.show_session(session)
        self._turn_to(ONE)
        if not about.finished:
            self._page.banner.show_info(
                self.tr("이 세션은 끝까지 저장되지 못했어요. 그때까지의 기록을 보여 드려요.")
            )
        elif about.note is not None:
            self._page.banner.show_info(self._context.say(about.note))

    def _partly(self, session: Session) -> str:
        """Return how far a session goes that is a part only."""
        if session.about.kind == "video":
            text = self.tr("{time}까지만 분석했어요")
        else:
            text = self.tr("{time}까지만 기록됐어요")
        return text.format(time=clock(session.duration))

    def _analyse_again(self) -> None:
        self.open_paths([self._source])

    def _analysed(self, made: Analysed) -> None:
        self._end_job()
        if made.about.note is None:
            text = self.tr("영상 {n}초를 {speed}배속으로 분석했어요.")
            said = text.format(n=round(made.seconds), speed=f"{made.speed:.1f}")
            self._page.banner.show_success(said)
        self._keep_and_open(made.about.id)

    def _stopped(self, begun: list[str], error: Exception | None) -> None:
        """The analysis has ended early; what it stored is shown."""
        self._end_job()
        if begun:
            self._keep_and_open(begun[0])
        else:
            self.show_list()
        if error is not None:
            self._page.show_error(error)
        elif not begun:
            self._page.banner.show_info(self.tr("분석을 멈췄어요. 저장된 것은 없어요."))

    def _keep_and_open(self, number: str) -> None:
        def done(session: Session) -> None:
            self.remember(session)
            self._show(session)

        self._load(number, done)

    def _load(self, number: str, done: Callable[[Session], object]) -> None:
        """Read a session; one that was asked for before is no longer wanted."""
        self._stop_opening()
        self._opening = self._context.workers.run(
            lambda progress: shelf.load(number), done=done, failed=self._page.show_error, owner=self
        )

    def _stop_opening(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _end_job(self) -> None:
        self._job = None
        self._page.job_bar.finish()
        self.analyse_card.setEnabled(True)

    def _delete(self, number: str) -> None:
        try:
            shelf.delete(number)
        except MaumgyeolError as error:
            self._page.show_error(error)
        self.show_list()
