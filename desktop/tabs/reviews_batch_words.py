"""The words that tell most, painted as bars to both sides of a middle line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from desktop import theme
from desktop.tabs.reviews_batch_chart import LEFT, RIGHT, Chart, fill, words
from desktop.tabs.reviews_names import label_name
from engine.batch import Word

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
