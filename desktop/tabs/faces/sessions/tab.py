"""세션: what was recorded or analysed, listed; one of them opened; a video analysed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.sessions.view import SessionSaver, SessionView
from desktop.widgets import files
from desktop.widgets.buttons import Button, Choice
from desktop.widgets.files import DropArea
from desktop.widgets.labels import ElidedLabel, Label
from desktop.widgets.notices import EmptyState, confirm
from desktop.widgets.page import Card, Page
from desktop.workers import JobHandle
from engine.core.errors import MaumgyeolError
from engine.core.jobs import Progress
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.analyse import Analysed, analyse
from engine.faces.sessions.chart import clock
from engine.faces.sessions.export import overview
from engine.faces.sessions.repository import Listed
from engine.faces.sessions.session import Session
from engine.media.video import VIDEO_SUFFIXES

RATES = {"5": 5.0, "10": 10.0, "15": 15.0, "all": 0.0}
NUMBER = Qt.ItemDataRole.UserRole


class AnalyseCard(Card):
    """``dropped(list)``: videos to be analysed; ``rate``: frames a second, 0 for all."""

    dropped = Signal(list)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("영상 분석"))
        self._drop = DropArea(
            self.tr("분석할 영상을 여기에 놓으세요"),
            self.tr("영상은 이 컴퓨터를 떠나지 않고, 복사되지도 않아요"),
            "video",
            files.video_filter(),
            context.settings,
        )
        self._drop.setObjectName("sessionDrop")
        self._drop.dropped.connect(self.dropped)
        self._rate = Choice(
            "sessionRate",
            [
                ("5", "5", self.tr("가장 빨라요. 깜빡임은 놓칠 수 있어요")),
                ("10", "10", self.tr("보통")),
                ("15", "15", self.tr("깜빡임까지 꼼꼼히")),
                ("all", self.tr("모두"), self.tr("모든 장면을 읽어요. 가장 오래 걸려요")),
            ],
            "10",
        )
        row = QHBoxLayout()
        row.addWidget(Label(self.tr("1초에 읽을 장면"), "muted"))
        row.addStretch(1)
        row.addWidget(self._rate)
        self.add(self._drop, 1)
        self.body.addLayout(row)

    @property
    def rate(self) -> float:
        """Frames a second that are asked for, 0 for all."""
        return RATES[self._rate.current]


class SessionList(Card):
    """The sessions of the store.

    Signals:
        opened(str): number of the session to show.
        deleted(str): number of the session to delete; the user has agreed.
    """

    opened = Signal(str)
    deleted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self.set_title(self.tr("지난 세션"))
        self._open = Button(self.tr("열기"), "open")
        self._open.setObjectName("sessionOpen")
        self._open.clicked.connect(self._opened)
        self._delete = Button(self.tr("지우기"), "trash")
        self._delete.setObjectName("sessionDelete")
        self._delete.clicked.connect(self._ask)
        self.header.addWidget(self._open)
        self.header.addWidget(self._delete)
        self._table = QTableWidget(0, 4)
        self._table.setObjectName("sessionList")
        self._table.setHorizontalHeaderLabels(
            [self.tr("이름"), self.tr("만든 때"), self.tr("길이"), self.tr("크기")]
        )
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setMinimumHeight(theme.px(220))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self._table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.itemSelectionChanged.connect(self._enable)
        self._table.itemActivated.connect(self._opened)
        self._none = EmptyState(
            "history",
            self.tr("아직 세션이 없어요"),
            self.tr("실시간 화면의 ‘세션 기록’이나 영상 분석으로 만들 수 있어요."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._table)
        self.add(self._stack, 1)
        self._enable()

    def show_sessions(self, listed: Sequence[Listed]) -> None:
        """Show these, the newest first; the chosen one stays chosen."""
        chosen = self._current()
        self._table.setRowCount(len(listed))
        for row, one in enumerate(listed):
            when = datetime.fromisoformat(one.about.created).astimezone()
            name = one.about.name
            if one.about.partial:
                until = self.tr("여기까지만 분석했어요"), self.tr("중간에 끊김")
                name += f" ({until[one.about.kind == 'live']})"
            size = f"{one.bytes / 1e6:.1f} MB"
            for column, text in enumerate((name, f"{when:%Y-%m-%d %H:%M}",
                                           clock(one.seconds), size)):  # fmt: skip
                item = QTableWidgetItem(text)
                item.setData(NUMBER, one.about.id)
                if column == 0 and one.about.note is not None:
                    item.setToolTip(self._context.say(one.about.note))
                self._table.setItem(row, column, item)
            if one.about.id == chosen:
                self._table.selectRow(row)
        self._stack.setCurrentWidget(self._table if listed else self._none)
        self._enable()

    def _current(self) -> str:
        items = self._table.selectedItems()
        return str(items[0].data(NUMBER)) if items else ""

    def _enable(self) -> None:
        for button in (self._open, self._delete):
            button.setEnabled(bool(self._current()))

    def _opened(self) -> None:
        if self._current():
            self.opened.emit(self._current())

    def _ask(self) -> None:
        number = self._current()
        question = self.tr("이 세션을 지울까요? 함께 저장한 영상도 지워지고, 되돌릴 수 없어요.")
        if number and confirm(self, self.tr("세션 지우기"), question):
            self._table.setFocus()
            self.deleted.emit(number)


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
