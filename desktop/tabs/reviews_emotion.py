"""The second card: which of seven emotions the same text shows."""

from __future__ import annotations

from desktop.tabs.reviews_names import emotion_name
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from desktop.widgets.probability_bars import ProbabilityBars
from engine.emotions import LABELS, EmotionResult


class EmotionCard(Card):
    """Seven bars; all empty while there is no text."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("글의 감정"))
        self.bars = ProbabilityBars(compact=True)
        self.bars.setObjectName("reviewEmotions")
        self._source = Label(role="small", selectable=True)
        self.add(self.bars)
        self.header.addWidget(self._source)
        self.clear()

    def clear(self) -> None:
        """Show empty bars."""
        self.bars.set_values([(emotion_name(label), 0.0) for label in LABELS], highlight="")
        self._source.setText(self.tr("짧은 대화체 글로 배운 일곱 감정이에요."))

    def show_result(self, result: EmotionResult) -> None:
        """Show an answer."""
        values = [(emotion_name(name), share) for name, share in result.probabilities.items()]
        self.bars.set_values(values, highlight=emotion_name(result.label))
        self._source.setText(self.tr("모델 {model}").format(model=result.model))
