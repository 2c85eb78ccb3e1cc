"""A file of reviews: which column, the scores of every row, what they amount to, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.reviews_chart import SplitBar, StarsChart
from desktop.tabs.reviews_names import label_name
from desktop.tabs.reviews_table import CONFIDENCE, STARS, TEXT, VERDICT, LabelFilter, ScoredModel
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.drop_area import DropArea
from desktop.widgets.labels import Label
from engine.reviews import LABELS
from engine.reviews.batch import Scored, Summary, summarise
from engine.reviews.tables import Table


class FilePanel(QWidget):
    """Drop area, column chooser and results of one file.

    Signals:
        opened(list[Path]): files were dropped or chosen.
        column_chosen(int): score this column of the table.
        row_chosen(str): look at this text closely.
        export_asked(): save the results.
    """

    opened = Signal(list)
    column_chosen = Signal(int)
    row_chosen = Signal(str)
    export_asked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.scored: Scored | None = None
        self._drop = DropArea(
            self.tr("리뷰가 든 파일을 여기에 놓으세요"),
            self.tr("CSV, TSV, TXT, XLSX · 모든 줄을 읽고 별점을 매겨요"),
            "table",
            files.table_filter(),
            context.settings,
        )
        self._drop.setObjectName("reviewsDrop")
        self._drop.dropped.connect(self.opened)
        self._columns = self._make_columns()
        self._summary = self._make_summary()
        self._results = self._make_results()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(self._drop, 1)
        column.addWidget(self._columns)
        column.addWidget(self._summary)
        column.addWidget(self._results, 1)
        column.addStretch(0)
        self._show_parts(drop=True)

    def _make_columns(self) -> Card:
        card = Card(self.tr("어느 열이 글인가요?"))
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._why = Label(role="muted", wrap=True)
        self.chooser = QComboBox()
        self.chooser.setObjectName("reviewsColumn")
        self.chooser.currentIndexChanged.connect(self._show_sample)
        self._sample = Label(role="muted", wrap=True)
        self._sample.setObjectName("reviewsSample")
        self.go = Button(self.tr("이 열 읽기"), "play", role="primary")
        self.go.setObjectName("reviewsGo")
        self.go.clicked.connect(lambda: self.column_chosen.emit(self.chooser.currentIndex()))
        row = QHBoxLayout()
        row.addWidget(self.chooser, 1)
        row.addWidget(self.go)
        card.add(self._why)
        card.body.addLayout(row)
        card.add(self._sample)
        self._table: Table | None = None
        return card

    def _make_summary(self) -> Card:
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._counts = Label(role="muted", wrap=True)
        self._counts.setObjectName("reviewsCounts")
        self._split = SplitBar()
        self._stars = StarsChart()
        self._stars.setFixedHeight(theme.px(140))
        self._other = Button(self.tr("다른 열"), "table")
        self._other.setObjectName("reviewsOtherColumn")
        self._other.clicked.connect(self._ask_again)
        self.export = Button(self.tr("내보내기"), "export", role="primary")
        self.export.setObjectName("reviewsExport")
        self.export.clicked.connect(self.export_asked)
        card.header.addWidget(self._other)
        card.header.addWidget(self.export)
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(self._counts)
        left.addWidget(self._split)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(28))
        row.addLayout(left, 1)
        row.addWidget(self._stars, 1)
        card.body.addLayout(row)
        return card

    def _make_results(self) -> Card:
        card = Card(self.tr("줄마다 읽은 결과"))
        self.model = ScoredModel(self)
        self.filter = LabelFilter(self)
        self.filter.setSourceModel(self.model)
        self.view = QTableView()
        self.view.setObjectName("reviewsTable")
        self.view.setModel(self.filter)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setAlternatingRowColors(True)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setMinimumHeight(theme.px(240))
        self.view.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.doubleClicked.connect(lambda index: self._look(index.row()))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for section in (VERDICT, CONFIDENCE, STARS):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, theme.px(92))
        self.labels = QComboBox()
        self.labels.setObjectName("reviewsFilter")
        self.labels.addItem(self.tr("모두"), "")
        for label in LABELS:
            self.labels.addItem(label_name(label), label)
        self.labels.currentIndexChanged.connect(
            lambda: self.filter.set_label(self.labels.currentData())
        )
        self.search = QLineEdit()
        self.search.setObjectName("reviewsFind")
        self.search.setPlaceholderText(self.tr("글에서 찾기"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.px(180))
        self.search.textChanged.connect(self.filter.set_word)
        card.header.addWidget(self.search)
        card.header.addWidget(self.labels)
        card.add(self.view, 1)
        card.add(Label(self.tr("줄을 두 번 누르면 왜 그렇게 읽었는지 볼 수 있어요."), "small"))
        return card

    @property
    def table(self) -> Table | None:
        """The table whose column is being chosen, or that was scored last."""
        return self._table

    def ask_column(self, table: Table, why: str = "") -> None:
        """Let the user say which column holds the texts."""
        self._table = table
        self._why.setText(
            why or self.tr("{name}에서 읽을 글이 든 열을 골라 주세요.").format(name=table.path.name)
        )
        self.chooser.clear()
        self.chooser.addItems(list(table.header))
        if table.text_column is not None:
            self.chooser.setCurrentIndex(table.text_column)
        self._show_parts(columns=True)
        self.chooser.setFocus()

    def show_scored(self, scored: Scored) -> None:
        """Show a scored file."""
        self.scored = scored
        self._table = scored.table
        summary = summarise(scored.results)
        self._summary.set_title(scored.table.path.name)
        self._counts.setText(self._counts_text(scored, summary))
        self._split.set_summary(summary)
        self._stars.set_counts(summary.stars)
        self._other.setVisible(len(scored.table.header) > 1)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.labels.setCurrentIndex(0)
        self.search.clear()
        self.model.set_scored(scored)
        self._show_parts(results=True)

    def _counts_text(self, scored: Scored, summary: Summary) -> str:
        text = self.tr("‘{column}’ 열에서 글 {n}개를 읽었어요. 평균 별 {stars}개.").format(
            column=scored.table.header[scored.column],
            n=f"{summary.judged:,}",
            stars=f"{summary.mean_stars or 0:.2f}",
        )
        if summary.skipped:
            skipped = self.tr("비었거나 너무 긴 {n}줄은 건너뛰었어요.")
            text += " " + skipped.format(n=f"{summary.skipped:,}")
        return text

    def _ask_again(self) -> None:
        if self._table is not None:
            self.ask_column(self._table)

    def _show_sample(self, column: int) -> None:
        if self._table is None or column < 0:
            self._sample.clear()
            return
        cells = [text for text in self._table.texts(column)[:200] if text.strip()][:3]
        lines = [" ".join(cell.split())[:90] for cell in cells]
        self._sample.setText("\n".join(f"· {line}" for line in lines))

    def _look(self, row: int) -> None:
        if self.scored is not None:
            at = self.filter.mapToSource(self.filter.index(row, TEXT)).row()
            self.row_chosen.emit(self.scored.table.rows[at][self.scored.column])

    def _show_parts(self, drop: bool = False, columns: bool = False, results: bool = False) -> None:
        self._drop.setVisible(drop)
        self._columns.setVisible(columns)
        self._summary.setVisible(results)
        self._results.setVisible(results)
