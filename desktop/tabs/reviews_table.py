"""The rows of a scored file, as a model that makes cells only when they are seen."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from desktop import theme
from desktop.tabs.reviews_names import label_name
from engine.reviews import POSITIVE, ReviewResult
from engine.reviews.batch import Scored

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
LABEL = Qt.ItemDataRole.UserRole + 1
TEXT, VERDICT, CONFIDENCE, STARS = range(4)
_LONGEST = 300


class ScoredModel(QAbstractTableModel):
    """Text, label, confidence and stars of every row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scored: Scored | None = None

    @property
    def scored(self) -> Scored | None:
        """The table that is shown."""
        return self._scored

    def set_scored(self, scored: Scored | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self._scored = scored
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        if parent.isValid() or self._scored is None:
            return 0
        return len(self._scored.results)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

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
            return f"{section + 1:,}"
        names = (self.tr("글"), self.tr("판단"), self.tr("확신"), self.tr("별점"))
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one aspect of one cell."""
        if self._scored is None or not index.isValid():
            return None
        result = self._scored.results[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.row(), column, result)
        if role == SORT:
            return self._sorted(index.row(), column, result)
        if role == LABEL:
            return "" if result is None else result.label
        if role == Qt.ItemDataRole.ForegroundRole and result is not None and column == VERDICT:
            return theme.color("positive" if result.label == POSITIVE else "negative")
        if role == Qt.ItemDataRole.ForegroundRole and column == STARS:
            return theme.color("star")
        if role == Qt.ItemDataRole.TextAlignmentRole and column != TEXT:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == Qt.ItemDataRole.ToolTipRole and column == TEXT:
            return self._text(index.row())[:2000]
        return None

    def _text(self, row: int) -> str:
        scored = self._scored
        return "" if scored is None else scored.table.rows[row][scored.column]

    def _shown(self, row: int, column: int, result: ReviewResult | None) -> str:
        if column == TEXT:
            return " ".join(self._text(row)[:_LONGEST].split())
        if result is None:
            return "–"
        if column == VERDICT:
            return label_name(result.label)
        return f"{result.confidence:.0%}" if column == CONFIDENCE else f"★ {result.stars:g}"

    def _sorted(self, row: int, column: int, result: ReviewResult | None) -> str | float:
        if column == TEXT:
            return self._text(row)[:_LONGEST]
        if result is None:
            return -1.0
        return (result.positive, result.confidence, result.rating)[column - 1]


class LabelFilter(QSortFilterProxyModel):
    """Rows of one label only, or all, and only those that hold a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self._word = ""
        self.setSortRole(SORT)

    def set_label(self, label: str) -> None:
        """Show rows of *label*, all when it is empty."""
        self._label = label
        self.invalidate()

    def set_word(self, word: str) -> None:
        """Show rows whose text holds *word*."""
        self._word = word.strip().lower()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether a row is shown."""
        model = self.sourceModel()
        if self._label and model.data(model.index(row, VERDICT, parent), LABEL) != self._label:
            return False
        if not self._word:
            return True
        text = model.data(model.index(row, TEXT, parent), SORT)
        return self._word in str(text).lower()
