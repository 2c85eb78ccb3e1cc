"""The emotion of one text: the answer, how sure, the words that spoke for it, seven bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.labels import ElidedLabel, Label, SectionTitle
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card, Line
from desktop.widgets.ratings import ProbabilityBars
from desktop.widgets.text import HighlightedText, Span
from engine.emotions import LABELS, EmotionResult, FineEmotion

ROLES = {
    "행복": "positive",
    "슬픔": "info",
    "분노": "negative",
    "공포": "accent",
    "놀람": "warning",
    "혐오": "negative",
    "중립": "text_muted",
}
"""Colour role of each of the seven emotions."""


def emotion_name(label: str) -> str:
    """Return the shown name of one of the seven emotions."""
    names = {
        "행복": QCoreApplication.translate("emotions", "행복"),
        "슬픔": QCoreApplication.translate("emotions", "슬픔"),
        "분노": QCoreApplication.translate("emotions", "분노"),
        "공포": QCoreApplication.translate("emotions", "공포"),
        "놀람": QCoreApplication.translate("emotions", "놀람"),
        "혐오": QCoreApplication.translate("emotions", "혐오"),
        "중립": QCoreApplication.translate("emotions", "중립"),
    }
    return names[label]


def fine_names() -> dict[str, str]:
    """Return the shown name of each of the 43 fine emotions."""
    return {
        "불평/불만": QCoreApplication.translate("emotions", "불평/불만"),
        "환영/호의": QCoreApplication.translate("emotions", "환영/호의"),
        "감동/감탄": QCoreApplication.translate("emotions", "감동/감탄"),
        "지긋지긋": QCoreApplication.translate("emotions", "지긋지긋"),
        "고마움": QCoreApplication.translate("emotions", "고마움"),
        "슬픔": QCoreApplication.translate("emotions", "슬픔"),
        "화남/분노": QCoreApplication.translate("emotions", "화남/분노"),
        "존경": QCoreApplication.translate("emotions", "존경"),
        "기대감": QCoreApplication.translate("emotions", "기대감"),
        "우쭐댐/무시함": QCoreApplication.translate("emotions", "우쭐댐/무시함"),
        "안타까움/실망": QCoreApplication.translate("emotions", "안타까움/실망"),
        "비장함": QCoreApplication.translate("emotions", "비장함"),
        "의심/불신": QCoreApplication.translate("emotions", "의심/불신"),
        "뿌듯함": QCoreApplication.translate("emotions", "뿌듯함"),
        "편안/쾌적": QCoreApplication.translate("emotions", "편안/쾌적"),
        "신기함/관심": QCoreApplication.translate("emotions", "신기함/관심"),
        "아껴주는": QCoreApplication.translate("emotions", "아껴주는"),
        "부끄러움": QCoreApplication.translate("emotions", "부끄러움"),
        "공포/무서움": QCoreApplication.translate("emotions", "공포/무서움"),
        "절망": QCoreApplication.translate("emotions", "절망"),
        "한심함": QCoreApplication.translate("emotions", "한심함"),
        "역겨움/징그러움": QCoreApplication.translate("emotions", "역겨움/징그러움"),
        "짜증": QCoreApplication.translate("emotions", "짜증"),
        "어이없음": QCoreApplication.translate("emotions", "어이없음"),
        "패배/자기혐오": QCoreApplication.translate("emotions", "패배/자기혐오"),
        "귀찮음": QCoreApplication.translate("emotions", "귀찮음"),
        "힘듦/지침": QCoreApplication.translate("emotions", "힘듦/지침"),
        "즐거움/신남": QCoreApplication.translate("emotions", "즐거움/신남"),
        "깨달음": QCoreApplication.translate("emotions", "깨달음"),
        "죄책감": QCoreApplication.translate("emotions", "죄책감"),
        "증오/혐오": QCoreApplication.translate("emotions", "증오/혐오"),
        "흐뭇함(귀여움/예쁨)": QCoreApplication.translate("emotions", "흐뭇함/귀여움"),
        "당황/난처": QCoreApplication.translate("emotions", "당황/난처"),
        "경악": QCoreApplication.translate("emotions", "경악"),
        "부담/안_내킴": QCoreApplication.translate("emotions", "부담/안 내킴"),
        "서러움": QCoreApplication.translate("emotions", "서러움"),
        "재미없음": QCoreApplication.translate("emotions", "재미없음"),
        "불쌍함/연민": QCoreApplication.translate("emotions", "불쌍함/연민"),
        "놀람": QCoreApplication.translate("emotions", "놀람"),
        "행복": QCoreApplication.translate("emotions", "행복"),
        "불안/걱정": QCoreApplication.translate("emotions", "불안/걱정"),
        "기쁨": QCoreApplication.translate("emotions", "기쁨"),
        "안심/신뢰": QCoreApplication.translate("emotions", "안심/신뢰"),
    }


def corpus_names() -> dict[str, str]:
    """Return the shown names of the corpus's 60 emotions, the six groups among them."""
    return {
        "분노": QCoreApplication.translate("emotions", "분노"),
        "툴툴대는": QCoreApplication.translate("emotions", "툴툴대는"),
        "좌절한": QCoreApplication.translate("emotions", "좌절한"),
        "짜증내는": QCoreApplication.translate("emotions", "짜증내는"),
        "방어적인": QCoreApplication.translate("emotions", "방어적인"),
        "악의적인": QCoreApplication.translate("emotions", "악의적인"),
        "안달하는": QCoreApplication.translate("emotions", "안달하는"),
        "구역질 나는": QCoreApplication.translate("emotions", "구역질 나는"),
        "노여워하는": QCoreApplication.translate("emotions", "노여워하는"),
        "성가신": QCoreApplication.translate("emotions", "성가신"),
        "슬픔": QCoreApplication.translate("emotions", "슬픔"),
        "실망한": QCoreApplication.translate("emotions", "실망한"),
        "비통한": QCoreApplication.translate("emotions", "비통한"),
        "후회되는": QCoreApplication.translate("emotions", "후회되는"),
        "우울한": QCoreApplication.translate("emotions", "우울한"),
        "마비된": QCoreApplication.translate("emotions", "마비된"),
        "염세적인": QCoreApplication.translate("emotions", "염세적인"),
        "눈물이 나는": QCoreApplication.translate("emotions", "눈물이 나는"),
        "낙담한": QCoreApplication.translate("emotions", "낙담한"),
        "환멸을 느끼는": QCoreApplication.translate("emotions", "환멸을 느끼는"),
        "불안": QCoreApplication.translate("emotions", "불안"),
        "두려운": QCoreApplication.translate("emotions", "두려운"),
        "스트레스 받는": QCoreApplication.translate("emotions", "스트레스 받는"),
        "취약한": QCoreApplication.translate("emotions", "취약한"),
        "혼란스러운": QCoreApplication.translate("emotions", "혼란스러운"),
        "당혹스러운": QCoreApplication.translate("emotions", "당혹스러운"),
        "회의적인": QCoreApplication.translate("emotions", "회의적인"),
        "걱정스러운": QCoreApplication.translate("emotions", "걱정스러운"),
        "조심스러운": QCoreApplication.translate("emotions", "조심스러운"),
        "초조한": QCoreApplication.translate("emotions", "초조한"),
        "상처": QCoreApplication.translate("emotions", "상처"),
        "질투하는": QCoreApplication.translate("emotions", "질투하는"),
        "배신당한": QCoreApplication.translate("emotions", "배신당한"),
        "고립된": QCoreApplication.translate("emotions", "고립된"),
        "충격 받은": QCoreApplication.translate("emotions", "충격 받은"),
        "가난한, 불우한": QCoreApplication.translate("emotions", "가난한, 불우한"),
        "희생된": QCoreApplication.translate("emotions", "희생된"),
        "억울한": QCoreApplication.translate("emotions", "억울한"),
        "괴로워하는": QCoreApplication.translate("emotions", "괴로워하는"),
        "버려진": QCoreApplication.translate("emotions", "버려진"),
        "당황": QCoreApplication.translate("emotions", "당황"),
        "고립된(당황한)": QCoreApplication.translate("emotions", "고립된(당황한)"),
        "남의 시선을 의식하는": QCoreApplication.translate("emotions", "남의 시선을 의식하는"),
        "외로운": QCoreApplication.translate("emotions", "외로운"),
        "열등감": QCoreApplication.translate("emotions", "열등감"),
        "죄책감의": QCoreApplication.translate("emotions", "죄책감의"),
        "부끄러운": QCoreApplication.translate("emotions", "부끄러운"),
        "혐오스러운": QCoreApplication.translate("emotions", "혐오스러운"),
        "한심한": QCoreApplication.translate("emotions", "한심한"),
        "혼란스러운(당황한)": QCoreApplication.translate("emotions", "혼란스러운(당황한)"),
        "기쁨": QCoreApplication.translate("emotions", "기쁨"),
        "감사하는": QCoreApplication.translate("emotions", "감사하는"),
        "신뢰하는": QCoreApplication.translate("emotions", "신뢰하는"),
        "편안한": QCoreApplication.translate("emotions", "편안한"),
        "만족스러운": QCoreApplication.translate("emotions", "만족스러운"),
        "흥분": QCoreApplication.translate("emotions", "흥분"),
        "느긋": QCoreApplication.translate("emotions", "느긋"),
        "안도": QCoreApplication.translate("emotions", "안도"),
        "신이 난": QCoreApplication.translate("emotions", "신이 난"),
        "자신하는": QCoreApplication.translate("emotions", "자신하는"),
    }


# ----------------------------------------------------------------------------------------
# The 43 fine emotions of one text: those it shows, and on demand all of them.

_COLUMNS = 3


class FineCard(Card):
    """Bars of the emotions over their threshold; ``all_switched(bool)`` asks for the rest."""

    all_switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("세부 감정"))
        self.all = Button(self.tr("모두 보기"), "more", role="quiet")
        self.all.setObjectName("emotionAll")
        self.all.setCheckable(True)
        self.all.toggled.connect(self._switch)
        self.header.addWidget(self.all)
        self.bars = ProbabilityBars(compact=True)
        self.bars.setObjectName("emotionFine")
        self.note = Label(role="muted", wrap=True)
        self.note.setObjectName("emotionFineNote")
        self.add(self.bars)
        self.add(self.note)
        self.clear()

    def clear(self) -> None:
        """Show that there is no answer."""
        self.bars.set_values([])
        self.bars.hide()
        self.all.setChecked(False)
        self.all.setEnabled(False)
        self.note.setText(self.tr("글에 드러난 감정을 마흔세 가지에서 골라 보여 줘요."))

    def show_fine(self, fine: Sequence[FineEmotion]) -> None:
        """Show which of the emotions, the most probable first, are in a text."""
        names = fine_names()
        over = [(names[item.label], item.probability) for item in fine if item.shown]
        self.bars.set_values(over, highlight=[name for name, _ in over])
        self.bars.setVisible(bool(over))
        self.all.setEnabled(True)
        if over:
            self.note.setText(self.tr("하나하나 따로 재서, 모두 더해도 100%가 아니에요."))
        else:
            self.note.setText(self.tr("뚜렷하게 드러난 세부 감정이 없어요."))

    def _switch(self, on: bool) -> None:
        self.all.setText(self.tr("접기") if on else self.tr("모두 보기"))
        self.all_switched.emit(on)


class AllCard(Card):
    """All fine emotions in columns, those that the text shows in the accent colour."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("모든 세부 감정"))
        self.columns = tuple(ProbabilityBars(compact=True) for _ in range(_COLUMNS))
        row = QHBoxLayout()
        row.setSpacing(theme.px(28))
        for number, bars in enumerate(self.columns):
            bars.setObjectName(f"emotionAll{number}")
            row.addWidget(bars, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_fine(self, fine: Sequence[FineEmotion]) -> None:
        """Show the emotions of a text, the most probable first."""
        names = fine_names()
        marked = [names[item.label] for item in fine if item.shown]
        values = [(names[item.label], item.probability) for item in fine]
        rows = -(-len(values) // _COLUMNS)
        for number, bars in enumerate(self.columns):
            part = values[number * rows : (number + 1) * rows]
            bars.set_values(part, highlight=[name for name, _ in part if name in marked])


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
