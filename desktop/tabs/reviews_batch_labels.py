"""The judgements of a batch against the file's own labels: one sentence and a 3x3 map."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from desktop import theme
from desktop.tabs.reviews_batch_chart import CENTRE, RIGHT, Chart, fill, words
from desktop.tabs.reviews_batch_names import percent
from desktop.tabs.reviews_names import label_name
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from engine.batch import Scores

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
