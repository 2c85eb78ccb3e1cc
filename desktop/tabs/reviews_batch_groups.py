"""The groups of a batch as a table that can be sorted, each with its split as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.tabs.reviews_batch_names import group_name, percent
from desktop.tabs.reviews_batch_split import draw_split
from desktop.widgets.sorted_table import SORT, Index, RowsModel, SortedTable
from engine.batch import OTHERS, Group

GROUP = Qt.ItemDataRole.UserRole + 1
NAME, COUNT, POSITIVE, NEGATIVE, STARS, SPLIT = range(6)


class GroupModel(RowsModel):
    """Name, number of rows, both shares, mean stars, and the split to be painted."""

    def __init__(self) -> None:
        super().__init__(numbers=(COUNT, POSITIVE, NEGATIVE, STARS, SPLIT))
        self._groups: tuple[Group, ...] = ()

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these groups."""
        self._groups = groups
        self.renew(len(groups))

    def titles(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            self.tr("묶음"),
            self.tr("글"),
            self.tr("긍정"),
            self.tr("부정"),
            self.tr("평균 별"),
            self.tr("나뉨"),
        )

    def cell(self, row: int, column: int, role: int) -> object:
        """Return one aspect of one cell."""
        group = self._groups[row]
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


class GroupTable(SortedTable):
    """The table itself."""

    def __init__(self) -> None:
        self._groups = GroupModel()
        widths = {COUNT: 92, POSITIVE: 78, NEGATIVE: 78, STARS: 96, SPLIT: 180}
        super().__init__(self._groups, NAME, widths, row=34)
        self.setObjectName("reviewsGroups")
        self.setItemDelegateForColumn(SPLIT, SplitDelegate(self))
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumHeight(theme.px(200))

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
