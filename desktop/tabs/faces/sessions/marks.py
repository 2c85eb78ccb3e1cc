"""The segments of a session, a row each and person: what was shown, how long, how attentive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.names import EXPRESSIONS, dot
from desktop.tabs.faces.sessions.paint import colour
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine.core.errors import MaumgyeolError
from engine.faces import LABELS
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.chart import MARKS, bgr, clock
from engine.faces.sessions.export import Segment, Summary, segments, summarise
from engine.faces.sessions.repository import SessionStore
from engine.faces.sessions.session import Event, Session


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


SHARES = Qt.ItemDataRole.UserRole
START = Qt.ItemDataRole.UserRole + 1
PERSON = Qt.ItemDataRole.UserRole + 2
BAR = 4


class SegmentTable(QTableWidget):
    """``chosen(float, int)``: the first second of a row's segment, and its person."""

    chosen = Signal(float, int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(0, 8, parent)
        self._context = context
        self.setObjectName("sessionSegments")
        self.setHorizontalHeaderLabels(
            [
                self.tr("구간"),
                self.tr("시간"),
                self.tr("사람"),
                self.tr("가장 오래"),
                self.tr("표정의 비율"),
                self.tr("깜빡임/분"),
                self.tr("주의"),
                self.tr("화면에"),
            ]
        )
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setItemDelegateForColumn(BAR, _SharesPainter(self))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(theme.px(54))
        self.cellClicked.connect(self._clicked)
        self._runner = context.workers.latest(_summed, self._show)
        theme.notifier().changed.connect(self.viewport().update)

    def show_session(self, session: Session) -> None:
        """Sum the session up by its marks, off the UI thread: a million samples take a while."""
        self._runner.submit(session)

    def _show(self, rows: list[tuple[Segment, Summary]]) -> None:
        self.setRowCount(len(rows))
        for number, (part, one) in enumerate(rows):
            self._fill(number, part, one)
        height = self.horizontalHeader().sizeHint().height() + theme.px(6)
        height += sum(self.rowHeight(row) for row in range(min(len(rows), 8)))
        self.setFixedHeight(max(height, theme.px(70)))

    def _fill(self, row: int, part: Segment, one: Summary) -> None:
        label = part.label or self.tr("처음부터")
        times = f"{clock(part.start)}–{clock(part.end)}"
        best = one.label
        rate = "–" if one.blink_rate is None else f"{one.blink_rate:.0f}"
        heed = "–" if one.attention is None else f"{one.attention:.0%}"
        name = f"{self._context.say(EXPRESSIONS[best])} {one.labels[best]:.0%}"
        stayed = self.tr("{n}초").format(n=f"{one.seconds:.0f}")
        words = (label, times, str(one.person), name, "", rate, heed, stayed)
        told = ", ".join(
            f"{self._context.say(EXPRESSIONS[label])} {share:.0%}"
            for label, share in one.probabilities.items()
        )
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            if column >= 5 or column == 2:
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if column == 0 and part.colour:
                item.setIcon(dot(bgr(part.colour)))
            if column == BAR:
                item.setData(SHARES, list(one.probabilities.values()))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
                item.setToolTip(told)
            if column == 5:
                item.setToolTip(self.tr("모두 {n}번").format(n=one.blinks))
            item.setData(START, part.start)
            item.setData(PERSON, one.person)
            self.setItem(row, column, item)

    def _clicked(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if item is not None:
            self.chosen.emit(float(item.data(START)), int(item.data(PERSON)))


def _summed(session: Session) -> list[tuple[Segment, Summary]]:
    return [(part, one) for part in segments(session) for one in summarise(session, part)]


class _SharesPainter(QStyledItemDelegate):
    """Paints the mean probabilities as one bar."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        shares = index.data(SHARES)
        if not shares:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(option.rect)  # type: ignore[attr-defined]
        bar = QRectF(field.left() + 6, field.center().y() - theme.px(6), field.width() - 12,
                     theme.px(12))  # fmt: skip
        outline = QPainterPath()
        outline.addRoundedRect(bar, theme.px(6), theme.px(6))
        painter.setClipPath(outline)
        left = bar.left()
        for label, share in zip(LABELS, shares, strict=True):
            wide = bar.width() * share
            painter.fillRect(QRectF(left, bar.top(), wide, bar.height()), colour(label))
            left += wide
        painter.restore()
