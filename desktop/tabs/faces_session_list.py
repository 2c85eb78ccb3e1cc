"""Past sessions as a table, and a video to be analysed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.choice import Choice
from desktop.widgets.confirm import confirm
from desktop.widgets.drop_area import DropArea
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Label
from engine.faces.session_axis import clock
from engine.faces.session_shelf import Listed

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
