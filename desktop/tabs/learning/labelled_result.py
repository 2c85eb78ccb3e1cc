"""What teaching from pictures measured, and the choice to use the new model or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.learning.versions import PairBars
from desktop.widgets.buttons import Button, Choice
from desktop.widgets.labels import Label
from desktop.widgets.tables import PaintedRows
from engine.learning.labelled.results import KINDS, LeftOut, Listing, TeachReport

_NAMES = 6


class FoundView(QWidget):
    """``start_asked()`` and ``other_asked()``."""

    start_asked = Signal()
    other_asked = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.name = Label(role="strong", wrap=True)
        self.name.setObjectName("labelledSource")
        self.hint = Label(role="muted", wrap=True)
        self.hint.setObjectName("labelledHint")
        self.bars = CountBars()
        self.bars.setObjectName("labelledCounts")
        self.left_out = LeftOutList(context)
        self.start = Button(self.tr("시작"), "play", role="primary")
        self.start.setObjectName("labelledStart")
        self.start.clicked.connect(self.start_asked)
        self.other = Button(self.tr("다른 자료"), "open")
        self.other.setObjectName("labelledOther")
        self.other.clicked.connect(self.other_asked)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.start)
        row.addWidget(self.other)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for widget in (self.name, self.bars, self.hint, self.left_out):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)

    def show_listing(self, listing: Listing) -> None:
        """Show how many pictures each class has."""
        count = len(listing.entries)
        text = self.tr("{name} · 사진 {n}장").format(
            name=listing.source.resolve().name, n=f"{count:,}"
        )
        self.name.setText(text)
        self.bars.set_counts(listing.counts())
        self.hint.setText(self._sentence(listing))
        self.left_out.show_rows(listing.left_out)
        self.start.setEnabled(bool(count))

    def show_left_out(self, rows: Sequence[LeftOut]) -> None:
        """Show what reading has left out as well."""
        self.left_out.show_rows(rows)

    def set_running(self, running: bool) -> None:
        """Have the buttons wait while a job runs."""
        self.start.setEnabled(not running and any(n for _, n in self.bars.counts))
        self.other.setEnabled(not running)

    def _sentence(self, listing: Listing) -> str:
        parts = []
        unknown = listing.unknown()
        if unknown:
            shown = [f"{name or '–'} {n:,}" for name, n in list(unknown.items())[:_NAMES]]
            shown += ["…"] if len(unknown) > _NAMES else []
            parts.append(self.tr("모르는 라벨: {names}.").format(names=", ".join(shown)))
            parts.append(self._context.say(listing.only_these))
        if listing.others:
            parts.append(self.tr("사진이 아닌 파일 {n}개는 지나쳐요.").format(n=listing.others))
        parts.append(
            self.tr(
                "시작하면 사진을 하나씩 살펴보고, 배우지 않은 사진으로 시험한 결과를 보여 줘요. "
                "그때까지 모델은 바뀌지 않아요."
            )
        )
        return "\n".join(parts)


# ----------------------------------------------------------------------------------------
# What the cards of labelled pictures show: counts, what was left out, a confusion matrix.

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


class TaughtView(QWidget):
    """``accept_asked()``, ``discard_asked()`` and ``save_asked()``."""

    accept_asked = Signal()
    discard_asked = Signal()
    save_asked = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._report: TeachReport | None = None
        self.verdict = Label(role="strong", wrap=True)
        self.verdict.setObjectName("labelledVerdict")
        self.how = Label(role="muted", wrap=True)
        self.how.setObjectName("labelledHow")
        self.notes = Label(role="muted", wrap=True)
        self.notes.setObjectName("labelledNotes")
        self.bars = PairBars()
        self.bars.setObjectName("labelledBars")
        self.which = Choice(
            "labelledWhich",
            [
                ("before", self.tr("전"), self.tr("지금 답하는 모델")),
                ("after", self.tr("후"), self.tr("새로 배운 모델")),
            ],
            "after",
        )
        self.which.chosen.connect(self._show_matrix)
        self.matrix = Matrix()
        self.matrix.setObjectName("labelledMatrix")
        self.left_out = LeftOutList(context)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.accept = Button(self.tr("이 모델 쓰기"), "check", role="primary")
        self.accept.setObjectName("labelledAccept")
        self.accept.clicked.connect(self.accept_asked)
        self.accept_anyway = Button(self.tr("그래도 이 모델 쓰기"), "check")
        self.accept_anyway.setObjectName("labelledAcceptAnyway")
        self.accept_anyway.clicked.connect(self.accept_asked)
        self.discard = Button(self.tr("버리기"), "trash")
        self.discard.setObjectName("labelledDiscard")
        self.discard.clicked.connect(self.discard_asked)
        self.save = Button(self.tr("보고서 저장…"), "save")
        self.save.setObjectName("labelledSave")
        self.save.clicked.connect(self.save_asked)

    def _lay_out(self) -> None:
        gap = theme.px(12)
        left = QVBoxLayout()
        left.setSpacing(gap)
        for widget in (self.verdict, self.how, self.bars, self.notes):
            left.addWidget(widget)
        left.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(Label(self.tr("혼동 행렬"), "strong"))
        top.addStretch(1)
        top.addWidget(self.which)
        right = QVBoxLayout()
        right.setSpacing(gap)
        right.addLayout(top)
        right.addWidget(Label(self.tr("행은 라벨, 열은 답이에요."), "small"))
        right.addWidget(self.matrix)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(24))
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.accept, self.discard, self.accept_anyway, self.save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addLayout(columns)
        column.addWidget(self.left_out)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_report(self, report: TeachReport) -> None:
        """Show what was measured."""
        say = self._context.say
        self._report = report
        self.verdict.setText(say(report.reason))
        self.how.setText(say(report.how))
        each = ", ".join(f"{row.label} {row.learned:,}" for row in report.counts if row.learned)
        learned = self.tr("배운 사진 {n}장 ({each})").format(n=f"{report.learned:,}", each=each)
        beside = self.tr("함께 배운 고친 답 {n}개").format(n=report.corrections)
        earlier = self.tr("전에 배운 사진 {n}장").format(n=f"{report.earlier:,}")
        facts = [
            learned,
            *([beside] * bool(report.corrections)),
            *([earlier] * bool(report.earlier)),
        ]
        notes = [" · ".join(facts), *map(say, report.notes)]
        self.notes.setText("\n".join(f"• {note}" for note in notes))
        self.bars.set_pairs(
            [
                (
                    self.tr("배우지 않은 사진 {n}장의 정확도").format(n=f"{report.asked:,}"),
                    report.before.accuracy,
                    report.after.accuracy,
                ),
                (self.tr("매크로 F1"), report.before.macro_f1, report.after.macro_f1),
                (
                    self.tr("원래 알던 것 (기본 문제)"),
                    report.anchors_before,
                    report.anchors_after,
                ),
            ]
        )
        self.which.set_current("after")
        self._show_matrix("after")
        self.left_out.show_rows(report.left_out)
        self.accept.setVisible(report.recommended)
        self.accept_anyway.setVisible(not report.recommended)

    def _show_matrix(self, which: str) -> None:
        if self._report is not None:
            outcome = self._report.before if which == "before" else self._report.after
            self.matrix.set_rows(self._report.labels, outcome.confusion)
