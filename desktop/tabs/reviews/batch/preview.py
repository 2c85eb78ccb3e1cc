"""A first look at a file: its first rows, which column is what, and how it is to be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.widgets.buttons import Button, Choice
from desktop.widgets.labels import ElidedLabel, Label
from desktop.widgets.page import Card
from engine.reviews import INSTANT, PRECISE
from engine.reviews.batch import Plan, Preview
from engine.reviews.batch import pace as speed

VERDICT_FILL = {"긍정": "positive", "중립": "border_strong", "부정": "negative"}
"""Colour role of a verdict's part of a chart."""


def group_name(name: str) -> str:
    """Return the shown name of a group: its own, but that of the gathered rest, and of none."""
    from engine.reviews.batch.result import OTHERS

    if name == OTHERS:
        return QCoreApplication.translate("reviews", "그 밖")
    return name.strip() or QCoreApplication.translate("reviews", "(빈칸)")


def duration(seconds: float) -> str:
    """Return a stretch of time as a person says it, roughly."""
    if seconds < 50:
        text = QCoreApplication.translate("reviews", "{n}초")
        return text.format(n=max(5, 5 * round(seconds / 5)))
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return QCoreApplication.translate("reviews", "{n}분").format(n=minutes)
    if minutes >= 48 * 60:
        return QCoreApplication.translate("reviews", "{n}일").format(n=round(minutes / 1440))
    text = QCoreApplication.translate("reviews", "{hours}시간 {minutes}분")
    return text.format(hours=minutes // 60, minutes=minutes % 60)


def percent(part: float, whole: float) -> str:
    """Return a share for a person: whole percents, finer where that would hide it.

    >>> percent(1, 2), percent(1, 300), percent(9_999, 10_000), percent(0, 5), percent(1, 0)
    ('50%', '0.3%', '99.9%', '0%', '–')
    """
    if not whole:
        return "–"
    share = part / whole
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{min(max(share, 0.001), 0.999):.1%}"
    return f"{share:.0%}"


# ----------------------------------------------------------------------------------------
# How a file is to be read, precisely or quickly, with an honest word on how long that takes.


class ModeChoice(QWidget):
    """Two buttons and a sentence; the times are those measured on this machine."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._speeds: dict[str, float | None] = {}
        self._rows: int | None = None
        self._begun = False
        self._said = Label(role="muted", wrap=True)
        self._said.setObjectName("reviewsSpeed")
        options = [
            (PRECISE, self.tr("정밀"), self.tr("문장을 통째로 읽는 인코더와 함께 판단해요")),
            (INSTANT, self.tr("빠름"), self.tr("글자 조각만 보는 가벼운 모델로 판단해요")),
        ]
        self.choice = Choice("reviewsMode", options, mode)
        self.choice.chosen.connect(self._say)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self._said)
        self._say()

    @property
    def mode(self) -> str:
        """The mode that is chosen."""
        return self.choice.current

    def choose(self, mode: str) -> None:
        """Switch to a mode."""
        self.choice.set_current(mode)
        self._say()

    def set_rows(self, rows: int | None) -> None:
        """Take how many rows there are, about."""
        self._rows = rows
        self._say()

    @property
    def measured(self) -> bool:
        """Whether the speed of the chosen mode is known, or known to be unknown."""
        return self.mode in self._speeds

    def forget_speeds(self) -> None:
        """Another file: nothing is measured."""
        self._speeds, self._begun = {}, False
        self._say()

    def begin(self) -> None:
        """The chosen mode is being measured."""
        self._begun = True
        self._say()

    def set_speed(self, mode: str, speed: float | None) -> None:
        """Take the measured rows a second of a mode; ``None``: it cannot be measured."""
        self._speeds[mode] = speed
        self._say()

    def _say(self) -> None:
        if self.mode == PRECISE:
            text = self.tr("문장을 통째로 읽어서 더 잘 맞혀요.")
        else:
            text = self.tr("글자 조각만 보고 훨씬 빨리 읽지만, 부정과 반어를 더 자주 놓쳐요.")
        self._said.setText(f"{text} {self._time()}".strip())

    def _time(self) -> str:
        if not self.measured:
            text = self.tr("이 컴퓨터에서 얼마나 걸리는지 재고 있어요.")
            return text if self._begun else ""
        speed = self._speeds[self.mode]
        if speed is None:
            return ""
        if self._rows is None:
            return self.tr("이 컴퓨터에서 1초에 약 {n}줄을 읽어요.").format(n=rounded(speed))
        text = self.tr("이 컴퓨터에서 1초에 약 {n}줄, 이 파일은 {time}쯤 걸려요.")
        return text.format(n=rounded(speed), time=duration(self._rows / speed))


def rounded(speed: float) -> str:
    """Return rows a second to two figures: more would be a pretence.

    >>> rounded(213.7), rounded(9_876), rounded(0.4)
    ('210', '9,900', '1')
    """
    whole = max(1, round(speed))
    step = 10 ** max(0, len(str(whole)) - 2)
    return f"{round(whole / step) * step:,}"


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
