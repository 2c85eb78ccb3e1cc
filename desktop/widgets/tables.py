"""A table of equal rows that a click on a column's name sorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from desktop import theme


class PaintedRows(QWidget):
    """Is as high as its rows, also after a change of zoom; subclasses paint them.

    Args:
        row: height of a row, in unzoomed pixels.
        wide, least: width that is asked for, and the smallest, likewise.
    """

    def __init__(self, row: int, wide: int, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._wide, self._least = row, wide, least
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _show_rows(self, count: int, words: str) -> None:
        """Paint *count* rows from now on; *words* tell a screen reader of them."""
        self.setAccessibleDescription(words)
        if count != self._count:
            self._count = count
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(theme.px(self._wide), theme.px(self._row) * self._count)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(self._least), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)


Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
"""The role of what a cell is sorted by."""


class RowsModel(QAbstractTableModel):
    """Rows of which subclasses say what each cell shows.

    Args:
        numbers: columns that stand in the middle; the others begin at the left.
    """

    def __init__(self, numbers: Sequence[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = frozenset(numbers)
        self._size = 0

    def titles(self) -> Sequence[str]:
        """Return the names of the columns, in the window's language."""
        raise NotImplementedError

    def cell(self, row: int, column: int, role: int) -> object:
        """Return one aspect of one cell, ``None`` where there is nothing to say."""
        raise NotImplementedError

    def renew(self, size: int) -> None:
        """Show *size* rows, all of them anew."""
        self.beginResetModel()
        self._size = size
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else self._size

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return self.titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one aspect of one cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return self.cell(index.row(), index.column(), role)

    def _alignment(self, column: int) -> int:
        middle = column in self._numbers
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class SortedTable(QTableView):
    """Shows a :class:`RowsModel`.

    Args:
        stretched: the column that takes the room that is left.
        widths: of the other columns, in unzoomed pixels; *row*: height of a row, likewise.
    """

    def __init__(
        self, rows: RowsModel, stretched: int, widths: Mapping[int, int], row: int
    ) -> None:
        super().__init__()
        rows.setParent(self)
        order = QSortFilterProxyModel(self)
        order.setSourceModel(rows)
        order.setSortRole(SORT)
        self.setModel(order)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(row))
        header = self.horizontalHeader()
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        for section, wide in widths.items():
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, theme.px(wide))
