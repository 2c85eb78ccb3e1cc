"""The judgement of one review: label, confidence, stars, deciding words, correction."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.widgets.buttons import Choice, IconButton
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.labels import ElidedLabel, Label, SectionTitle
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card, Line
from desktop.widgets.ratings import StarRating
from desktop.widgets.text import HighlightedText
from engine.reviews import INSTANT, LABELS, NEUTRAL, PRECISE, ReviewResult, RuleHit

ROLES = {"긍정": "positive", "중립": "text_muted", "부정": "negative"}
"""Colour role of each verdict."""


def label_name(label: str) -> str:
    """Return the shown name of a review's label or three-way verdict."""
    names = {
        "긍정": QCoreApplication.translate("reviews", "긍정"),
        "중립": QCoreApplication.translate("reviews", "중립"),
        "부정": QCoreApplication.translate("reviews", "부정"),
    }
    return names[label]


class ResultCard(Card):
    """What is read and how it is shown.

    Signals:
        corrected(object, str): the answer that was wrong, and its right label.
        copied(): the answer is to be copied.
        rules_switched(bool), mode_switched(str): the text is to be read anew.
        verdicts_switched(): the same answer is told in two ways or three.
    """

    corrected = Signal(object, str)
    copied = Signal()
    rules_switched = Signal(bool)
    mode_switched = Signal(str)
    verdicts_switched = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.set_title(self.tr("판단"))
        self._context = context
        self.result: ReviewResult | None = None
        self._copy = IconButton("copy", self.tr("결과 복사"))
        self._copy.setObjectName("reviewCopy")
        self._copy.clicked.connect(self.copied)
        self.header.addWidget(self._copy)
        self._empty = EmptyState(
            "reviews",
            self.tr("글을 쓰면 여기에 결과가 나와요"),
            self.tr("긍정인지 부정인지, 별은 몇 개인지, 어떤 낱말이 정했는지 보여 줘요."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_answer())
        self.body.addLayout(self._make_choices())
        self.add(self._stack, 1)
        self.clear()

    def _make_choices(self) -> QHBoxLayout:
        settings = self._context.settings
        self.mode = Choice(
            "reviewMode",
            (
                (PRECISE, self.tr("정밀"), self.tr("문장을 통째로 읽는 인코더와 함께 판단해요")),
                (INSTANT, self.tr("빠름"), self.tr("글자 조각만 보는 가벼운 모델로 판단해요")),
            ),
            settings.get(keys.REVIEW_MODE),
        )
        self.verdicts = Choice(
            "reviewVerdicts",
            (
                ("2", self.tr("두 갈래"), self.tr("긍정과 부정으로 나눠요")),
                ("3", self.tr("세 갈래"), self.tr("긍정, 중립, 부정으로 나눠요")),
            ),
            str(settings.get(keys.REVIEW_VERDICTS)),
        )
        self.mode.chosen.connect(self._set_mode)
        self.verdicts.chosen.connect(self._set_verdicts)
        row = QHBoxLayout()
        row.addWidget(self.mode)
        row.addStretch(1)
        row.addWidget(self.verdicts)
        return row

    def _make_answer(self) -> QWidget:
        self.label = Label(role="big")
        self.label.setObjectName("reviewLabel")
        self.confidence = Label(role="muted")
        self.confidence.setObjectName("reviewConfidence")
        self.stars = StarRating(size=30)
        self.stars.setObjectName("reviewStars")
        self._rating = Label(role="muted")
        self.words = HighlightedText()
        self.words.setObjectName("reviewWords")
        self.rule = Label(wrap=True)
        self.rule.setObjectName("reviewRule")
        self.use_rules = QCheckBox(self.tr("강한 낱말을 따르기 (고전 방식)"))
        self.use_rules.setObjectName("reviewUseRules")
        self.use_rules.setToolTip(
            self.tr("재 보니 모델보다 덜 맞아요. 그래서 기본으로는 보여 주기만 해요.")
        )
        self.use_rules.toggled.connect(self.rules_switched)
        self._warnings = Label(role="muted", wrap=True)
        self._warnings.setObjectName("reviewWarnings")
        self._source = ElidedLabel(role="small")
        self._source.setObjectName("reviewSource")
        self.correction = CorrectionBar()
        self.correction.setObjectName("reviewCorrection")
        self.correction.corrected.connect(self._correct)
        return self._arrange()

    def _arrange(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        verdict = QVBoxLayout()
        verdict.setSpacing(theme.px(2))
        verdict.addWidget(self.label)
        verdict.addWidget(self.confidence)
        stars = QVBoxLayout()
        stars.setSpacing(theme.px(6))
        stars.addStretch(1)
        stars.addWidget(self.stars)
        stars.addWidget(self._rating)
        top = QHBoxLayout()
        top.addLayout(verdict, 1)
        top.addLayout(stars)
        column.addLayout(top)
        column.addWidget(Line())
        column.addWidget(SectionTitle(self.tr("이렇게 읽었어요")))
        column.addWidget(self.words)
        column.addWidget(self.rule)
        column.addWidget(self.use_rules)
        column.addWidget(self._warnings)
        column.addStretch(1)
        column.addWidget(self._source)
        self._line = Line()
        column.addWidget(self._line)
        column.addWidget(self.correction)
        return page

    def clear(self) -> None:
        """Show that there is no answer."""
        self.result = None
        self._copy.setEnabled(False)
        self.correction.clear()
        self._stack.setCurrentIndex(0)

    def show_result(self, result: ReviewResult) -> None:
        """Show an answer."""
        self._show_verdict(result)
        self.stars.set_stars(result.stars)
        self._rating.setText(self.tr("별 {n}개").format(n=f"{result.stars:g}"))
        self.show_words(result)
        self.rule.setVisible(result.rule is not None)
        self.use_rules.setVisible(result.rule is not None)
        if result.rule is not None:
            self.rule.setText(self._rule_text(result.rule))
        neutral = self.verdict(result) == NEUTRAL  # the model learns from two answers only
        self._line.setVisible(not neutral)
        if neutral:
            self.correction.clear()
        else:
            names = [label_name(name) for name in LABELS]
            key = (result.text, result.label)
            self.correction.set_answer(label_name(result.label), names, result, key=key)
        self._copy.setEnabled(True)
        self._stack.setCurrentIndex(1)

    def show_words(self, result: ReviewResult) -> None:
        """Show the deciding words of the answer, or that they are being weighed."""
        self.result = result
        if result.tokenizer:
            self.words.set_text(result.text, result.evidence)
        else:
            self.words.go_on(result.text)
        said = [self._context.say(message) for message in result.warnings]
        self._warnings.setText("\n".join(said))
        self._warnings.setVisible(bool(said))
        source = self.tr("모델 {model} · 낱말 나누기 {tokenizer}")
        cut = result.tokenizer or "…"
        self._source.setText(source.format(model=result.model, tokenizer=cut))

    def verdict(self, result: ReviewResult) -> str:
        """Return the answer as it is told now, in two ways or three."""
        return result.three_way if self.verdicts.current == "3" else result.label

    def _show_verdict(self, result: ReviewResult) -> None:
        verdict, percent = self.verdict(result), f"{result.confidence:.0%}"
        self.label.setText(label_name(verdict))
        self.label.setStyleSheet(f"color: {theme.css(ROLES[verdict])}")
        if self.verdicts.current == "3":
            text = self.tr("두 갈래로 보면 {label} {percent}")
            self.confidence.setText(text.format(label=label_name(result.label), percent=percent))
        else:
            self.confidence.setText(self.tr("{percent} 확실해요").format(percent=percent))

    def choose_mode(self, mode: str) -> None:
        """Switch to a mode, as a click on it does."""
        self.mode.set_current(mode)
        self._set_mode(mode)

    def _set_mode(self, mode: str) -> None:
        self._context.settings.set(keys.REVIEW_MODE, mode)
        self.mode_switched.emit(mode)

    def _set_verdicts(self, ways: str) -> None:
        self._context.settings.set(keys.REVIEW_VERDICTS, int(ways))
        self.repaint_label()
        self.verdicts_switched.emit()

    def repaint_label(self) -> None:
        """Follow a change of theme."""
        if self.result is not None:
            self.show_result(self.result)

    def _rule_text(self, hit: RuleHit) -> str:
        values = {"word": hit.word, "label": label_name(hit.label)}
        if hit.applied:
            return self.tr("강한 낱말 ‘{word}’을(를) 따라 {label}(으)로 판단했어요.").format(
                **values
            )
        if hit.negated:
            return self.tr(
                "강한 낱말 ‘{word}’({label})이(가) 있지만, 뒤에 부정하는 말이 와서 따르지 않아요."
            ).format(**values)
        text = self.tr("강한 낱말 ‘{word}’: {label} 쪽이에요. 참고로만 보여 줘요.")
        return text.format(**values)

    def _correct(self, answer: ReviewResult, shown: str) -> None:
        by_name = {label_name(name): name for name in LABELS}
        self.corrected.emit(answer, by_name[shown])
