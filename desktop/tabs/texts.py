"""The texts read last, each with its answer; one click brings it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop import theme as palette
from desktop.app.context import AppContext
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card
from desktop.widgets.text import goes_on
from engine.core.errors import MaumgyeolError, StorageError
from engine.core.library import HistoryRow


class TextColumns(QWidget):
    """Two columns in ``row``; when the page stacks them, the recent texts come last."""

    def __init__(self) -> None:
        super().__init__()
        gap = theme.px(14)
        self.row = QHBoxLayout()
        self.row.setSpacing(gap)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(gap)
            self.row.addLayout(column, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(gap)
        self._whole.addLayout(self.row, 1)
        self._recent: QWidget | None = None

    def fill(
        self, write: QWidget, recent: QWidget, answers: Sequence[QWidget], below: QWidget | None
    ) -> None:
        """Place the cards: the first of *answers* takes what room there is, *below* all width."""
        self._recent = recent
        self._left.addWidget(write)
        self._left.addWidget(recent, 1)
        for index, card in enumerate(answers):
            self._right.addWidget(card, int(index == 0))
        if below is not None:
            self._whole.addWidget(below)
        theme.notifier().changed.connect(self._place_recent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the page, which stacks the columns where there is little room."""
        super().resizeEvent(event)
        self._place_recent()

    def _place_recent(self) -> None:
        if self._recent is None:
            return
        stacked = self.row.direction() == QBoxLayout.Direction.TopToBottom
        home = self._right if stacked else self._left
        if home.indexOf(self._recent) < 0:
            home.addWidget(self._recent, int(not stacked))


# ----------------------------------------------------------------------------------------
# The right answer to a text, kept for learning.


class TextCorrections(QObject):
    """Keeps the corrections of one domain and says so in its bar.

    Signals:
        failed(Exception): it could not be kept.
        message(str): for the status bar.
    """

    failed = Signal(object)
    message = Signal(str)

    def __init__(
        self, context: AppContext, domain: str, bar: CorrectionBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._domain, self._bar = context, domain, bar

    def keep(self, text: str, answered: str, right: str, shown: str, model: str) -> None:
        """Keep that *text*, to which *model* answered *answered*, is *right* (*shown* so)."""
        given = text.encode("utf-8", "replace")
        try:
            self._context.library.add_correction(self._domain, given, answered, right, model)
        except MaumgyeolError as error:
            self.failed.emit(error)
            return
        thanks = self.tr("‘{label}’(으)로 고쳤어요. 학습 탭에서 다시 학습하면 배워요.")
        self._bar.show_thanks(thanks.format(label=shown))
        self.message.emit(self.tr("고친 답을 저장했어요."))


# ----------------------------------------------------------------------------------------
# One history row a text: what is still being written is renewed, another text has its own.

PAUSE_MS = 1200
"""An answer that stands this long is remembered."""

KNOWN = 200
"""Texts whose rows are known again when they come back."""


class TextMemory(QObject):
    """Remembers the answers of one domain.

    A text that goes on from the one remembered last takes its row; any other text, one that was
    put into the box as a whole, and one that follows a corrected or reopened one has a row of
    its own. A text that has a row already is renewed there and keeps its date; where the user
    has deleted the row of the text that is shown, it stays deleted.
    """

    def __init__(self, context: AppContext, domain: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._domain = context, domain
        self._rows: dict[str, int] = {}
        self._current: str | None = None
        self._settled = True
        self._waiting: tuple[str, dict[str, Any]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def rows(self) -> dict[str, int]:
        """The remembered texts and the ids of their rows."""
        return dict(self._rows)

    def keep(self, summary: str, payload: dict[str, Any]) -> None:
        """Remember an answer, whose payload holds its ``text``, after a pause."""
        self._waiting = (summary, payload)
        self._pause.start()

    def drop(self) -> None:
        """Do not remember what waits."""
        self._pause.stop()
        self._waiting = None

    def flush(self) -> None:
        """Remember what waits now rather than after the pause."""
        waiting = self._waiting
        self.drop()
        if waiting is None:
            return
        text = str(waiting[1]["text"])
        row_id, before = self._rows.get(text), self._current
        if text == before and row_id is not None:
            self._context.renew(row_id, *waiting)
            return
        returned = row_id is not None
        if not self._settled and before is not None and goes_on(before, text):
            row_id = row_id or self._rows.pop(before, None)
        if row_id is None or not self._context.renew(row_id, *waiting):
            row_id = self._context.remember(self._domain, *waiting)
        self._current, self._settled = text, returned
        if row_id is not None:
            self.know({text: row_id})

    def settle(self) -> None:
        """What was remembered is no longer written on: another text follows."""
        self.flush()
        self._settled = True

    def know(self, rows: dict[str, int]) -> None:
        """Take down which texts have which rows."""
        self._rows.update(rows)
        while len(self._rows) > KNOWN:
            del self._rows[next(iter(self._rows))]


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
