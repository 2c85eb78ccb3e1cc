"""The 60 emotions of a corpus with their counts, as a table that can be sorted."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop import theme
from desktop.tabs.emotions_names import corpus_names
from desktop.widgets.sorted_table import SORT, RowsModel, SortedTable
from engine.emotions.distribution import LabelCount

CODE, NAME, GROUP, COUNT, SHARE = range(5)


class LabelModel(RowsModel):
    """Code, name, group, count and share of each emotion."""

    def __init__(self) -> None:
        super().__init__(numbers=(COUNT, SHARE))
        self._rows: tuple[LabelCount, ...] = ()
        self._names: dict[str, str] = {}

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions."""
        self._rows, self._names = rows, corpus_names()
        self.renew(len(rows))

    def titles(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            self.tr("코드"),
            self.tr("감정"),
            self.tr("대분류"),
            self.tr("개수"),
            self.tr("비율"),
        )

    def cell(self, row: int, column: int, role: int) -> object:
        """Return one aspect of one cell; what does not occur is faint."""
        found = self._rows[row]
        name, group = self._names[found.name], self._names[found.group]
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text" if found.count else "text_faint")
        if role == Qt.ItemDataRole.DisplayRole:
            return (found.code, name, group, f"{found.count:,}", f"{found.share:.1%}")[column]
        if role == SORT:
            return (found.code, name, group, found.count, found.count)[column]
        return None


class LabelTable(SortedTable):
    """The table itself."""

    def __init__(self) -> None:
        self.labels = LabelModel()
        widths = {CODE: 60, GROUP: 114, COUNT: 84, SHARE: 76}
        super().__init__(self.labels, NAME, widths, row=32)
        self.setObjectName("emotionsTable")
        self.setMinimumHeight(theme.px(320))

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions, the commonest first."""
        self.labels.set_rows(rows)
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)
