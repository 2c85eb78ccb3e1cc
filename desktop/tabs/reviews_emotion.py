"""The second card: which of seven emotions the same text shows."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.tabs.emotions_names import emotion_name
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from desktop.widgets.probability_bars import ProbabilityBars
from engine.emotions import LABELS, EmotionResult


class EmotionCard(Card):
    """Seven bars; all empty while there is no text. ``more_asked()``: show the emotions' tab."""

    more_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("글의 감정"))
        self.more = Button(self.tr("글 감정에서 보기"), "emotions", role="quiet")
        self.more.setObjectName("reviewMoreEmotions")
        self.more.clicked.connect(self.more_asked)
        self.header.addWidget(self.more)
        self.bars = ProbabilityBars(compact=True)
        self.bars.setObjectName("reviewEmotions")
        self.note = Label(role="small", wrap=True, selectable=True)
        self.note.setObjectName("reviewEmotionNote")
        self.add(self.bars)
        self.add(self.note)
        self.clear()

    def clear(self, why: str = "") -> None:
        """Show empty bars, and why if it is known."""
        self.bars.set_values([(emotion_name(label), 0.0) for label in LABELS], highlight="")
        self.note.setText(why or self.tr("짧은 대화체 글로 배운 일곱 감정이에요."))
        self.note.show()
        self.more.setEnabled(False)

    def show_result(self, result: EmotionResult) -> None:
        """Show an answer."""
        values = [(emotion_name(name), share) for name, share in result.probabilities.items()]
        self.bars.set_values(values, highlight=emotion_name(result.label))
        self.note.hide()
        self.more.setEnabled(True)
