"""The emotion of one text: the answer, how sure, the words that spoke for it, seven bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.emotions_names import ROLES, emotion_name
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card, Line
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.highlighted_text import HighlightedText, Span
from desktop.widgets.labels import Label, SectionTitle
from desktop.widgets.probability_bars import ProbabilityBars
from engine.emotions import LABELS, EmotionResult


class ResultCard(Card):
    """What is read.

    Signals:
        corrected(object, str): the answer that was wrong, and the right one of ``LABELS``.
        copied(), saved(): the answer is to be copied, or saved.
    """

    corrected = Signal(object, str)
    copied = Signal()
    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("감정"))
        self.result: EmotionResult | None = None
        self._copy = IconButton("copy", self.tr("결과 복사"))
        self._copy.clicked.connect(self.copied)
        self._save = IconButton("save", self.tr("결과 저장"))
        self._save.clicked.connect(self.saved)
        for button in (self._copy, self._save):
            self.header.addWidget(button)
        self._empty = EmptyState(
            "emotions",
            self.tr("글을 쓰면 여기에 감정이 나와요"),
            self.tr("일곱 감정의 확률과 마흔세 가지 세부 감정, 그렇게 읽은 낱말을 보여 줘요."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_answer())
        self.add(self._stack, 1)
        theme.notifier().changed.connect(self._tint)
        self.clear()

    def _make_answer(self) -> QWidget:
        self.label = Label(role="big")
        self.label.setObjectName("emotionLabel")
        self.confidence = Label(role="muted")
        self.confidence.setObjectName("emotionConfidence")
        self.bars = ProbabilityBars(compact=True)
        self.bars.setObjectName("emotionBars")
        self.words = HighlightedText(sides=("accent", "text_muted"))
        self.words.setObjectName("emotionWords")
        self.hint = Label(role="small", wrap=True)
        self.hint.setObjectName("emotionHint")
        self._source = ElidedLabel(role="small")
        self.correction = CorrectionBar()
        self.correction.setObjectName("emotionCorrection")
        self.correction.corrected.connect(self._correct)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        verdict = QVBoxLayout()
        verdict.setSpacing(theme.px(2))
        verdict.addWidget(self.label)
        verdict.addWidget(self.confidence)
        column.addLayout(verdict)
        column.addWidget(self.bars)
        column.addWidget(Line())
        column.addWidget(SectionTitle(self.tr("이렇게 읽었어요")))
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addStretch(1)
        column.addWidget(self._source)
        column.addWidget(Line())
        column.addWidget(self.correction)
        return page

    def clear(self) -> None:
        """Show that there is no answer."""
        self.result = None
        self.correction.clear()
        self._show_buttons(False)
        self._stack.setCurrentIndex(0)

    def show_result(self, result: EmotionResult) -> None:
        """Show an answer; words that were marked before stay so until they are weighed anew."""
        former = self.result
        self.result = result
        self.label.setText(emotion_name(result.label))
        self._tint()
        percent = f"{result.confidence:.0%}"
        self.confidence.setText(self.tr("{percent} 확실해요").format(percent=percent))
        values = [(emotion_name(name), share) for name, share in result.probabilities.items()]
        self.bars.set_values(values, highlight=emotion_name(result.label))
        if former is None or (former.text, former.label) != (result.text, result.label):
            if former is None or former.label != result.label:
                self.words.clear()
            self.words.go_on(result.text)
            self.hint.setText(self.tr("낱말의 무게를 재는 중이에요…"))
        self._source.setText(self.tr("모델 {model}").format(model=result.model))
        names = [emotion_name(name) for name in LABELS]
        key = (result.text, result.label)
        self.correction.set_answer(emotion_name(result.label), names, result, key=key)
        self._show_buttons(True)
        self._stack.setCurrentIndex(1)

    def show_words(self, spans: Sequence[Span]) -> None:
        """Mark the words that spoke for or against the answer."""
        if self.result is None:
            return
        self.words.set_text(self.result.text, spans)
        name = emotion_name(self.result.label)
        if any(span.weight > 0 for span in spans):
            text = self.tr("진하게 칠한 낱말일수록 ‘{emotion}’(으)로 읽는 데 더 큰 몫을 했어요.")
            self.hint.setText(text.format(emotion=name))
        else:
            self.hint.setText(self.tr("두드러지게 기여한 낱말이 없어요."))

    def say_why_not(self, text: str) -> None:
        """Say why no words are marked."""
        self.hint.setText(text)

    def _correct(self, answer: EmotionResult, shown: str) -> None:
        by_name = {emotion_name(name): name for name in LABELS}
        self.corrected.emit(answer, by_name[shown])

    def _show_buttons(self, on: bool) -> None:
        for button in (self._copy, self._save):
            button.setEnabled(on)

    def _tint(self) -> None:
        if self.result is not None:
            self.label.setStyleSheet(f"color: {theme.css(ROLES[self.result.label])}")
