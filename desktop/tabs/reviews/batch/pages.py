"""The pages of a batch that may have nothing to show: over time, words, groups."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.tabs.reviews.batch.charts import LEFT, RIGHT, Chart, TimeChart, draw_split, fill, words
from desktop.tabs.reviews.batch.preview import group_name, percent
from desktop.tabs.reviews.result import label_name
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card
from desktop.widgets.tables import SORT, Index, RowsModel, SortedTable
from engine.reviews.batch import OTHERS, BatchSummary, Group, Word

GROUP = Qt.ItemDataRole.UserRole + 1
NAME, COUNT, POSITIVE, NEGATIVE, STARS, SPLIT = range(6)


class GroupModel(RowsModel):
    """Name, number of rows, both shares, mean stars, and the split to be painted."""

    def __init__(self) -> None:
        super().__init__(numbers=(COUNT, POSITIVE, NEGATIVE, STARS, SPLIT))
        self._groups: tuple[Group, ...] = ()

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these groups."""
        self._groups = groups
        self.renew(len(groups))

    def titles(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            self.tr("묶음"),
            self.tr("글"),
            self.tr("긍정"),
            self.tr("부정"),
            self.tr("평균 별"),
            self.tr("나뉨"),
        )

    def cell(self, row: int, column: int, role: int) -> object:
        """Return one aspect of one cell."""
        group = self._groups[row]
        if role == GROUP:
            return group
        if role == SORT:
            return (
                group_name(group.name),
                -1 if group.name == OTHERS else group.judged,
                group.positive_share,
                group.negative_share,
                group.mean_stars,
                group.positive_share - group.negative_share,
            )[column]
        shown = (
            group_name(group.name),
            f"{group.judged:,}",
            percent(group.positive_share, 1),
            percent(group.negative_share, 1),
            f"★ {group.mean_stars:.2f}",
            "",
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return shown[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.tr("{name}: 글 {n}개, 긍정 {positive}, 부정 {negative}, 평균 {stars}")
            name, n, positive, negative, stars, _ = shown
            return words.format(name=name, n=n, positive=positive, negative=negative, stars=stars)
        return None


class SplitDelegate(QStyledItemDelegate):
    """Paints a group's split as a rounded bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the cell and the bar."""
        super().paint(painter, option, index)
        group = index.data(GROUP)
        if not isinstance(group, Group):
            return
        neutral = max(0.0, 1 - group.positive_share - group.negative_share)
        box = QRectF(option.rect)
        thick, side = theme.px(10), theme.px(10)
        bar = QRectF(box.left() + side, box.center().y() - thick / 2, box.width() - 2 * side, thick)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_split(painter, bar, (group.positive_share, neutral, group.negative_share))
        painter.restore()


class GroupTable(SortedTable):
    """The table itself."""

    def __init__(self) -> None:
        self._groups = GroupModel()
        widths = {COUNT: 92, POSITIVE: 78, NEGATIVE: 78, STARS: 96, SPLIT: 180}
        super().__init__(self._groups, NAME, widths, row=34)
        self.setObjectName("reviewsGroups")
        self.setItemDelegateForColumn(SPLIT, SplitDelegate(self))
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumHeight(theme.px(200))

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these groups in the order that was chosen."""
        self._groups.set_groups(groups)

    def whole_height(self) -> int:
        """Return the height at which no row is hidden."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        """Return the height of some ten groups."""
        return QSize(theme.px(520), theme.px(360))


# ----------------------------------------------------------------------------------------
# The words that tell most, painted as bars to both sides of a middle line.

MOST = 20
_ROW, _HEAD = 30, 28


class WordsChart(Chart):
    """부정 to the left, 긍정 to the right, the most telling on top; parts count row by row."""

    def __init__(self) -> None:
        super().__init__("reviewsWords")
        self.negative: tuple[Word, ...] = ()
        self.positive: tuple[Word, ...] = ()

    def set_words(self, positive: tuple[Word, ...], negative: tuple[Word, ...]) -> None:
        """Show the first of both sides."""
        self.positive, self.negative = positive[:MOST], negative[:MOST]
        shown = range(2 * max(len(self.positive), len(self.negative)))
        said = [self.tip(part) for part in shown if self._word(part) is not None]
        self.setAccessibleDescription(". ".join(said))
        self.hovered = None
        self.updateGeometry()
        self.update()

    def tip(self, part: int) -> str:
        """Return a word's weight and count."""
        word = self._word(part)
        if word is None:
            return ""
        text = QCoreApplication.translate("reviews", "‘{word}’ {kind} {n}번, 세기 {weight}")
        return text.format(
            word=word.text, kind=word.kind, n=f"{word.count:,}", weight=f"{word.weight:+.1f}"
        )

    def part_at(self, place: QPointF) -> int | None:
        """Return twice the row, plus one on the right side."""
        row = int((place.y() - theme.px(_HEAD)) // theme.px(_ROW))
        part = 2 * row + (place.x() >= self.width() / 2)
        return part if place.y() >= theme.px(_HEAD) and self._word(part) is not None else None

    def _word(self, part: int) -> Word | None:
        row, right = divmod(part, 2)
        side = self.positive if right else self.negative
        return side[row] if row < len(side) else None

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        rows = max(len(self.positive), len(self.negative), 1)
        return QSize(theme.px(520), theme.px(_HEAD) + rows * theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(320), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both sides."""
        painter = self.begin()
        middle, row = self.width() / 2, theme.px(_ROW)
        gap = theme.px(14)
        painter.setFont(theme.font(13, bold=True))
        painter.setPen(theme.color("negative"))
        left = QRectF(0, 0, middle - gap, theme.px(_HEAD))
        words(painter, left, RIGHT, label_name("부정"))
        painter.setPen(theme.color("positive"))
        words(painter, left.translated(middle + gap, 0), LEFT, label_name("긍정"))
        both = (*self.negative, *self.positive)
        most = max((abs(word.weight) for word in both), default=1.0)
        for part in range(2 * max(len(self.negative), len(self.positive))):
            word = self._word(part)
            if word is not None:
                top = theme.px(_HEAD) + part // 2 * row
                self._draw(painter, part, word, QRectF(0, top, self.width(), row), most)
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawLine(QPointF(middle, theme.px(_HEAD)), QPointF(middle, self.height()))

    def _draw(self, painter: QPainter, part: int, word: Word, line: QRectF, most: float) -> None:
        right = part % 2 == 1
        half, thick, gap = line.width() / 2, theme.px(12), theme.px(8)
        names = min(half * 0.42, theme.px(130))
        long = max((half - names - 2 * gap) * abs(word.weight) / most, thick)
        top = line.center().y() - thick / 2
        start = half + theme.px(1) if right else half - long - theme.px(1)
        ink = theme.color("positive" if right else "negative")
        lit = ink.lighter(125) if part == self.hovered else ink
        fill(painter, QRectF(start, top, long, thick), lit, thick / 2)
        painter.setFont(theme.font(14, bold=part == self.hovered))
        painter.setPen(theme.color("text"))
        if right:
            words(
                painter,
                QRectF(half + long + gap, line.top(), names, line.height()),
                LEFT,
                word.text,
            )
        else:
            place = QRectF(half - long - gap - names, line.top(), names, line.height())
            words(painter, place, RIGHT, word.text)


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
