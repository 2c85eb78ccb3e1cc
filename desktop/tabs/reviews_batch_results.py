"""What a batch amounts to: its name, its counts, and five pages to look at it from."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.reviews_batch_chart import picture
from desktop.tabs.reviews_batch_pages import GroupsPage, TimePage, WordsPage
from desktop.tabs.reviews_batch_rows import RowsPage
from desktop.tabs.reviews_batch_stores import Reading
from desktop.tabs.reviews_batch_summary import SummaryPage
from desktop.widgets.buttons import Button, ButtonRole
from desktop.widgets.card import Card
from desktop.widgets.choice import Choice
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Label
from engine.batch import BatchSummary, Plan
from engine.reviews import INSTANT

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
