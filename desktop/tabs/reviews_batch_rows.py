"""All rows of a batch: a table to scroll, filter, search and sort, however many there are."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.tabs import reviews_batch_find as finding
from desktop.tabs.reviews_batch_model import POSITIVE, STARS, TEXT, VERDICT, PagedRows
from desktop.tabs.reviews_batch_split import ORDER
from desktop.tabs.reviews_names import label_name
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from engine.batch import Outcome


class RowsPage(QWidget):
    """The table of all rows.

    Signals:
        row_chosen(str): look at this text closely.
        failed(Exception): the rows cannot be read.
    """

    row_chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._outcome: Outcome | None = None
        self.model = PagedRows(context, self)
        self.model.failed.connect(self.failed)
        self.model.searching.connect(lambda: self.count.setText(self.tr("찾는 중이에요…")))
        self.model.found.connect(self._say_count)
        self._build_tools()
        self._build_view()
        card = Card()
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(8))
        tools.addWidget(self.count, 1)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.labels)
        card.body.addLayout(tools)
        card.add(self.view, 1)
        card.add(Label(self.tr("줄을 두 번 누르면 왜 그렇게 읽었는지 볼 수 있어요."), "small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _build_tools(self) -> None:
        self.count = Label(role="muted")
        self.count.setObjectName("reviewsShown")
        self.search = QLineEdit()
        self.search.setObjectName("reviewsFind")
        self.search.setPlaceholderText(self.tr("글에서 찾기"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(110))
        self.search.setMaximumWidth(theme.px(220))
        self.search.textChanged.connect(self._choose)
        self.labels = QComboBox()
        self.labels.setObjectName("reviewsFilter")
        self.labels.addItem(self.tr("모두"), None)
        for label in ORDER:
            self.labels.addItem(label_name(label), label)
        self.labels.addItem(self.tr("판단 없음"), "")
        self.labels.currentIndexChanged.connect(self._choose)

    def _build_view(self) -> None:
        view = QTableView()
        view.setObjectName("reviewsTable")
        view.setModel(self.model)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setMinimumHeight(theme.px(200))
        view.verticalHeader().setDefaultSectionSize(theme.px(34))
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.activated.connect(self._look)
        header = view.horizontalHeader()
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for section in (VERDICT, POSITIVE, STARS):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, theme.px(96))
        self.view = view

    def set_outcome(self, outcome: Outcome | None) -> None:
        """Show the rows of a batch, all in order; of none no row."""
        self._outcome = outcome
        for widget in (self.search, self.labels):
            widget.blockSignals(True)
        self.search.clear()
        self.labels.setCurrentIndex(0)
        for widget in (self.search, self.labels):
            widget.blockSignals(False)
        self.model.set_outcome(outcome)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _choose(self) -> None:
        self.model.choose(self.labels.currentData(), self.search.text())

    def _say_count(self, shown: int, total: int) -> None:
        if shown == total:
            text = self.tr("모두 {n}줄").format(n=f"{total:,}")
        else:
            text = self.tr("{total}줄 가운데 {n}줄")
            text = text.format(n=f"{shown:,}", total=f"{total:,}")
        self.count.setText(text)

    def _look(self, index: QModelIndex) -> None:
        """Fetch the whole text of a row, which the table does not hold."""
        outcome = self._outcome
        if outcome is None:
            return
        number = self.model.number(index.row())
        self._context.workers.run(
            lambda progress: finding.text_of(outcome, number),
            done=self.row_chosen.emit,
            failed=self.failed.emit,
            owner=self,
        )
