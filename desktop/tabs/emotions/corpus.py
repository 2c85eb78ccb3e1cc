"""The emotions of a whole corpus: charts, the table of labels, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.emotions.result import corpus_names
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.files import DropArea
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from desktop.widgets.tables import SORT, RowsModel, SortedTable
from engine.emotions.corpus.codes import GROUPS
from engine.emotions.corpus.distribution import Distribution, LabelCount
from engine.emotions.corpus.read import JSON_SUFFIXES, TABLE_SUFFIXES

CODE, NAME, GROUP, COUNT, SHARE = range(5)


class LabelModel(RowsModel):
    """Code, name, group, count and share of each emotion."""

    def __init__(self) -> None:
        super().__init__(numbers=(COUNT, SHARE))
        self._rows: tuple[LabelCount, ...] = ()
        self._names: dict[str, str] = {}

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions."""
        self._rows, self._names = rows, corpus_names()
        self.renew(len(rows))

    def titles(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            self.tr("코드"),
            self.tr("감정"),
            self.tr("대분류"),
            self.tr("개수"),
            self.tr("비율"),
        )

    def cell(self, row: int, column: int, role: int) -> object:
        """Return one aspect of one cell; what does not occur is faint."""
        found = self._rows[row]
        name, group = self._names[found.name], self._names[found.group]
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text" if found.count else "text_faint")
        if role == Qt.ItemDataRole.DisplayRole:
            return (found.code, name, group, f"{found.count:,}", f"{found.share:.1%}")[column]
        if role == SORT:
            return (found.code, name, group, found.count, found.count)[column]
        return None


class LabelTable(SortedTable):
    """The table itself."""

    def __init__(self) -> None:
        self.labels = LabelModel()
        widths = {CODE: 60, GROUP: 114, COUNT: 84, SHARE: 76}
        super().__init__(self.labels, NAME, widths, row=32)
        self.setObjectName("emotionsTable")
        self.setMinimumHeight(theme.px(320))

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions, the commonest first."""
        self.labels.set_rows(rows)
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)


# ----------------------------------------------------------------------------------------
# What a corpus of emotions holds, painted: its six groups and its commonest emotions.

_COLUMNS = 3
_SERIES = dict(zip(GROUPS, (2, 4, 0, 3, 1, 5), strict=True))
"""Which of the theme's series a group has: anger orange, sadness blue, joy gold."""
_MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class GroupsChart(QWidget):
    """The six groups as one bar, with a legend below: name, count, share."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("emotionsGroups")
        self._groups: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Names and counts that are shown."""
        return list(self._groups)

    def set_distribution(self, distribution: Distribution) -> None:
        """Show the groups of *distribution*."""
        names = corpus_names()
        self._groups = [(names[group], distribution.groups[group]) for group in GROUPS]
        self.setAccessibleDescription(", ".join(f"{name} {n:,}" for name, n in self._groups))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the bar and two lines of legend."""
        return QSize(theme.px(320), theme.px(78))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(200), theme.px(78))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and the legend."""
        total = sum(count for _, count in self._groups)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._bar(painter, total)
        painter.setFont(theme.font(13))
        cell, line, dot = self.width() / _COLUMNS, theme.px(24), theme.px(10)
        for index, (name, count) in enumerate(self._groups):
            left = index % _COLUMNS * cell
            top = theme.px(28) + index // _COLUMNS * line
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.series(_SERIES[GROUPS[index]]))
            painter.drawEllipse(QRectF(left, top + (line - dot) / 2, dot, dot))
            painter.setPen(theme.color("text"))
            words = QRectF(left + theme.px(18), top, cell - theme.px(24), line)
            text = f"{name} {count:,} ({count / total:.1%})"
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, _MIDDLE_LEFT, shown)

    def _bar(self, painter: QPainter, total: int) -> None:
        outline = QPainterPath()
        bar = QRectF(0, 0, self.width(), theme.px(16))
        outline.addRoundedRect(bar, theme.px(8), theme.px(8))
        painter.setClipPath(outline)
        left = 0.0
        for index, (_, count) in enumerate(self._groups):
            wide = bar.width() * count / total
            painter.fillRect(
                QRectF(left, 0, wide, bar.height()), theme.series(_SERIES[GROUPS[index]])
            )
            left += wide
        painter.setClipping(False)


class TopChart(QWidget):
    """The commonest emotions as bars in the colours of their groups, with count and share."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("emotionsTop")
        self._rows: tuple[LabelCount, ...] = ()
        self._names: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    @property
    def rows(self) -> tuple[LabelCount, ...]:
        """What is shown, the commonest first."""
        return self._rows

    def set_rows(self, rows: tuple[LabelCount, ...]) -> None:
        """Show these emotions."""
        self._rows, self._names = rows, corpus_names()
        text = ", ".join(f"{self._names[row.name]} {row.count:,}" for row in rows)
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(theme.px(320), theme.px(32) * max(len(self._rows), 1))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, bar, count and share of each."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        metrics = painter.fontMetrics()
        figures = [f"{row.count:,} ({row.share:.1%})" for row in self._rows]
        right = max(map(metrics.horizontalAdvance, figures))
        names = [f"{self._names[row.name]}  {row.code}" for row in self._rows]
        left = min(max(map(metrics.horizontalAdvance, names)) + 1, int(self.width() * 0.42))
        line = min(self.height() / len(self._rows), theme.px(48))
        gap, thick = theme.px(10), theme.px(12)
        room = max(self.width() - left - right - 2 * gap, theme.px(16))
        most = self._rows[0].count
        for index, row in enumerate(self._rows):
            top = index * line
            self._name(painter, metrics, names[index], QRectF(0, top, left, line))
            wide = max(room * row.count / most, thick)
            bar = QRectF(left + gap, top + (line - thick) / 2, wide, thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.series(_SERIES[row.group]))
            painter.drawRoundedRect(bar, thick / 2, thick / 2)
            painter.setPen(theme.color("text_muted"))
            field = QRectF(self.width() - right, top, right, line)
            painter.drawText(field, _MIDDLE_RIGHT, figures[index])

    def _name(self, painter: QPainter, metrics: QFontMetrics, name: str, field: QRectF) -> None:
        painter.setPen(theme.color("text"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(field.width()))
        painter.drawText(field, _MIDDLE_LEFT, shown)


SUFFIXES = JSON_SUFFIXES + TABLE_SUFFIXES
TOP = 10
_NARROW = 860
"""Less than this, in pixels before zoom, holds no chart and table side by side."""
_LISTED = 50
"""Files that are named one by one; of more only the number is told."""


class CorpusPanel(QWidget):
    """Drop area, then the results.

    Signals:
        opened(list[Path]): files or a folder were dropped or chosen.
        table_asked(), chart_asked(): save the table or the picture.
    """

    opened = Signal(list)
    table_asked = Signal()
    chart_asked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.distribution: Distribution | None = None
        self.name = ""
        self.drop = DropArea(
            self.tr("감성대화말뭉치를 여기에 놓으세요"),
            self.tr("AI Hub의 JSON, 감정 코드(E10~E69)나 이름이 든 CSV·TSV, 또는 그 폴더"),
            "chart",
            files.name_filter(self.tr("감정 말뭉치"), SUFFIXES),
            context.settings,
            many=True,
        )
        self.drop.setObjectName("emotionsDrop")
        self.drop.dropped.connect(self.opened)
        self._summary = self._make_summary()
        self.top = TopChart()
        self._top_card = Card(self.tr("가장 많은 감정 열 가지"))
        self._top_card.add(self.top, 1)
        self.table = LabelTable()
        self._table_card = Card(self.tr("라벨 표"))
        self._table_card.add(self.table, 1)
        self._problems = Card()
        self.problems = Label(wrap=True, selectable=True)
        self.problems.setObjectName("emotionsProblems")
        self._problems.add(self.problems)
        self._results = QWidget()
        self._lay_out()
        self._results.hide()
        theme.notifier().changed.connect(self.table.viewport().update)

    def _make_summary(self) -> Card:
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.counts = Label(role="muted", wrap=True)
        self.counts.setObjectName("emotionsCounts")
        self.groups = GroupsChart()
        save_table = Button(self.tr("표 저장"), "table")
        save_table.setObjectName("emotionsSaveTable")
        save_table.clicked.connect(self.table_asked)
        save_chart = Button(self.tr("그림 저장"), "image")
        save_chart.setObjectName("emotionsSaveChart")
        save_chart.clicked.connect(self.chart_asked)
        card.header.addWidget(save_table)
        card.header.addWidget(save_chart)
        card.add(self.counts)
        card.add(self.groups)
        return card

    def _lay_out(self) -> None:
        gap = theme.px(14)
        self._row = QHBoxLayout()
        self._row.setSpacing(gap)
        self._row.addWidget(self._top_card, 1)
        self._row.addWidget(self._table_card, 1)
        results = QVBoxLayout(self._results)
        results.addWidget(self._summary)
        results.addLayout(self._row, 1)
        results.addWidget(self._problems)
        whole = QVBoxLayout(self)
        whole.addWidget(self.drop)
        whole.addWidget(self._results)
        for column in (results, whole):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the table beside the chart, or below it where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)

    def show_distribution(self, distribution: Distribution, name: str) -> None:
        """Show what the file or folder *name* holds."""
        self.distribution, self.name = distribution, name
        self._summary.set_title(shown(name))
        self.counts.setText(self._counts_text(distribution))
        self.groups.set_distribution(distribution)
        self.top.set_rows(distribution.top(TOP))
        self.table.set_rows(distribution.labels)
        self._show_problems(distribution)
        self.drop.hide()
        self._results.show()

    def _counts_text(self, found: Distribution) -> str:
        text = self.tr("파일 {files}개에서 감정 {total}개를 세었어요. {met}가지가 나와요.")
        text = text.format(
            files=f"{len(found.files):,}",
            total=f"{found.total:,}",
            met=sum(bool(label.count) for label in found.labels),
        )
        if found.skipped:
            blank = self.tr("빈칸")
            labels = [f"{label or blank} {count:,}" for label, count in found.unknown.items()]
            more = self.tr("모르는 라벨 {n}개는 세지 않았어요: {labels}")
            text += " " + more.format(n=f"{found.skipped:,}", labels=", ".join(labels))
        return shown(text)

    def _show_problems(self, found: Distribution) -> None:
        self._problems.setVisible(bool(found.failures))
        self._problems.set_title(
            self.tr("읽지 못한 파일 {n}개").format(n=f"{len(found.failures):,}")
        )
        lines = [
            f"{path.name}\n    {self._context.say(reason)}"
            for path, reason in found.failures[:_LISTED]
        ]
        if len(found.failures) > _LISTED:
            more = self.tr("그리고 {n}개 더")
            lines.append(more.format(n=f"{len(found.failures) - _LISTED:,}"))
        self.problems.setText(shown("\n".join(lines)))


def title(opened: Sequence[Path]) -> str:
    """Return the name of what was opened: the first, and how many more.

    >>> title((Path("가/a.json"),)), title((Path("a.json"), Path("b.csv"), Path("c.csv")))
    ('a.json', 'a.json +2')
    """
    return opened[0].name + (f" +{len(opened) - 1:,}" if len(opened) > 1 else "")


def shown(text: str) -> str:
    """Return *text* without halves of characters, which Qt and the library cannot hold.

    >>> shown("E10\\ud800")
    'E10?'
    """
    return text.encode("utf-8", "replace").decode()
