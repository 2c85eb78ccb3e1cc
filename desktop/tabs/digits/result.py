"""What the digits tab shows of a result: the answer, its doubts, the bars, the seen picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.widgets.buttons import IconButton
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.image_view import to_qimage
from desktop.widgets.labels import Label
from desktop.widgets.page import Card, Line
from desktop.widgets.ratings import ProbabilityBars
from engine.digits import LABELS, DigitResult
from engine.digits.result import DIGIT, READINGS, UNSURE


class BigDigit(QWidget):
    """One very large character in the accent colour, a dash while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setObjectName("digitAnswer")
        theme.notifier().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return the character that is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a character."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square that holds the character."""
        return QSize(theme.px(104), theme.px(104))

    def minimumSizeHint(self) -> QSize:
        """Return the same square."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the character on a soft ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if self._text else "surface_alt"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(16), theme.px(16))
        painter.setPen(theme.color("accent" if self._text else "text_faint"))
        painter.setFont(theme.font(72 if self._text else 40, bold=bool(self._text)))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text or "–")


class PixelView(QWidget):
    """A small picture enlarged by whole pixels, so that each one can be seen."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setObjectName("digitPixels")
        theme.notifier().changed.connect(self.updateGeometry)

    @property
    def image(self) -> QImage:
        """The picture shown; null when there is none."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show a picture, or nothing when it is null."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the field."""
        return QSize(theme.px(self._side), theme.px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pixels as squares, with rounded corners around all of them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = theme.px(8)
        if self._image.isNull():
            painter.setPen(QPen(theme.color("border"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(field, radius, radius)
            return
        outline = QPainterPath()
        outline.addRoundedRect(field, radius, radius)
        painter.setClipPath(outline)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(field, self._image)
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawPath(outline)


class ResultPanel(QWidget):
    """The right-hand side of the tab.

    Signals:
        corrected(object, str): the result that was wrong, and its right digit.
        copied(str): the answer is to be copied.
    """

    corrected = Signal(object, str)
    copied = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._result: DigitResult | None = None
        self.answer = BigDigit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(self._answer_card())
        column.addWidget(self._bars_card(), 1)
        self.clear()

    @property
    def result(self) -> DigitResult | None:
        """What is shown."""
        return self._result

    def show_result(self, result: DigitResult) -> None:
        """Show an answer."""
        self._result = result
        self.answer.set_text(result.label if result.reading in (DIGIT, UNSURE) else "?")
        confidence = self.tr("확신 {percent}").format(percent=f"{result.confidence:.1%}")
        said = self._context.say(READINGS[result.reading])
        self.confidence.setText(
            {DIGIT: confidence, UNSURE: f"{said} · {confidence}"}.get(result.reading, said)
        )
        self.doubts.setText("\n".join(map(self._context.say, result.warnings)))
        self.doubts.setVisible(bool(result.warnings))
        self.model.setText(result.model)
        values = [(name, float(p)) for name, p in zip(LABELS, result.probabilities, strict=True)]
        self.bars.set_values(values, highlight=result.label)
        self.pixels.set_image(to_qimage(result.prepared))
        self._copy.setEnabled(True)
        self._line.show()
        self.correction.set_answer(result.label, LABELS, result, key=(result.payload, result.label))

    def mark_former(self) -> None:
        """Say that the model that answers now has not seen this."""
        if self._result is not None:
            self.model.setText(f"{self._result.model} · {self.tr('이전 모델의 답')}")

    def clear(self, text: str = "") -> None:
        """Show that there is no answer, and why if *text* says so."""
        self._result = None
        self.answer.set_text("")
        self.confidence.setText(text or self.tr("아직 그린 숫자가 없어요"))
        self.doubts.hide()
        self.model.setText("")
        self.bars.set_values([(name, 0.0) for name in LABELS], highlight="")
        self.pixels.set_image(QImage())
        self._copy.setEnabled(False)
        self._line.hide()
        self.correction.clear()

    def _answer_card(self) -> Card:
        card = Card(self.tr("결과"))
        self._copy = IconButton("copy", self.tr("답 복사"))
        self._copy.clicked.connect(lambda: self.copied.emit(self.answer.text()))
        card.header.addWidget(self._copy)
        self.confidence = Label(role="strong", wrap=True)
        self.confidence.setObjectName("digitConfidence")
        self.doubts = Label(role="muted", wrap=True)
        self.doubts.setObjectName("digitDoubts")
        self.model = Label(role="small", selectable=True)
        self.model.setObjectName("digitModel")
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addStretch(1)
        for label in (self.confidence, self.doubts, self.model):
            words.addWidget(label)
        words.addStretch(1)
        self.pixels = PixelView(104)
        self.pixels.setToolTip(self.tr("신경망이 본 28×28 그림"))
        seen = QVBoxLayout()
        seen.setSpacing(theme.px(4))
        seen.addWidget(self.pixels)
        caption = Label(self.tr("신경망이 본 그림"), "small")
        caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        seen.addWidget(caption)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(seen)
        card.body.addLayout(row)
        self._line = Line()
        card.add(self._line)
        self.correction = CorrectionBar()
        self.correction.corrected.connect(self.corrected)
        card.add(self.correction)
        return card

    def _bars_card(self) -> Card:
        card = Card(self.tr("숫자별 확률"))
        self.bars = ProbabilityBars(compact=True)
        self.bars.setObjectName("digitBars")
        card.add(self.bars)
        card.body.addStretch(1)
        return card
