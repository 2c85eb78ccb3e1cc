"""The segments of a session, a row each and person: what was shown, how long, how attentive."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_dots import dot
from desktop.tabs.faces_names import EXPRESSIONS
from desktop.tabs.faces_session_paint import colour
from engine.faces import LABELS
from engine.faces.session import Session
from engine.faces.session_axis import clock
from engine.faces.session_colours import bgr
from engine.faces.session_summary import Segment, Summary, segments, summarise

SHARES = Qt.ItemDataRole.UserRole
START = Qt.ItemDataRole.UserRole + 1
PERSON = Qt.ItemDataRole.UserRole + 2
BAR = 4


class SegmentTable(QTableWidget):
    """``chosen(float, int)``: the first second of a row's segment, and its person."""

    chosen = Signal(float, int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(0, 8, parent)
        self._context = context
        self.setObjectName("sessionSegments")
        self.setHorizontalHeaderLabels(
            [
                self.tr("구간"),
                self.tr("시간"),
                self.tr("사람"),
                self.tr("가장 오래"),
                self.tr("표정의 비율"),
                self.tr("깜빡임/분"),
                self.tr("주의"),
                self.tr("화면에"),
            ]
        )
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setItemDelegateForColumn(BAR, _SharesPainter(self))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(theme.px(54))
        self.cellClicked.connect(self._clicked)
        self._runner = context.workers.latest(_summed, self._show)
        theme.notifier().changed.connect(self.viewport().update)

    def show_session(self, session: Session) -> None:
        """Sum the session up by its marks, off the UI thread: a million samples take a while."""
        self._runner.submit(session)

    def _show(self, rows: list[tuple[Segment, Summary]]) -> None:
        self.setRowCount(len(rows))
        for number, (part, one) in enumerate(rows):
            self._fill(number, part, one)
        height = self.horizontalHeader().sizeHint().height() + theme.px(6)
        height += sum(self.rowHeight(row) for row in range(min(len(rows), 8)))
        self.setFixedHeight(max(height, theme.px(70)))

    def _fill(self, row: int, part: Segment, one: Summary) -> None:
        label = part.label or self.tr("처음부터")
        times = f"{clock(part.start)}–{clock(part.end)}"
        best = one.label
        rate = "–" if one.blink_rate is None else f"{one.blink_rate:.0f}"
        heed = "–" if one.attention is None else f"{one.attention:.0%}"
        name = f"{self._context.say(EXPRESSIONS[best])} {one.labels[best]:.0%}"
        stayed = self.tr("{n}초").format(n=f"{one.seconds:.0f}")
        words = (label, times, str(one.person), name, "", rate, heed, stayed)
        told = ", ".join(
            f"{self._context.say(EXPRESSIONS[label])} {share:.0%}"
            for label, share in one.probabilities.items()
        )
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            if column >= 5 or column == 2:
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if column == 0 and part.colour:
                item.setIcon(dot(bgr(part.colour)))
            if column == BAR:
                item.setData(SHARES, list(one.probabilities.values()))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
                item.setToolTip(told)
            if column == 5:
                item.setToolTip(self.tr("모두 {n}번").format(n=one.blinks))
            item.setData(START, part.start)
            item.setData(PERSON, one.person)
            self.setItem(row, column, item)

    def _clicked(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if item is not None:
            self.chosen.emit(float(item.data(START)), int(item.data(PERSON)))


def _summed(session: Session) -> list[tuple[Segment, Summary]]:
    return [(part, one) for part in segments(session) for one in summarise(session, part)]


class _SharesPainter(QStyledItemDelegate):
    """Paints the mean probabilities as one bar."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        shares = index.data(SHARES)
        if not shares:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(option.rect)  # type: ignore[attr-defined]
        bar = QRectF(field.left() + 6, field.center().y() - theme.px(6), field.width() - 12,
                     theme.px(12))  # fmt: skip
        outline = QPainterPath()
        outline.addRoundedRect(bar, theme.px(6), theme.px(6))
        painter.setClipPath(outline)
        left = bar.left()
        for label, share in zip(LABELS, shares, strict=True):
            wide = bar.width() * share
            painter.fillRect(QRectF(left, bar.top(), wide, bar.height()), colour(label))
            left += wide
        painter.restore()
