"""The history panel: every remembered answer, to be found, read, copied and deleted."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.shell.tabs import TABS
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label, SectionTitle
from desktop.widgets.notices import confirm
from engine.core.errors import StorageError
from engine.core.library import HistoryRow

_ROW = Qt.ItemDataRole.UserRole
NoUpdate = QItemSelectionModel.SelectionFlag.NoUpdate


class HistoryPanel(QFrame):
    """A list of answers, newest first; ``chosen(HistoryRow)`` on double click or Enter."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPanel")
        self._context = context
        self._domain = QComboBox()
        self._domain.setObjectName("historyDomain")
        self._domain.addItem(self.tr("모두"), None)
        for spec in TABS:
            self._domain.addItem(spec.title(), spec.key)
        self._find = QLineEdit()
        self._find.setObjectName("historyFind")
        self._find.setPlaceholderText(self.tr("기록에서 찾기"))
        self._find.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setObjectName("historyList")
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._list.setWordWrap(True)
        self._detail = QPlainTextEdit()
        self._detail.setObjectName("historyDetail")
        self._detail.setReadOnly(True)
        self._note = Label(role="muted", wrap=True)
        self._keep = QCheckBox(self.tr("새 결과를 기록에 남기기"))
        self._keep.setChecked(context.settings.get(keys.KEEP_HISTORY))
        self._copy = Button(self.tr("복사"), "copy")
        self._delete = Button(self.tr("지우기"), "trash")
        self._delete.setObjectName("historyDelete")
        self._delete_all = Button(self.tr("모두 지우기"), role="danger")
        self._delete_all.setObjectName("historyDeleteAll")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(SectionTitle(self.tr("기록")), 1)
        close = IconButton("close", self.tr("닫기"))
        close.clicked.connect(self.closed)
        head.addWidget(close)
        buttons = QHBoxLayout()
        for button in (self._copy, self._delete, self._delete_all):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        side = theme.px(14)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        for widget in (self._domain, self._find, self._note):
            column.addWidget(widget)
        column.addWidget(self._list, 3)
        column.addWidget(self._detail, 2)
        column.addLayout(buttons)
        column.addWidget(self._keep)
        self.setMinimumWidth(theme.px(300))

    def _connect(self) -> None:
        self._domain.currentIndexChanged.connect(self.reload)
        self._find.textChanged.connect(self._filter)
        self._list.itemSelectionChanged.connect(self._show_detail)
        self._list.itemActivated.connect(lambda item: self.chosen.emit(item.data(_ROW)))
        self._copy.clicked.connect(self._copy_detail)
        self._delete.clicked.connect(self.delete_selected)
        self._delete_all.clicked.connect(self._ask_delete_all)
        self._keep.toggled.connect(lambda on: self._context.settings.set(keys.KEEP_HISTORY, on))
        self._context.signals.history_changed.connect(self._renew)

    def rows(self) -> list[HistoryRow]:
        """Return the rows that are shown."""
        items = (self._list.item(index) for index in range(self._list.count()))
        return [item.data(_ROW) for item in items if not item.isHidden()]

    def show_domain(self, domain: str | None) -> None:
        """Show one tab's answers, or all."""
        self._domain.setCurrentIndex(max(0, self._domain.findData(domain)))
        self.reload()

    def state(self) -> tuple[str | None, str]:
        """Return which tab's answers are shown, and what is looked for."""
        return self._domain.currentData(), self._find.text()

    def restore(self, state: Any) -> None:
        """Show what another panel showed."""
        domain, text = state
        self._find.setText(text)
        self.show_domain(domain)

    def reload(self) -> None:
        """Read the library again."""
        self._list.clear()
        try:
            rows = self._context.library.history(self._domain.currentData())
        except StorageError as error:
            self._note.setText(self._context.error_text(error))
            self._note.show()
            return
        titles = {spec.key: spec.title() for spec in TABS}
        for row in rows:
            when = _local_time(row.created)
            item = QListWidgetItem(f"{row.summary}\n{titles.get(row.domain, row.domain)} · {when}")
            item.setData(_ROW, row)
            self._list.addItem(item)
        self._filter(self._find.text())
        self._show_detail()

    def delete_selected(self) -> None:
        """Forget the selected answers; the row that takes their place can be chosen next."""
        rows = [self._list.row(item) for item in self._list.selectedItems()]
        self._forget([self._list.item(row).data(_ROW).id for row in rows])
        if rows:
            self._list.setCurrentRow(min(min(rows), self._list.count() - 1), NoUpdate)
            self._list.setFocus()

    def delete_all(self) -> None:
        """Forget every answer of every tab."""
        self._forget(None)

    def _forget(self, ids: list[int] | None) -> None:
        if ids == []:
            return
        try:
            self._context.library.delete_history(ids)
        except StorageError as error:
            self._note.setText(self._context.error_text(error))
            self._note.show()
            return
        self._context.signals.history_changed.emit()  # the tabs' lists forget it too

    def _ask_delete_all(self) -> None:
        question = self.tr("모든 탭의 기록을 지울까요? 되돌릴 수 없어요.")
        if confirm(self, self.tr("모두 지우기"), question):
            self.delete_all()

    def _renew(self) -> None:
        if self.isVisible():
            self.reload()

    def _filter(self, text: str) -> None:
        shown = 0
        for index in range(self._list.count()):
            item = self._list.item(index)
            hidden = text.strip().lower() not in item.text().lower()
            item.setHidden(hidden)
            shown += not hidden
        self._note.setText("" if shown else self.tr("아직 기록이 없어요."))
        self._note.setVisible(not shown)

    def _show_detail(self) -> None:
        items = self._list.selectedItems()
        for button in (self._copy, self._delete):
            button.setEnabled(bool(items))
        self._delete_all.setEnabled(self._list.count() > 0)
        text = "\n\n".join(_pretty(item.data(_ROW)) for item in items)
        self._detail.setPlainText(text)
        self._detail.setVisible(bool(items))

    def _copy_detail(self) -> None:
        QGuiApplication.clipboard().setText(self._detail.toPlainText())


def _pretty(row: HistoryRow) -> str:
    return json.dumps(row.payload, ensure_ascii=False, indent=1)


def _local_time(created: str) -> str:
    """Return an ISO 8601 time in UTC as a short local one."""
    return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d %H:%M}"
