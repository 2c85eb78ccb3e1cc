"""The groups of a batch as a table that can be sorted, each with its split as a bar."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop import theme
from desktop.tabs.reviews_batch_names import group_name, percent
from desktop.tabs.reviews_batch_split import draw_split
from engine.batch import OTHERS, Group

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
GROUP = Qt.ItemDataRole.UserRole + 1
NAME, COUNT, POSITIVE, NEGATIVE, STARS, SPLIT = range(6)


class GroupModel(QAbstractTableModel):
    """Name, number of rows, both shares, mean stars, and the split to be painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these groups."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of groups."""
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 6

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
            self.tr("묶음"),
            self.tr("글"),
            self.tr("긍정"),
            self.tr("부정"),
            self.tr("평균 별"),
            self.tr("나뉨"),
        )
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one aspect of one cell."""
        if not index.isValid():
            return None
        group, column = self._groups[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == GROUP:
            return group
        if role == SORT:
            return (
                group_name(group.name),
                -1 if group.name == OTHERS else group.judged,
                group.positive_share,
                group.negative_share,
                group.mean_stars,
                group.positive_share - group.negative_share,
            )[column]
        shown = (
            group_name(group.name),
            f"{group.judged:,}",
            percent(group.positive_share, 1),
            percent(group.negative_share, 1),
            f"★ {group.mean_stars:.2f}",
            "",
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return shown[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.tr("{name}: 글 {n}개, 긍정 {positive}, 부정 {negative}, 평균 {stars}")
            name, n, positive, negative, stars, _ = shown
            return words.format(name=name, n=n, positive=positive, negative=negative, stars=stars)
        return None


class SplitDelegate(QStyledItemDelegate):
    """Paints a group's split as a rounded bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the cell and the bar."""
        super().paint(painter, option, index)
        group = index.data(GROUP)
        if not isinstance(group, Group):
            return
        neutral = max(0.0, 1 - group.positive_share - group.negative_share)
        box = QRectF(option.rect)
        thick, side = theme.px(10), theme.px(10)
        bar = QRectF(box.left() + side, box.center().y() - thick / 2, box.width() - 2 * side, thick)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_split(painter, bar, (group.positive_share, neutral, group.negative_share))
        painter.restore()


class GroupTable(QTableView):
    """The table itself; a click on a column's name sorts by it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewsGroups")
        self._groups = GroupModel(self)
        self._order = QSortFilterProxyModel(self)
        self._order.setSourceModel(self._groups)
        self._order.setSortRole(SORT)
        self.setModel(self._order)
        self.setItemDelegateForColumn(SPLIT, SplitDelegate(self))
        self.setSortingEnabled(True)
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumHeight(theme.px(200))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        header = self.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (COUNT, 92),
            (POSITIVE, 78),
            (NEGATIVE, 78),
            (STARS, 96),
            (SPLIT, 180),
        ):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, theme.px(width))

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these groups in the order that was chosen."""
        self._groups.set_groups(groups)

    def whole_height(self) -> int:
        """Return the height at which no row is hidden."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        """Return the height of some ten groups."""
        return QSize(theme.px(520), theme.px(360))


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignHCenter
    return int(side | Qt.AlignmentFlag.AlignVCenter)
