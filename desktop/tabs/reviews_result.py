"""The judgement of one review: label, confidence, stars, deciding words, correction."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.reviews_names import label_name
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card, Line
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.highlighted_text import HighlightedText
from desktop.widgets.labels import Label, SectionTitle
from desktop.widgets.star_rating import StarRating
from engine.reviews import LABELS, POSITIVE, ReviewResult, RuleHit


class ResultCard(Card):
    """``corrected(str)`` with the right label; ``copied()``; ``rules_switched(bool)``."""

    corrected = Signal(str)
    copied = Signal()
    rules_switched = Signal(bool)

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
        self.add(self._stack, 1)
        self.clear()

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
        self.use_rules = QCheckBox(self.tr("강한 낱말이 있으면 그 낱말을 따르기 (고전 방식)"))
        self.use_rules.setObjectName("reviewUseRules")
        self.use_rules.setToolTip(
            self.tr("재 보니 모델보다 덜 맞아요. 그래서 기본으로는 보여 주기만 해요.")
        )
        self.use_rules.toggled.connect(self.rules_switched)
        self._warnings = Label(role="muted", wrap=True)
        self._warnings.setObjectName("reviewWarnings")
        self._source = Label(role="small", wrap=True, selectable=True)
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
        column.addWidget(Line())
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
        self.result = result
        side = "positive" if result.label == POSITIVE else "negative"
        self.label.setText(label_name(result.label))
        self.label.setStyleSheet(f"color: {theme.css(side)}")
        percent = f"{result.confidence:.0%}"
        self.confidence.setText(self.tr("{percent} 확실해요").format(percent=percent))
        self.stars.set_stars(result.stars)
        self._rating.setText(self.tr("별 {n}개").format(n=f"{result.stars:g}"))
        self.words.set_text(result.text, result.evidence)
        self.rule.setVisible(result.rule is not None)
        self.use_rules.setVisible(result.rule is not None)
        if result.rule is not None:
            self.rule.setText(self._rule_text(result.rule))
        said = [self._context.say(message) for message in result.warnings]
        self._warnings.setText("\n".join(said))
        self._warnings.setVisible(bool(said))
        self._source.setText(
            self.tr("모델 {model} · 낱말 나누기 {tokenizer}").format(
                model=result.model, tokenizer=result.tokenizer or "-"
            )
        )
        self.correction.set_answer(label_name(result.label), [label_name(name) for name in LABELS])
        self._copy.setEnabled(True)
        self._stack.setCurrentIndex(1)

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

    def _correct(self, shown: str) -> None:
        by_name = {label_name(name): name for name in LABELS}
        self.corrected.emit(by_name[shown])
