"""The pages of a batch that may have nothing to show: over time, words, groups."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.reviews_batch_groups import GroupTable
from desktop.tabs.reviews_batch_time import TimeChart
from desktop.tabs.reviews_batch_words import WordsChart
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Label
from engine.batch import BatchSummary


class OnePage(QWidget):
    """A card with a figure and a remark, or a sentence why there is no figure."""

    def __init__(self, figure: QWidget, icon: str) -> None:
        super().__init__()
        self.note = Label(role="small", wrap=True)
        self.empty = EmptyState(icon, "")
        self.empty.setMinimumHeight(theme.px(220))
        self.card = Card()
        self.card.add(figure, 1)
        self.card.add(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card, 1)
        column.addWidget(self.empty, 1)
        self.set_filled(False)

    @property
    def filled(self) -> bool:
        """Whether there is a figure."""
        return not self.card.isHidden()

    def set_filled(self, filled: bool, note: str = "") -> None:
        """Show the figure with a remark, or why there is none."""
        self.card.setVisible(filled)
        self.empty.setVisible(not filled)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class TimePage(OnePage):
    """The shares over time."""

    def __init__(self) -> None:
        self.chart = TimeChart()
        super().__init__(self.chart, "chart")
        self.card.set_title(self.tr("시간에 따라"))
        self.empty.set_text(
            self.tr("날짜 열이 없어요"),
            self.tr(
                "‘열 고르기’에서 날짜가 든 열을 고르면 긍정과 부정이 어떻게 변하는지 보여 드려요."
            ),
        )
        self.card.body.addStretch(1)

    def set_summary(self, summary: BatchSummary) -> None:
        """Show what rows amount to."""
        self.chart.set_periods(summary.over_time)
        units = {
            "day": self.tr("하루씩 묶었어요."),
            "week": self.tr("월요일부터 한 주씩 묶었어요."),
            "month": self.tr("한 달씩 묶었어요."),
            "year": self.tr("한 해씩 묶었어요."),
        }
        note = units.get(summary.time_unit, "") + " " + self.tr("아래 막대는 글의 수예요.")
        if summary.undated:
            text = self.tr("날짜를 알 수 없는 {n}줄은 뺐어요.")
            note += " " + text.format(n=f"{summary.undated:,}")
        self.set_filled(bool(summary.over_time), note.strip())


class WordsPage(OnePage):
    """The words that tell most."""

    def __init__(self) -> None:
        self.chart = WordsChart()
        super().__init__(self.chart, "text")
        self.card.set_title(self.tr("판단을 가르는 낱말"))
        self.card.body.addStretch(1)

    def set_summary(self, summary: BatchSummary, running: bool) -> None:
        """Show what rows amount to; the words come when all are read."""
        self.chart.set_words(summary.words_positive, summary.words_negative)
        if running:
            title = self.tr("다 읽은 뒤에 찾아요")
            hint = self.tr("긍정과 부정을 가르는 낱말은 모든 줄을 읽고 나서 골라요.")
        elif summary.words_by:
            title = self.tr("눈에 띄는 낱말이 없어요")
            hint = self.tr("글이 적거나 한쪽으로 치우치면 낱말을 고를 수 없어요.")
        else:
            title = self.tr("다 읽지 않았어요")
            hint = self.tr("끝까지 이어서 읽으면 긍정과 부정을 가르는 낱말을 찾아 드려요.")
        self.empty.set_text(title, hint)
        found = bool(summary.words_positive or summary.words_negative)
        note = self.tr(
            "글 {n}개에서 {how}로 뽑았어요. 막대는 한쪽에 치우친 정도(로그 오즈비의 z값)예요."
        )
        how = summary.words_by
        self.set_filled(found, note.format(n=f"{summary.sampled:,}", how=how))


class GroupsPage(OnePage):
    """The groups side by side."""

    def __init__(self) -> None:
        self.table = GroupTable()
        super().__init__(self.table, "tag")
        self.card.set_title(self.tr("묶음마다"))
        self.empty.set_text(
            self.tr("묶음 열이 없어요"),
            self.tr("‘열 고르기’에서 상품이나 지점처럼 견줄 열을 고르면 하나씩 견주어 드려요."),
        )

    def set_summary(self, summary: BatchSummary) -> None:
        """Show what rows amount to."""
        self._summary = summary
        self.table.set_groups(summary.groups)
        self.set_filled(bool(summary.groups))

    def whole(self) -> GroupsPage:
        """Return the page as high as all its groups, in the order that is shown."""
        made, header = GroupsPage(), self.table.horizontalHeader()
        made.set_summary(self._summary)
        made.table.sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder())
        made.table.setFixedHeight(made.table.whole_height())
        made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        made.show()  # only what is shown is laid out
        made.resize(self.width(), made.minimumSizeHint().height())
        return made
