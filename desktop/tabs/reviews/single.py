"""One review: written on the left, read on the right, live."""

from __future__ import annotations

import functools
import json

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.app.settings import Settings
from desktop.tabs.emotions.result import emotion_name
from desktop.tabs.reviews.result import ROLES, ResultCard, label_name
from desktop.tabs.texts import Mark, RecentCard, TextColumns, TextCorrections, TextMemory
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner
from desktop.widgets.page import Card
from desktop.widgets.ratings import ProbabilityBars
from desktop.widgets.text import WriteCard
from engine import emotions, reviews
from engine.core.errors import MaumgyeolError, ModelCorruptError, ModelMissingError
from engine.core.library import HistoryRow
from engine.emotions import LABELS, EmotionResult
from engine.reviews import INSTANT, THREE_WAY, ReviewResult
from engine.text import morphemes


class NoEncoder(Exception):  # noqa: N818 - the precise mode lacks its model, the other does not
    """Precise mode cannot answer for *reason*, instant mode can."""

    def __init__(self, reason: MaumgyeolError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read(text: str, use_rules: bool, mode: str) -> tuple[ReviewResult, EmotionResult | Exception]:
    """Judge one text without weighing its words.

    Emotions that cannot be read are an exception in their place.

    Raises:
        NoEncoder: only the instant mode can judge.
        InputError, ModelMissingError, ModelCorruptError: no mode can.
    """
    try:
        review = reviews.predict(text, explain=False, use_rules=use_rules, mode=mode)
    except (ModelMissingError, ModelCorruptError) as error:
        if mode == INSTANT:
            raise
        reviews.predict(text, explain=False, mode=INSTANT)
        raise NoEncoder(error) from error
    try:
        return review, emotions.predict(text)
    except (ModelMissingError, ModelCorruptError) as error:
        return review, error


def weigh(text: str, use_rules: bool, mode: str) -> ReviewResult:
    """Judge one text and weigh its words, cut by rules until the morpheme analyser runs.

    Raises:
        InputError, ModelMissingError, ModelCorruptError: it cannot be judged in this mode.
    """
    return reviews.predict(text, use_rules=use_rules, wait=False, mode=mode)


def describe(settings: Settings, row: HistoryRow) -> Mark:
    """Return how a remembered review is told in one line, in two ways or three."""
    label, stars = str(row.payload.get("label")), row.payload.get("stars", 0.0)
    if settings.get(keys.REVIEW_VERDICTS) == 3:
        label = str(row.payload.get("three_way", label))
    known = label in THREE_WAY
    role = ROLES[label] if known else "text_muted"
    return Mark(label_name(label) if known else label, role, f"★ {stars:g}", "star")


def summary(result: ReviewResult, verdict: str) -> str:
    """Return what the history says of an answer that is told as *verdict*."""
    text = " ".join(result.text[:500].split())[:80]
    sure = f" {result.confidence:.0%}" if verdict == result.label else ""
    return f"{label_name(verdict)}{sure} ★{result.stars:g} · {text}"


# ----------------------------------------------------------------------------------------
# The second card: which of seven emotions the same text shows.


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


EXAMPLES = (
    "배우들 연기는 훌륭했지만 이야기가 지루했어요",
    "두 번 봐도 감동적인 영화, 강력 추천!",
    "돈이 아깝다. 시간도 아깝다.",
    "생각보다 나쁘지 않았어요",
)


class OnePanel(TextColumns):
    """Arranges the cards of one review and connects them to the engine.

    *banner* is where it offers the instant mode when the precise one lacks its model.

    Signals:
        failed(Exception): a text could not be read or a correction not be stored.
        answered(): there is a new answer.
        message(str): for the status bar.
    """

    failed = Signal(object)
    answered = Signal()
    message = Signal(str)

    def __init__(self, context: AppContext, banner: Banner) -> None:
        super().__init__()
        self._context, self._banner = context, banner
        self._warming = False
        self._live = context.workers.latest(read, self._show, self._fail)
        self._why = context.workers.latest(weigh, self._explain, self._fail)
        self._memory = TextMemory(context, "reviews", self)
        self.write = WriteCard(
            "review",
            self.tr("리뷰"),
            self.tr("영화나 물건의 리뷰를 써 보세요. 쓰는 동안 바로 읽어요."),
            EXAMPLES,
        )
        self.result = ResultCard(context)
        self._corrections = TextCorrections(context, "reviews", self.result.correction, self)
        self.emotion = EmotionCard()
        told = functools.partial(describe, context.settings)
        self.recent = RecentCard(context, "reviews", told, [label_name(each) for each in THREE_WAY])
        self.fill(self.write, self.recent, (self.result, self.emotion), None)
        self._connect()

    def _connect(self) -> None:
        self.write.edited.connect(self._edited)
        self.write.replaced.connect(self._memory.settle)
        self.recent.chosen.connect(self.show_history)
        self.result.corrected.connect(self._correct)
        self.result.correction.set_home(self.write.box)
        self._corrections.failed.connect(self.failed)
        self._corrections.message.connect(self.message)
        self.result.copied.connect(self._copy)
        self.result.rules_switched.connect(self._read_again)
        self.result.mode_switched.connect(self._switch_mode)
        self.result.verdicts_switched.connect(self.recent.list.viewport().update)
        self.emotion.more_asked.connect(self._show_emotions)
        theme.notifier().changed.connect(self.result.repaint_label)
        self._context.signals.model_changed.connect(self._judge_anew)

    def show_history(self, row: HistoryRow) -> None:
        """Read a remembered text again."""
        text = str(row.payload.get("text", ""))
        self._memory.know({text: row.id})
        self.write.set_text(text)

    def warm_up(self) -> None:
        """Load the models before the first word is written."""
        mode = self.result.mode.current
        self._context.workers.run(
            lambda progress: read("준비", False, mode), failed=self._tell, owner=self
        )

    def state(self) -> tuple[str, dict[str, int]]:
        """Return what is written, and which texts have which rows of the history."""
        self.flush()
        return self.write.text(), self._memory.rows

    def restore(self, state: tuple[str, dict[str, int]]) -> None:
        """Read again what was written in another panel."""
        text, rows = state
        self._memory.know(rows)
        self.write.set_text(text)

    def payload(self) -> dict[str, object] | None:
        """Return what is shown as plain types, ``None`` when nothing is."""
        result = self.result.result
        return None if result is None else result.to_dict()

    def flush(self) -> None:
        """Remember the last answer now rather than after the pause."""
        self._memory.flush()

    def stop(self) -> None:
        """Drop what is under way."""
        self.flush()
        self._live.cancel()
        self._why.cancel()

    def _edited(self, text: str) -> None:
        self._why.cancel()
        if not text.strip():
            self._live.cancel()
            self._memory.drop()
            self._memory.settle()
            self.result.clear()
            self.emotion.clear()
            return
        self._live.submit(text, self.result.use_rules.isChecked(), self.result.mode.current)

    def _read_again(self) -> None:
        self._edited(self.write.text())

    def _judge_anew(self, domain: str) -> None:
        """Another model answers: what is shown is judged by it."""
        if domain in ("reviews", "emotions") and self.write.text().strip():
            self._read_again()

    def _switch_mode(self, mode: str) -> None:
        self._banner.clear()
        self._read_again()

    def _show_emotions(self) -> None:
        self._context.signals.text_handed.emit("emotions", self.write.text())

    def _show(self, answer: tuple[ReviewResult, EmotionResult | Exception]) -> None:
        review, emotion = answer
        if not self.write.text().strip():
            return
        self.result.show_result(review)
        if isinstance(emotion, EmotionResult):
            self.emotion.show_result(emotion)
        else:
            self.emotion.clear(self._context.error_text(emotion))
        self._keep(review)
        self._why.submit(review.text, self.result.use_rules.isChecked(), review.mode)
        self.answered.emit()
        if not morphemes.ready() and not self._warming:
            self._warming = True
            self._context.workers.run(
                lambda progress: morphemes.warm_up(), done=self._warmed, owner=self
            )

    def _explain(self, review: ReviewResult) -> None:
        """Show the same answer with its deciding words."""
        shown = self.result.result
        if shown is not None and (shown.text, shown.mode) == (review.text, review.mode):
            self.result.show_words(review)
            self._keep(review)

    def _keep(self, review: ReviewResult) -> None:
        self._memory.keep(summary(review, self.result.verdict(review)), review.to_dict())

    def _warmed(self, problem: object) -> None:
        """Cut the shown text's words again, now by the analyser or with its reason."""
        if self.write.text().strip():
            self._read_again()

    def _fail(self, error: Exception) -> None:
        self.result.clear()
        self.emotion.clear()
        self._memory.drop()
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, NoEncoder):
            self.failed.emit(error)
            return
        text = self.tr("정밀 판단을 쓸 수 없어요: {reason}")
        self._banner.show_warning(
            text.format(reason=self._context.error_text(error.reason)),
            self.tr("빠름으로 읽기"),
            lambda: self.result.choose_mode(INSTANT),
        )

    def _correct(self, answer: ReviewResult, label: str) -> None:
        shown = label_name(label)
        self._corrections.keep(answer.text, answer.label, label, shown, answer.model)
        self._memory.settle()

    def _copy(self) -> None:
        payload = self.payload()
        if payload is not None:
            text = json.dumps(payload, ensure_ascii=False, indent=1)
            QGuiApplication.clipboard().setText(text)
            self.message.emit(self.tr("결과를 복사했어요."))
