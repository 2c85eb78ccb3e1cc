"""The marks of a session: a list to jump by, added to, renamed, coloured, deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop import theme
from desktop.tabs.faces_dots import dot
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from engine.errors import MaumgyeolError
from engine.faces import session_shelf as shelf
from engine.faces.session import Event
from engine.faces.session_axis import clock
from engine.faces.session_colours import MARKS, bgr
from engine.faces.session_store import SessionStore


class EventsCard(Card):
    """Shows the marks and keeps every change at once.

    Signals:
        changed(object): the marks, tuple of ``Event``, after a change.
        chosen(float): jump to that second.
        failed(Exception): a change could not be kept.
    """

    changed = Signal(object)
    chosen = Signal(float)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = ""
        self._events: tuple[Event, ...] = ()
        self._filling = False
        self.set_title(self.tr("표시"))
        self._add = Button(self.tr("표시 추가"), "plus")
        self._add.setObjectName("sessionMark")
        self._add.setToolTip(self.tr("지금 보는 때에 표시를 남겨요 (M 또는 두 번 누르기)"))
        self._colour = IconButton("theme", self.tr("색 바꾸기"))
        self._colour.setObjectName("sessionMarkColour")
        self._colour.clicked.connect(self._recolour)
        self._rename = IconButton("edit", self.tr("이름 바꾸기"))
        self._rename.setObjectName("sessionMarkRename")
        self._rename.clicked.connect(self._edit)
        self._delete = IconButton("trash", self.tr("표시 지우기"))
        self._delete.setObjectName("sessionMarkDelete")
        self._delete.clicked.connect(self._remove)
        for button in (self._colour, self._rename, self._delete, self._add):
            self.header.addWidget(button)
        self._none = Label(
            self.tr("아직 표시가 없어요. 표시를 남기면 그 사이를 구간으로 나누어 정리해요."),
            "muted",
            wrap=True,
        )
        self._table = QTableWidget(0, 2)
        self._table.setObjectName("sessionMarks")
        self._table.setHorizontalHeaderLabels([self.tr("때"), self.tr("이름")])
        self._table.verticalHeader().hide()
        self._table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._table.setShowGrid(False)
        self._table.setMinimumHeight(theme.px(100))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self._table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.itemSelectionChanged.connect(self._chosen)
        self._table.itemChanged.connect(self._named)
        self.add(self._none)
        self.add(self._table, 1)

    @property
    def add_button(self) -> Button:
        """What is pressed for another mark."""
        return self._add

    def show_session(self, number: str, events: tuple[Event, ...]) -> None:
        """Show the marks of another session."""
        self._session = number
        self._fill(events)

    def mark(self, seconds: float) -> None:
        """Mark a moment, and let its name be typed."""
        taken = {event.label for event in self._events}
        number = next(
            n for n in range(1, len(taken) + 2) if self.tr("표시 {n}").format(n=n) not in taken
        )
        label = self.tr("표시 {n}").format(n=number)
        colour = MARKS[len(self._events) % len(MARKS)]
        made: list[Event] = []
        if self._store(lambda store: made.append(store.add_event(seconds, label, colour))):
            row = next(i for i, event in enumerate(self._events) if event.id == made[0].id)
            self._table.selectRow(row)

    def _fill(self, events: tuple[Event, ...]) -> None:
        self._events, self._filling = events, True
        self._table.setRowCount(len(events))
        for row, event in enumerate(events):
            when = QTableWidgetItem(dot(bgr(event.colour)), clock(event.time, tenths=True))
            when.setFlags(when.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self._table.setItem(row, 0, when)
            self._table.setItem(row, 1, QTableWidgetItem(event.label))
        self._filling = False
        self._table.setVisible(bool(events))
        self._none.setVisible(not events)
        self._enable()

    def _current(self) -> Event | None:
        row = self._table.currentRow()
        selected = bool(self._table.selectedItems())
        return self._events[row] if selected and 0 <= row < len(self._events) else None

    def _chosen(self) -> None:
        self._enable()
        event = self._current()
        if event is not None and not self._filling:
            self.chosen.emit(event.time)

    def _enable(self) -> None:
        for button in (self._colour, self._rename, self._delete):
            button.setEnabled(self._current() is not None)

    def _edit(self) -> None:
        item = self._table.item(self._table.currentRow(), 1)
        if item is not None:
            self._table.editItem(item)

    def _named(self, item: QTableWidgetItem) -> None:
        if self._filling or item.column() != 1:
            return
        event, label = self._events[item.row()], item.text().strip()
        if not label:
            self._fill(self._events)
        elif label != event.label:
            self._store(lambda store: store.change_event(replace(event, label=label)))

    def _recolour(self) -> None:
        event = self._current()
        if event is None:
            return
        place = MARKS.index(event.colour) + 1 if event.colour in MARKS else 0
        changed = replace(event, colour=MARKS[place % len(MARKS)])
        row = self._table.currentRow()
        if self._store(lambda store: store.change_event(changed)):
            self._table.selectRow(row)

    def _remove(self) -> None:
        event = self._current()
        if event is not None:
            self._store(lambda store: store.delete_event(event.id))

    def _store(self, change: Callable[[SessionStore], object]) -> bool:
        """Keep a change; return whether it was kept."""
        try:
            with SessionStore(shelf.path_of(self._session)) as store:
                change(store)
                events = store.events()
        except MaumgyeolError as error:
            self._fill(self._events)
            self.failed.emit(error)
            return False
        self._fill(events)
        self.changed.emit(events)
        return True
