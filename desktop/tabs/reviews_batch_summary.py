"""What a batch amounts to on one page: the split, the stars, the labels, and odd rows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.reviews_batch_labels import LabelsCard
from desktop.tabs.reviews_batch_split import SplitChart, StarsChart
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from engine.batch import BatchSummary, Problem

_ROW, _MOST_ROWS = 34, 8


class SummaryPage(QWidget):
    """The cards of the first page; ``row`` is the one to stack in a narrow window."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.split = SplitChart()
        self.stars = StarsChart()
        self.labels = LabelsCard()
        self.problems = ProblemsCard(context)
        split, stars = Card(self.tr("긍정과 부정")), Card(self.tr("별점"))
        for card, chart in ((split, self.split), (stars, self.stars)):
            card.add(chart)
            card.body.addStretch(1)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.px(14))
        self.row.addWidget(split, 1)
        self.row.addWidget(stars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(self.row)
        column.addWidget(self.labels)
        column.addWidget(self.problems)
        column.addStretch(1)

    def set_summary(self, summary: BatchSummary) -> None:
        """Show what rows amount to."""
        self.split.set_summary(summary)
        self.stars.set_counts(summary.stars)
        self.labels.set_scores(summary.scores)
        self.problems.set_summary(summary)


class ProblemsCard(Card):
    """Rows that were not read as they stand, each with its reason; hidden without any."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._problems: tuple[Problem, ...] = ()
        self.set_title(self.tr("눈여겨볼 줄"))
        self.counts = Label(role="muted", wrap=True)
        self.counts.setObjectName("reviewsOdd")
        self.list = QTableWidget(0, 2)
        self.list.setObjectName("reviewsProblems")
        self.list.setHorizontalHeaderLabels([self.tr("줄"), self.tr("무슨 일인가요")])
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setAlternatingRowColors(True)
        self.list.setShowGrid(False)
        self.list.setWordWrap(False)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        header = self.list.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.resizeSection(0, theme.px(110))
        self.add(self.counts)
        self.add(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def set_summary(self, summary: BatchSummary) -> None:
        """Show the odd rows of a batch."""
        names = odd_names()
        odd = [f"{names[kind]} {count:,}" for kind, count in summary.odd if count]
        self.setVisible(bool(odd))
        self.counts.setText(" · ".join(odd))
        self.list.setVisible(bool(summary.problems))
        if summary.problems == self._problems:
            return
        self._problems = summary.problems
        self.list.setRowCount(len(summary.problems))
        for number, problem in enumerate(summary.problems):
            said = QTableWidgetItem(self._context.say(problem.message))
            said.setToolTip(said.text())
            self.list.setItem(number, 0, QTableWidgetItem(f"{problem.row:,}"))
            self.list.setItem(number, 1, said)
        rows = min(len(summary.problems), _MOST_ROWS) + 1
        self.list.setFixedHeight(theme.px(_ROW) * rows + theme.px(8))


def odd_names() -> dict[str, str]:
    """Return the shown names of ``BatchSummary.odd``'s kinds."""
    translate = QCoreApplication.translate
    return {
        "blank": translate("reviews", "빈 줄"),
        "too_long": translate("reviews", "너무 긴 줄"),
        "other_encoding": translate("reviews", "인코딩이 다른 줄"),
        "damaged": translate("reviews", "깨진 글자가 있는 줄"),
        "nuls": translate("reviews", "널 바이트가 있던 줄"),
        "more_cells": translate("reviews", "칸이 남는 줄"),
        "fewer_cells": translate("reviews", "칸이 모자란 줄"),
        "open_quote": translate("reviews", "따옴표가 안 닫힌 줄"),
        "cut": translate("reviews", "뒤가 잘린 줄"),
    }
