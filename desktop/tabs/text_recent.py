"""The texts read last, each with its answer; one click brings it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop import palette, theme
from desktop.context import AppContext
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from engine.errors import StorageError
from engine.library import HistoryRow

SHOWN = 50
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Mark:
    """How a remembered answer is told in one line: a word in a colour role, and a figure."""

    word: str
    role: str
    figure: str
    figure_role: str = "text_muted"


class RecentDelegate(QStyledItemDelegate):
    """Paints a pill with the answer, the text in one line, and the figure."""

    def __init__(
        self, describe: Callable[[HistoryRow], Mark], words: Sequence[str], parent: QListWidget
    ) -> None:
        super().__init__(parent)
        self._describe, self._words = describe, tuple(words)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return one line with room around it."""
        return QSize(theme.px(120), theme.px(38))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one remembered text."""
        row: HistoryRow = index.data(_ROW)
        mark = self._describe(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        box = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        wide = self._pill(painter, box, mark)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color(mark.figure_role))
        right = box.adjusted(box.width() - theme.px(48), 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(right, int(middle | Qt.AlignmentFlag.AlignRight), mark.figure)
        painter.setPen(theme.color("text"))
        words = box.adjusted(wide + theme.px(10), 0, -theme.px(56), 0)
        text = " ".join(str(row.payload.get("text", ""))[:300].split())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(middle), shown)
        painter.restore()

    def _pill(self, painter: QPainter, box: QRect, mark: Mark) -> int:
        """Draw the answer and return the width of all pills."""
        painter.setFont(theme.font(12, bold=True))
        metrics = painter.fontMetrics()
        wide = max(metrics.horizontalAdvance(word) for word in (mark.word, *self._words))
        wide += theme.px(24)
        pill = QRect(box.left(), box.center().y() - theme.px(11), wide, theme.px(23))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(palette.ground(mark.role)))
        painter.drawRoundedRect(pill, theme.px(11), theme.px(11))
        painter.setPen(theme.color(mark.role))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), mark.word)
        return wide

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if selected else "hover"))
            painter.drawRoundedRect(option.rect, theme.px(8), theme.px(8))


class RecentCard(Card):
    """The newest texts of a domain's history; ``chosen(HistoryRow)`` when one is pressed.

    *describe* tells of a row; *words* are all that it may say, so that the pills are alike.
    """

    chosen = Signal(object)

    def __init__(
        self,
        context: AppContext,
        domain: str,
        describe: Callable[[HistoryRow], Mark],
        words: Sequence[str],
    ) -> None:
        super().__init__()
        self.set_title(self.tr("최근에 읽은 글"))
        self._context, self._domain = context, domain
        self.list = QListWidget()
        self.list.setObjectName(f"{domain}Recent")
        self.list.setItemDelegate(RecentDelegate(describe, words, self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme.px(90))
        self.list.setStyleSheet("QListWidget { border: none; background: transparent; }")
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._none = EmptyState("history", self.tr("읽은 글이 여기에 쌓여요"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        self.add(self._stack, 1)
        context.signals.history_changed.connect(self.reload)
        theme.notifier().changed.connect(self.list.viewport().update)
        self.reload()

    def reload(self) -> None:
        """Read the library again."""
        try:
            rows = self._context.library.history(self._domain, SHOWN)
        except StorageError as error:
            self._none.set_text(self._context.error_text(error))
            rows = []
        self.list.clear()
        for row in rows:
            if "text" not in row.payload:  # a whole file; the window's history shows those
                continue
            item = QListWidgetItem()
            item.setData(_ROW, row)
            item.setToolTip(row.summary)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.summary)
            self.list.addItem(item)
        self._stack.setCurrentIndex(0 if self.list.count() else 1)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ROW))
