"""The 60 emotions of a corpus with their counts, as a table that can be sorted."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop import theme
from desktop.tabs.emotions_names import corpus_names
from engine.emotions.distribution import LabelCount

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
CODE, NAME, GROUP, COUNT, SHARE = range(5)


class LabelModel(QAbstractTableModel):
    """Code, name, group, count and share of each emotion."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LabelCount, ...] = ()
        self._names: dict[str, str] = {}

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions."""
        self.beginResetModel()
        self._rows, self._names = rows, corpus_names()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("코드"),
            self.tr("감정"),
            self.tr("대분류"),
            self.tr("개수"),
            self.tr("비율"),
        )
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one aspect of one cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text" if row.count else "text_faint")
        name, group = self._names[row.name], self._names[row.group]
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.code, name, group, f"{row.count:,}", f"{row.share:.1%}")[column]
        if role == SORT:
            return (row.code, name, group, row.count, row.count)[column]
        return None


class LabelTable(QTableView):
    """The table itself; a click on a column's name sorts by it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("emotionsTable")
        self.labels = LabelModel(self)
        order = QSortFilterProxyModel(self)
        order.setSourceModel(self.labels)
        order.setSortRole(SORT)
        self.setModel(order)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMinimumHeight(theme.px(320))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        header = self.horizontalHeader()
        for section, wide in ((CODE, 60), (GROUP, 114), (COUNT, 84), (SHARE, 76)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, theme.px(wide))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions, the commonest first."""
        self.labels.set_rows(rows)
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignHCenter if column >= COUNT else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
