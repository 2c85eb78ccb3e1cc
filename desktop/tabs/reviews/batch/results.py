"""What a batch amounts to: its name, its counts, and five pages to look at it from."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.reviews.batch.charts import picture
from desktop.tabs.reviews.batch.pages import GroupsPage, TimePage, WordsPage
from desktop.tabs.reviews.batch.preview import duration
from desktop.tabs.reviews.batch.rows import RowsPage
from desktop.tabs.reviews.batch.summary import SummaryPage
from desktop.widgets.buttons import Button, ButtonRole, Choice
from desktop.widgets.image_view import to_png
from desktop.widgets.labels import ElidedLabel, Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card, Line
from engine.core.errors import InputError
from engine.core.files import write_whole
from engine.reviews import INSTANT
from engine.reviews import batch as batches
from engine.reviews.batch import BatchSummary, Plan
from engine.reviews.batch.readings import Reading

if TYPE_CHECKING:
    from engine.reviews.batch import Unfinished

SHOWN = 4
"""Batches that are listed; the others come when these are gone."""


class ResumeCard(Card):
    """The list; hidden while there is nothing to go on with.

    Signals:
        resume_asked(Plan): go on with a batch.
        failed(Exception): the batches cannot be listed, or one not be deleted.
    """

    resume_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._source: Path | None = None
        self.set_title(self.tr("이어서 읽기"))
        self.rows: list[ResumeRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.body.addLayout(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def look_for(self, source: Path, found: Sequence[Unfinished]) -> None:
        """List the batches of one file only, now *found*."""
        self._source = source.resolve()
        self.set_batches(found)

    def look(self) -> None:
        """List what can be gone on with now."""
        self._context.workers.run(
            lambda progress: batches.unfinished(),
            done=self.set_batches,
            failed=self.failed.emit,
            owner=self,
        )

    def _discard(self, store: Path) -> None:
        self._context.workers.run(
            lambda progress: batches.forget(store),
            done=lambda _: self.look(),
            failed=self.failed.emit,
            owner=self,
        )

    def set_batches(self, found: Sequence[Unfinished]) -> None:
        """List these batches, the newest first, as far as they are of the file looked for."""
        if self._source is not None:
            found = [one for one in found if one.source.resolve() == self._source]
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for batch in found[:SHOWN]:
            if self.rows:
                self._list.addWidget(Line())
            row = ResumeRow(batch)
            row.resume_asked.connect(self.resume_asked)
            row.discard_asked.connect(self._discard)
            self._list.addWidget(row)
            self.rows.append(row)
        self.setVisible(bool(found))


class ResumeRow(QWidget):
    """One batch; throwing it away asks once more in its own place.

    Signals:
        resume_asked(Plan): go on with it.
        discard_asked(Path): delete its store.
    """

    resume_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, batch: Unfinished) -> None:
        super().__init__()
        self.batch = batch
        name = ElidedLabel(batch.source.name, "strong")
        name.setToolTip(str(batch.source))
        self._about = Label(self._about_text(), "muted", wrap=True)
        self.resume = Button(self.tr("이어서 읽기"), "play", role="primary")
        self.resume.setObjectName("reviewsResumeBatch")
        self.resume.clicked.connect(lambda: self.resume_asked.emit(batch.plan))
        self.discard = Button(self.tr("버리기"), "trash")
        self.discard.setObjectName("reviewsDiscard")
        self.discard.clicked.connect(lambda: self._ask(True))
        self.sure = Button(self.tr("정말 버리기"), "trash", role="danger")
        self.sure.setObjectName("reviewsDiscardSure")
        self.sure.clicked.connect(lambda: self.discard_asked.emit(batch.store))
        self.keep = Button(self.tr("그대로 두기"))
        self.keep.setObjectName("reviewsDiscardKeep")
        self.keep.clicked.connect(lambda: self._ask(False))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(name)
        words.addWidget(self._about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        for button in (self.discard, self.resume, self.keep, self.sure):
            row.addWidget(button)
        self._ask(False)

    def _ask(self, sure: bool) -> None:
        for button in (self.discard, self.resume):
            button.setVisible(not sure)
        for button in (self.keep, self.sure):
            button.setVisible(sure)
        text = self.tr("여기까지 읽은 {n}줄이 지워져요. 파일은 그대로 있어요.")
        about = text.format(n=f"{self.batch.rows:,}") if sure else self._about_text()
        self._about.setText(about)

    def _about_text(self) -> str:
        instant = self.batch.plan.mode == INSTANT
        mode = self.tr("빠름") if instant else self.tr("정밀")
        text = self.tr("{n}줄까지 읽었어요 · {mode} · {time} 전")
        passed = max(0.0, time.time() - self.batch.changed)
        return text.format(n=f"{self.batch.rows:,}", mode=mode, time=duration(passed))


# ----------------------------------------------------------------------------------------
# What a batch is saved as: all rows as a table, a page of charts as a picture; no widgets.

FILTER = "Excel (*.xlsx);;CSV (*.csv);;Parquet (*.parquet)"
_EXCEL_ROWS = 1_048_575


def suggested_name(reading: Reading) -> str:
    """Return the name of an export; CSV where Excel cannot hold the rows."""
    suffix = ".xlsx" if reading.rows <= _EXCEL_ROWS else ".csv"
    return f"{reading.source.stem[:80]}-마음결{suffix}"


def save_picture(image: QImage, target: Path) -> Path:
    """Write a picture as PNG and return *target*.

    Raises:
        InputError: the name ends otherwise.
        StorageError: it cannot be written.
    """
    if target.suffix.lower() != ".png":
        raise InputError(
            f"그림은 PNG로만 저장할 수 있어요: {target.name}", f"Pictures are PNG: {target.name}"
        )
    write_whole(target, to_png(image))
    return target


SUMMARY, TIME, WORDS, GROUPS, ROWS = PAGES = ("summary", "time", "words", "groups", "rows")


class ResultsPanel(QWidget):
    """A head with counts, a bar of actions, and the page that is chosen.

    ``stacked`` are the rows whose parts come one below the other in a narrow window.

    Signals:
        back_asked(), columns_asked(): another file; other columns of this one.
        chart_asked(), export_asked(): save the page as a picture; save the rows.
        row_chosen(str): look at this text closely.
        failed(Exception): the rows cannot be read.
    """

    back_asked = Signal()
    columns_asked = Signal()
    chart_asked = Signal()
    export_asked = Signal()
    row_chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self._running = False
        self.buttons: dict[str, Button] = {}
        self.summary = SummaryPage(context)
        self.time = TimePage()
        self.words = WordsPage()
        self.groups = GroupsPage()
        self.rows = RowsPage(context)
        self.rows.row_chosen.connect(self.row_chosen)
        self.rows.failed.connect(self.failed)
        self._waiting = EmptyState(
            "table",
            self.tr("다 읽은 뒤에 보여 드려요"),
            self.tr("그만두면 그때까지 읽은 줄을 볼 수 있어요."),
        )
        self._waiting.setMinimumHeight(theme.px(220))
        shown = (self.summary, self.time, self.words, self.groups, self.rows)
        self.pages: dict[str, QWidget] = dict(zip(PAGES, shown, strict=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(self._make_head())
        bar = self._make_bar()
        column.addLayout(bar)
        self.stacked = (bar, self.summary.row)
        for page in (*shown, self._waiting):
            column.addWidget(page, 1)
        self.show_page(SUMMARY)

    def _make_head(self) -> Card:
        self._name = ElidedLabel(role="section")
        self._name.setObjectName("reviewsFileName")
        self._counts = Label(role="muted", wrap=True)
        self._counts.setObjectName("reviewsCounts")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._name, 1)
        row.addWidget(self._button("reviewsBack", self.tr("다른 파일"), "undo", self.back_asked))
        text = self.tr("내보내기")
        row.addWidget(self._button("reviewsExport", text, "export", self.export_asked, "primary"))
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        card.body.addLayout(row)
        card.add(self._counts)
        return card

    def _make_bar(self) -> QHBoxLayout:
        options = [
            (SUMMARY, self.tr("요약"), self.tr("긍정·중립·부정과 별점")),
            (TIME, self.tr("시간"), self.tr("날짜에 따라 어떻게 변하는지")),
            (WORDS, self.tr("낱말"), self.tr("긍정과 부정을 가르는 낱말")),
            (GROUPS, self.tr("묶음"), self.tr("상품이나 지점마다")),
            (ROWS, self.tr("모든 줄"), self.tr("줄마다 읽은 결과")),
        ]
        self.choice = Choice("reviewsPage", options, SUMMARY)
        self.choice.chosen.connect(self.show_page)
        pages, actions = QHBoxLayout(), QHBoxLayout()
        pages.addWidget(self.choice)
        pages.addStretch(1)
        text = self.tr("열 고르기")
        actions.addWidget(self._button("reviewsOtherColumn", text, "table", self.columns_asked))
        text = self.tr("그림 저장")
        actions.addWidget(self._button("reviewsSaveChart", text, "image", self.chart_asked))
        actions.addStretch(1)
        bar = QHBoxLayout()
        for part, stretch in ((pages, 1), (actions, 0)):
            part.setSpacing(theme.px(8))
            bar.addLayout(part, stretch)
        bar.setSpacing(theme.px(8))
        return bar

    def _button(
        self, name: str, text: str, icon: str, signal: SignalInstance, role: ButtonRole = ""
    ) -> Button:
        button = Button(text, icon, role=role)
        button.setObjectName(name)
        button.clicked.connect(signal)
        self.buttons[name] = button
        return button

    @property
    def name(self) -> str:
        """Name of the file that is shown."""
        return self._name.text()

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self.choice.current

    def picture(self) -> QImage:
        """Return the shown page as a picture, all of it."""
        page = self.groups.whole() if self.page == GROUPS else self.pages[self.page]
        return picture(page, self.name)

    def show_page(self, page: str) -> None:
        """Show one of the five pages."""
        self.choice.set_current(page)
        waiting = page == ROWS and self.reading is None
        for name, widget in self.pages.items():
            widget.setVisible(name == page and not waiting)
        self._waiting.setVisible(waiting)
        self._enable()

    def show_running(self, plan: Plan) -> None:
        """A file begins to be read: nothing is known yet."""
        self._running = True
        self._set_reading(None)
        self._name.setText(plan.source.name)
        self._counts.setText(self.tr("글을 읽는 중이에요…"))
        self._fill(_NOTHING)

    def show_summary(self, summary: BatchSummary) -> None:
        """Show what the rows so far amount to."""
        self._counts.setText(self._counts_text(summary, ""))
        self._fill(summary)

    def show_reading(self, reading: Reading) -> None:
        """Show a batch that was read, to its end or not."""
        self._running = False
        self._set_reading(reading)
        about = reading.outcome.identity
        self._name.setText(reading.source.name)
        self._name.setToolTip(about.source)
        said = self.tr("‘{column}’ 열 · {mode}.").format(
            column=about.header[reading.outcome.columns.text],
            mode=self.tr("빠름") if about.mode == INSTANT else self.tr("정밀"),
        )
        if reading.former:
            said += " " + self.tr("이전 모델의 답이에요. 파일을 다시 열면 새 모델이 읽어요.")
        self._counts.setText(self._counts_text(reading.summary, said))
        self._fill(reading.summary)

    def release(self) -> None:
        """Forget the batch, so that its store can be deleted."""
        self._set_reading(None)

    def _set_reading(self, reading: Reading | None) -> None:
        self.reading = reading
        self.rows.set_outcome(None if reading is None else reading.outcome)
        self.show_page(self.page)

    def _fill(self, summary: BatchSummary) -> None:
        self.summary.set_summary(summary)
        self.time.set_summary(summary)
        self.words.set_summary(summary, self._running)
        self.groups.set_summary(summary)
        self._enable()

    def _enable(self) -> None:
        page = self.pages[self.page]
        for name in ("reviewsBack", "reviewsOtherColumn"):
            self.buttons[name].setEnabled(not self._running)
        self.buttons["reviewsExport"].setEnabled(self.reading is not None)
        self.buttons["reviewsSaveChart"].setEnabled(
            self.page != ROWS and getattr(page, "filled", True)
        )

    def _counts_text(self, summary: BatchSummary, said: str) -> str:
        parts = [
            said,
            self.tr("글 {n}개, 평균 별 {stars}개.").format(
                n=f"{summary.judged:,}", stars=f"{summary.mean_stars or 0:.2f}"
            ),
        ]
        if summary.skipped:
            text = self.tr("읽을 글이 없는 {n}줄은 건너뛰었어요.")
            parts.append(text.format(n=f"{summary.skipped:,}"))
        if summary.failed:
            parts.append(self.tr("너무 긴 {n}줄은 읽지 못했어요.").format(n=f"{summary.failed:,}"))
        return " ".join(part for part in parts if part)


_NOTHING = BatchSummary(0, 0, 0, 0, 0, 0, (0,) * 11, None)
