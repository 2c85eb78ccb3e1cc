"""All rows of a batch: a table to scroll, filter, search and sort, however many there are."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
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
from desktop.app.context import AppContext
from desktop.tabs.reviews.batch.charts import ORDER
from desktop.tabs.reviews.batch.preview import percent
from desktop.tabs.reviews.result import ROLES, label_name
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine.reviews.batch import Outcome
from engine.reviews.batch import readings as finding
from engine.reviews.batch.readings import BLOCK, Found, Line, Part, Query

if TYPE_CHECKING:
    from engine.reviews.batch import Outcome

Index = QModelIndex | QPersistentModelIndex
TEXT, VERDICT, POSITIVE, STARS = range(4)
ORDERS = ("row", "positive", "positive", "stars")
"""What each column sorts by; the texts are sorted as they stand in the file."""

_KEPT = 40
"""Blocks in memory."""

_LONGEST = 300
"""Characters of a text that a cell is handed."""


class PagedRows(QAbstractTableModel):
    """Text, verdict, chance of 긍정 and stars; found and read off the UI thread.

    Signals:
        searching(): another choice of rows is being looked for.
        found(int, int): how many rows are shown, and of how many.
        failed(Exception): the store cannot be read.
    """

    searching = Signal()
    found = Signal(int, int)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._outcome: Outcome | None = None
        self._query = Query()
        self._found = Found(Query(), range(0), 0)
        self._blocks: OrderedDict[int, list[Line]] = OrderedDict()
        self._wanted: set[int] = set()
        self._finder = context.workers.latest(finding.find)
        self._finder.ready.connect(self._show)
        self._reader = context.workers.latest(finding.read)
        self._reader.ready.connect(self._fill)
        for runner in (self._finder, self._reader):
            runner.failed.connect(self._fail)
        self._finding = self._reading = False
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.timeout.connect(self._read)

    @property
    def busy(self) -> bool:
        """Whether rows are being looked for or read."""
        return self._finding or self._reading or self._ask.isActive()

    def set_outcome(self, outcome: Outcome | None) -> None:
        """Show the rows of another batch, all in order."""
        self._finder.cancel()
        self._reader.cancel()
        self._outcome, self._query = outcome, Query()
        self._replace(Found(Query(), range(0), 0))
        self._finding = outcome is not None
        if outcome is not None:
            self._finder.submit(outcome, self._query)

    def choose(self, label: str | None, word: str) -> None:
        """Show only rows of a verdict, and those that hold a word."""
        self._search(self._query._replace(label=label, word=word.strip()))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1: as the file does."""
        by = ORDERS[column] if 0 <= column < len(ORDERS) else "row"
        descending = column >= 0 and order == Qt.SortOrder.DescendingOrder
        self._search(self._query._replace(order=by, descending=descending))

    def number(self, row: int) -> int:
        """Return the number, from 0, of a shown row in the file."""
        return self._found.numbers[row]

    def line(self, row: int) -> Line | None:
        """Return a shown row; ``None`` while it is being read, which this call sees to."""
        block, place = divmod(row, BLOCK)
        lines = self._blocks.get(block)
        if lines is None:
            self._wanted.add(block)
            if not self._ask.isActive():
                self._ask.start(0)
            return None
        self._blocks.move_to_end(block)
        return lines[place] if place < len(lines) else None

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows that are shown."""
        return 0 if parent.isValid() else len(self._found.numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ORDERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the names of columns and the numbers of rows."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole and across and section == TEXT:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if not across:
            return f"{self.number(section) + 1:,}" if section < self.rowCount() else None
        return (self.tr("글"), self.tr("판단"), self.tr("긍정 확률"), self.tr("별점"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one aspect of one cell."""
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column != TEXT:
            return int(Qt.AlignmentFlag.AlignCenter)
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole)
        if not index.isValid() or role not in (*wanted, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return "…" if line is None else _shown(line, column)
        if line is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(line, column)
        if column == TEXT:
            return line.text
        return self._context.say(line.problem) if line.problem is not None else None

    # What the workers answer

    def _search(self, query: Query) -> None:
        if query == self._query:
            return
        self._query = query
        if self._outcome is not None:
            self._finding = True
            self.searching.emit()
            self._finder.submit(self._outcome, query)

    def _show(self, found: Found) -> None:
        if found.query == self._query:
            self._finding = False
            self._replace(found)

    def _fail(self, error: Exception) -> None:
        self._finding = self._reading = False
        self.failed.emit(error)

    def _replace(self, found: Found) -> None:
        self._reader.cancel()
        self._reading = False
        self.beginResetModel()
        self._found = found
        self._blocks.clear()
        self._wanted.clear()
        self.endResetModel()
        self.found.emit(len(found.numbers), found.total)

    def _read(self) -> None:
        """Read what was asked for since the last time; the newest place counts."""
        if self._outcome is not None and self._wanted:
            self._reading = True
            self._reader.submit(self._outcome, self._found, sorted(self._wanted))
        self._wanted.clear()

    def _fill(self, part: Part) -> None:
        if part.found is not self._found:
            return
        self._reading = False
        for block, lines in part.blocks.items():
            self._blocks[block] = lines
            first, last = block * BLOCK, block * BLOCK + len(lines) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(ORDERS) - 1))
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)


def _shown(line: Line, column: int) -> str:
    if column == TEXT:
        return " ".join(line.text[:_LONGEST].split())
    if line.positive is None or line.stars is None:
        return "–"
    if column == VERDICT:
        return label_name(line.verdict)
    return percent(line.positive, 1) if column == POSITIVE else f"★ {line.stars:g}"


def _ink(line: Line, column: int) -> object:
    if column == VERDICT and line.verdict:
        return theme.color(ROLES[line.verdict])
    return theme.color("star") if column == STARS else None


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
