"""What the cards of labelled pictures show: counts, what was left out, a confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets.labels import Label
from desktop.widgets.rows import PaintedRows
from engine.labelled.results import KINDS, LeftOut

_MOST = 500
"""Rows of the list; the saved report has all of them."""

_ROW, _CELL, _SMALLEST = 26, 34, 22


class CountBars(PaintedRows):
    """For each class its name, a bar, and how many pictures there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_ROW, 260, 160, parent)
        self._counts: list[tuple[str, int]] = []

    @property
    def counts(self) -> list[tuple[str, int]]:
        """What is shown."""
        return list(self._counts)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show these numbers."""
        self._counts = list(counts.items())
        words = ", ".join(f"{name} {n}" for name, n in self._counts)
        self._show_rows(len(self._counts), words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        width = painter.fontMetrics().horizontalAdvance
        names = max((width(name) for name, _ in self._counts), default=0)
        numbers = max((width(f"{n:,}") for _, n in self._counts), default=0)
        most = max((n for _, n in self._counts), default=0)
        gap, thick, row = theme.px(12), theme.px(8), theme.px(_ROW)
        middle = Qt.AlignmentFlag.AlignVCenter
        for index, (name, count) in enumerate(self._counts):
            top = index * row
            painter.setPen(theme.color("text" if count else "text_faint"))
            painter.drawText(QRectF(0, top, names + 1, row), int(middle), name)
            place = QRectF(self.width() - numbers - 1, top, numbers + 1, row)
            painter.drawText(place, int(middle | Qt.AlignmentFlag.AlignRight), f"{count:,}")
            length = self.width() - names - numbers - 2 * gap
            track = QRectF(names + gap, top + (row - thick) / 2, length, thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("track"))
            painter.drawRoundedRect(track, thick / 2, thick / 2)
            if count:
                track.setWidth(max(float(thick), track.width() * count / most))
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(track, thick / 2, thick / 2)


class LeftOutList(QWidget):
    """How many were left out of each kind, and each with its reason; hidden when none was."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.summary = Label(role="strong", wrap=True)
        self.summary.setObjectName("labelledLeftOut")
        self.list = QListWidget()
        self.list.setObjectName("labelledLeftOutList")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setMinimumHeight(theme.px(96))
        self.list.setMaximumHeight(theme.px(150))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.summary)
        column.addWidget(self.list)
        self.hide()

    def show_rows(self, rows: Sequence[LeftOut]) -> None:
        """Show what was left out."""
        self.setVisible(bool(rows))
        found = [row.kind for row in rows]
        kinds = [
            f"{self._context.say(name)} {found.count(kind):,}"
            for kind, name in KINDS.items()
            if kind in found
        ]
        text = self.tr("빼는 사진 {n}장: {kinds}").format(n=len(rows), kinds=", ".join(kinds))
        self.summary.setText(text)
        self.list.clear()
        self.list.addItems(
            [f"{row.name or row.given} · {self._context.say(row.why)}" for row in rows[:_MOST]]
        )
        if len(rows) > _MOST:
            more = self.tr("… 밖에 {n}장. 모두는 저장한 보고서(CSV)에 있어요.")
            self.list.addItem(more.format(n=len(rows) - _MOST))


class Matrix(QWidget):
    """A confusion matrix: rows are given classes, columns answers; deeper is more of its row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._rows: tuple[tuple[int, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, labels: Sequence[str], rows: tuple[tuple[int, ...], ...]) -> None:
        """Show these counts."""
        self._labels, self._rows = tuple(labels), rows
        words = [
            f"{label} → {other} {row[j]}"
            for label, row in zip(self._labels, rows, strict=True)
            for j, other in enumerate(self._labels)
            if row[j]
        ]
        self.setAccessibleDescription(", ".join(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which the cells are easy to read."""
        side = theme.px(_CELL) * (len(self._labels) + 1)
        return QSize(side + theme.px(20), side)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the smallest cells that can be read."""
        width = theme.px(_SMALLEST) * len(self._labels) + theme.px(44)
        return QSize(width, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, cells and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        metrics = painter.fontMetrics()
        names = max((metrics.horizontalAdvance(label) for label in self._labels), default=0)
        left, high = names + theme.px(10), theme.px(_CELL)
        wide = min(theme.px(56), (self.width() - left) / max(len(self._labels), 1))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(theme.color("text_muted"))
        for i, label in enumerate(self._labels):
            painter.drawText(QRectF(left + i * wide, 0, wide, high), centre, label)
            place = QRectF(0, (i + 1) * high, names + 1, high)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), label)
        for i, row in enumerate(self._rows):
            for j, count in enumerate(row):
                cell = QRectF(left + j * wide, (i + 1) * high, wide, high).adjusted(1, 1, -1, -1)
                self._cell(painter, cell, count, count / max(sum(row), 1))

    def _cell(self, painter: QPainter, cell: QRectF, count: int, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(cell, theme.px(4), theme.px(4))
        if not count:
            return
        painter.setBrush(theme.color("accent", 0.15 + 0.85 * share))
        painter.drawRoundedRect(cell, theme.px(4), theme.px(4))
        painter.setPen(theme.color("on_accent" if share > 0.5 else "text"))
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), f"{count:,}")
