"""What a batch amounts to on one page: the split, the stars, the labels, and odd rows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
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
from desktop.app.context import AppContext
from desktop.tabs.reviews.batch.charts import (
    CENTRE,
    RIGHT,
    Chart,
    SplitChart,
    StarsChart,
    fill,
    words,
)
from desktop.tabs.reviews.batch.preview import percent
from desktop.tabs.reviews.result import label_name
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine.reviews.batch import BatchSummary, Problem, Scores

_NAMES = ("부정", "중립", "긍정")
"""Order of the rows and columns of ``Scores.confusion``."""

_CELL, _HEAD = 46, 26


class ConfusionChart(Chart):
    """Rows: the file's label; columns: what was read. The darker, the larger its share."""

    def __init__(self) -> None:
        super().__init__("reviewsConfusion")
        self.confusion: tuple[tuple[int, ...], ...] = ((0, 0, 0),) * 3

    def set_confusion(self, confusion: tuple[tuple[int, int, int], ...]) -> None:
        """Show counts (3, 3), both ways in the order 부정, 중립, 긍정."""
        self.confusion = confusion
        self.setAccessibleDescription(". ".join(self.tip(part) for part in range(9)))
        self.update()

    def tip(self, part: int) -> str:
        """Return what a cell counts."""
        row, column = divmod(part, 3)
        text = QCoreApplication.translate(
            "reviews", "파일에는 {label}, 읽은 결과는 {read}: {n}줄 ({share})"
        )
        count = self.confusion[row][column]
        return text.format(
            label=label_name(_NAMES[row]),
            read=label_name(_NAMES[column]),
            n=f"{count:,}",
            share=percent(count, sum(self.confusion[row])),
        )

    def part_at(self, place: QPointF) -> int | None:
        """Return the cell under the pointer, counted by rows."""
        for part in range(9):
            if self._cell(part).contains(place):
                return part
        return None

    def sizeHint(self) -> QSize:
        """Return three rows below the names."""
        return QSize(theme.px(360), theme.px(_HEAD) + 3 * theme.px(_CELL))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(240), self.sizeHint().height())

    def _cell(self, part: int) -> QRectF:
        side = theme.px(96)
        row, column = divmod(part, 3)
        wide = (self.width() - side) / 3
        tall, gap = theme.px(_CELL), theme.px(3)
        box = QRectF(side + column * wide, theme.px(_HEAD) + row * tall, wide, tall)
        return box.adjusted(gap, gap, -gap, -gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and cells."""
        painter = self.begin()
        file_side = QCoreApplication.translate("reviews", "파일 {label}")
        read_side = QCoreApplication.translate("reviews", "읽음 {label}")
        for number, name in enumerate(_NAMES):
            shown = label_name(name)
            cell = self._cell(number)
            painter.setPen(theme.color("text_muted"))
            head = QRectF(cell.left(), 0, cell.width(), theme.px(_HEAD))
            words(painter, head, CENTRE, read_side.format(label=shown))
            row = self._cell(3 * number)
            side = QRectF(0, row.top(), theme.px(86), row.height())
            words(painter, side, RIGHT, file_side.format(label=shown))
        for part in range(9):
            self._draw_cell(painter, part)

    def _draw_cell(self, painter: QPainter, part: int) -> None:
        row, column = divmod(part, 3)
        count, whole = self.confusion[row][column], sum(self.confusion[row])
        share = count / whole if whole else 0.0
        cell = self._cell(part)
        fill(painter, cell, theme.color("track"), theme.px(8))
        fill(painter, cell, theme.color("accent", share), theme.px(8))
        painter.setFont(theme.font(14, bold=row == column or part == self.hovered))
        painter.setPen(theme.color("on_accent" if share > 0.55 else "text"))
        words(painter, cell, CENTRE, f"{count:,}")


class LabelsCard(Card):
    """How far the judgements agree with the file; hidden where there is nothing to compare."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("파일의 라벨과 견주기"))
        self.said = Label(wrap=True)
        self.said.setObjectName("reviewsAgreement")
        self.left_out = Label(role="small", wrap=True)
        self.chart = ConfusionChart()
        for widget in (self.said, self.chart, self.left_out):
            self.add(widget)
        self.hide()

    def set_scores(self, scores: Scores | None) -> None:
        """Show a comparison, nothing for ``None``."""
        self.setVisible(scores is not None)
        if scores is None:
            return
        if scores.accuracy is None:
            self.said.setText(self.tr("라벨이 있는 줄이 아직 없어요."))
        else:
            text = self.tr("라벨이 긍정이나 부정인 {n}줄에서 {share}가 같은 쪽이에요.")
            share = percent(scores.accuracy, 1)
            self.said.setText(text.format(n=f"{scores.compared:,}", share=share))
        self.chart.set_confusion(scores.confusion)
        self.left_out.setText(self._left_out(scores))
        self.left_out.setVisible(bool(self.left_out.text()))

    def _left_out(self, scores: Scores) -> str:
        said = []
        if scores.unlabelled:
            text = self.tr("라벨이 빈 {n}줄은 견주지 않았어요.")
            said.append(text.format(n=f"{scores.unlabelled:,}"))
        if scores.unknown:
            text = self.tr("뜻을 모르는 라벨 {n}줄도 뺐어요: {examples}")
            examples = ", ".join(label[:20] for label in scores.examples[:5])
            said.append(text.format(n=f"{scores.unknown:,}", examples=examples))
        return " ".join(said)


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
