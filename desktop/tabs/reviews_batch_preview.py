"""A first look at a file: its first rows, which column is what, and how it is to be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from desktop import settings as keys
from desktop import theme
from desktop.context import AppContext
from desktop.tabs import reviews_batch_speed as speed
from desktop.tabs.reviews_batch_mode import ModeChoice
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label
from engine.batch import Plan, Preview

_LONGEST = 200
_COLUMN, _TEXT_COLUMN = 150, 320


class PreviewCard(Card):
    """The first rows and the choices; ``choices`` is the row to stack in a narrow window.

    Signals:
        start_asked(Plan): read the file like this.
        closed(): back to the drop area.
        back_asked(): back to the batch that was shown.
        failed(Exception): a model that reads cannot be loaded.
    """

    start_asked = Signal(object)
    closed = Signal()
    back_asked = Signal()
    failed = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.path: Path | None = None
        self.preview: Preview | None = None
        self.table = self._make_table()
        self.text = self._make_box("reviewsColumn")
        self.text.currentIndexChanged.connect(self._measure)
        self.text.setPlaceholderText(self.tr("열을 골라 주세요"))
        self.date = self._make_box("reviewsDateColumn")
        self.group = self._make_box("reviewsGroupColumn")
        self.label = self._make_box("reviewsLabelColumn")
        self._why = Label(role="muted", wrap=True)
        self._why.setObjectName("reviewsWhy")
        self._about = Label(role="small")
        self._build_head()
        self.add(self._why)
        self.add(self.table)
        self.add(self._about)
        self.choices = self._make_choices()
        self.body.addLayout(self.choices)
        self.mode = ModeChoice(context.settings.get(keys.REVIEW_MODE))
        self.mode.choice.chosen.connect(self._measure)
        self.add(self.mode)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _build_head(self) -> None:
        self._name = ElidedLabel(role="section")
        self.back = Button(self.tr("고르지 않고 돌아가기"), "undo")
        self.back.setObjectName("reviewsPreviewReturn")
        self.back.clicked.connect(self.back_asked)
        back = Button(self.tr("다른 파일"), "open")
        back.setObjectName("reviewsPreviewBack")
        back.clicked.connect(self.closed)
        self.go = Button(self.tr("읽기 시작"), "play", role="primary")
        self.go.setObjectName("reviewsGo")
        self.go.clicked.connect(self._start)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._name, 1)
        row.addWidget(self.back)
        row.addWidget(back)
        row.addWidget(self.go)
        self.body.addLayout(row)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget()
        table.setObjectName("reviewsPreview")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setDefaultSectionSize(theme.px(32))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setStretchLastSection(True)
        table.setFixedHeight(theme.px(238))
        return table

    def _make_box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.currentIndexChanged.connect(self._changed)
        return box

    def _make_choices(self) -> QHBoxLayout:
        choices = QHBoxLayout()
        pairs = (
            ((self.tr("글"), self.text), (self.tr("날짜"), self.date)),
            ((self.tr("묶음"), self.group), (self.tr("라벨·별점"), self.label)),
        )
        for pair in pairs:
            row = QHBoxLayout()
            for words, box in pair:
                name = Label(words, "strong")
                name.setBuddy(box)
                box.setAccessibleName(words)
                column = QVBoxLayout()
                column.setSpacing(theme.px(4))
                column.addWidget(name)
                column.addWidget(box)
                row.addLayout(column, 1)
            row.setSpacing(theme.px(12))
            choices.addLayout(row, 1)
        choices.setSpacing(theme.px(12))
        return choices

    def plan(self) -> Plan | None:
        """Return what is chosen, ``None`` while no column of texts is."""
        if self.path is None or self.text.currentIndex() < 0:
            return None
        return Plan(
            source=self.path,
            text_column=self.text.currentIndex(),
            date_column=self.date.currentData(),
            group_column=self.group.currentData(),
            label_column=self.label.currentData(),
            mode=self.mode.mode,
        )

    def choose(self, plan: Plan | None) -> None:
        """Choose the columns and the mode of *plan*."""
        if plan is None or not isinstance(plan.text_column, int):
            return
        self.text.setCurrentIndex(plan.text_column)
        chosen = (plan.date_column, plan.group_column, plan.label_column)
        for box, column in zip((self.date, self.group, self.label), chosen, strict=True):
            box.setCurrentIndex(max(box.findData(column), 0))
        self.mode.choose(plan.mode)

    def show_preview(
        self, path: Path, preview: Preview, why: str, *, can_go_back: bool = False
    ) -> None:
        """Show a file and what its columns seem to be; *why* says what is asked."""
        self.back.setVisible(can_go_back)
        if self.path != path:
            self.mode.choose(self._context.settings.get(keys.REVIEW_MODE))
            self.mode.forget_speeds()
        self.path, self.preview = path, preview
        self._name.setText(path.name)
        self._why.setText(why)
        self._fill_table(preview)
        boxes = (self.text, self.date, self.group, self.label)
        for box in boxes:
            box.blockSignals(True)
        self.text.clear()
        self.text.addItems([*preview.header])
        self.text.setCurrentIndex(-1 if preview.text_column is None else preview.text_column)
        guesses = (preview.date_column, preview.group_column, preview.label_column)
        for box, guess in zip(boxes[1:], guesses, strict=True):
            box.clear()
            box.addItem(self.tr("없음"), None)
            for index, name in enumerate(preview.header):
                box.addItem(name, index)
            box.setCurrentIndex(0 if guess is None else guess + 1)
        for box in boxes:
            box.blockSignals(False)
        self._about.setText(self._about_text(preview))
        self.mode.set_rows(preview.row_estimate)
        self._changed()
        self._measure()

    def _measure(self) -> None:
        """Measure how fast this machine reads such texts in the mode that is chosen."""
        path, column, mode = self.path, self.text.currentIndex(), self.mode.mode
        if path is None or self.preview is None or column < 0 or self.mode.measured:
            return
        texts = [row[column] for row in self.preview.rows]
        self.mode.begin()
        self._context.workers.run(
            lambda progress: speed.measure(texts, mode, progress),
            done=lambda found: self._measured(path, mode, found),
            failed=lambda error: self._not_measured(path, mode, error),
            owner=self,
        )

    def _measured(self, path: Path, mode: str, found: float | None) -> None:
        if path == self.path:
            self.mode.set_speed(mode, found)

    def _not_measured(self, path: Path, mode: str, error: Exception) -> None:
        self._measured(path, mode, None)
        if self.isVisible():  # once it is read, reading itself tells what is wrong
            self.failed.emit(error)

    def _fill_table(self, preview: Preview) -> None:
        table = self.table
        table.clear()
        table.setRowCount(len(preview.rows))
        table.setColumnCount(len(preview.header))
        table.setHorizontalHeaderLabels([name[:_LONGEST] for name in preview.header])
        for number, row in enumerate(preview.rows):
            for column, cell in enumerate(row):
                shown = " ".join(cell[:_LONGEST].split())
                table.setItem(number, column, QTableWidgetItem(shown))
        table.resizeColumnsToContents()
        for column in range(len(preview.header)):
            most = theme.px(_TEXT_COLUMN if column == preview.text_column else _COLUMN)
            table.setColumnWidth(column, min(table.columnWidth(column) + theme.px(8), most))

    def _about_text(self, preview: Preview) -> str:
        kind = preview.encoding.upper()
        if preview.row_estimate is None:
            return self.tr("{kind} · 열 {columns}개").format(kind=kind, columns=len(preview.header))
        text = self.tr("{kind} · 열 {columns}개 · 약 {rows}줄")
        rows = f"{preview.row_estimate:,}"
        return text.format(kind=kind, columns=len(preview.header), rows=rows)

    def _changed(self) -> None:
        self.go.setEnabled(self.plan() is not None)

    def _start(self) -> None:
        plan = self.plan()
        if plan is not None:
            self.start_asked.emit(plan)


def plan_for(path: Path, preview: Preview, mode: str) -> Plan:
    """Return how a file is read when nobody is asked: its columns as guessed."""
    return Plan(
        source=path,
        text_column=preview.text_column,
        date_column=preview.date_column,
        group_column=preview.group_column,
        label_column=preview.label_column,
        mode=mode,
    )
