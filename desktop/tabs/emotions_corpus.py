"""The emotions of a whole corpus: charts, the table of labels, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.emotions_chart import GroupsChart, TopChart
from desktop.tabs.emotions_table import LabelTable
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.drop_area import DropArea
from desktop.widgets.labels import Label
from engine.emotions.corpus import JSON_SUFFIXES, TABLE_SUFFIXES
from engine.emotions.distribution import Distribution

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
