"""One text: written on the left, its emotions on the right, live."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from desktop.app.context import AppContext
from desktop.tabs.emotions.result import ROLES, AllCard, FineCard, ResultCard, emotion_name
from desktop.tabs.texts import Mark, RecentCard, TextColumns, TextCorrections, TextMemory
from desktop.widgets.text import Span, WriteCard
from engine import emotions
from engine.core.library import HistoryRow
from engine.emotions import LABELS, EmotionResult
from engine.text import morphemes

EXAMPLES = (
    "오랜만에 친구를 만나서 정말 행복했어",
    "합격했다는 전화를 받고 한참을 울었다",
    "왜 사람 말을 끝까지 안 듣는 거야, 진짜 화나네",
    "내일 발표인데 준비를 하나도 못 해서 너무 무섭다",
)


def load() -> None:
    """Load the models.

    Raises:
        ModelMissingError, ModelCorruptError: one is not there or damaged.
    """
    emotions.predict("준비")


def read(text: str) -> EmotionResult:
    """Name the emotions of one text."""
    return emotions.predict(text)


def weigh(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return *text* and the words that spoke for or against its emotion.

    They are cut by rules until the morpheme analyser runs.
    """
    return text, emotions.explain(text)


def describe(row: HistoryRow) -> Mark:
    """Return how a remembered text is told in one line."""
    label, sure = str(row.payload.get("label")), row.payload.get("confidence", 0.0)
    name = emotion_name(label) if label in LABELS else label
    return Mark(name, ROLES.get(label, "text_muted"), f"{sure:.0%}")


class OnePanel(TextColumns):
    """Arranges the cards of one text and connects them to the engine.

    Signals:
        failed(Exception): a text could not be read, or a correction not be kept.
        answered(): there is a new answer.
        save_asked(): save the answer.
        message(str): for the status bar.
    """

    failed = Signal(object)
    answered = Signal()
    save_asked = Signal()
    message = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._warming = False
        self._live = context.workers.latest(read, self._show, self._fail)
        self._why = context.workers.latest(weigh, self._explain, self._fail_to_explain)
        self._memory = TextMemory(context, "emotions", self)
        self.write = WriteCard(
            "emotion",
            self.tr("글"),
            self.tr("일기, 대화, 댓글… 아무 글이나 써 보세요. 쓰는 동안 바로 읽어요."),
            EXAMPLES,
        )
        self.result = ResultCard()
        self._corrections = TextCorrections(context, "emotions", self.result.correction, self)
        self.fine = FineCard()
        self.all = AllCard()
        self.all.hide()
        self.recent = RecentCard(
            context, "emotions", describe, [emotion_name(label) for label in LABELS]
        )
        self.fill(self.write, self.recent, (self.result, self.fine), self.all)
        self._connect()

    def _connect(self) -> None:
        self.write.edited.connect(self._edited)
        self.write.replaced.connect(self._memory.settle)
        self.recent.chosen.connect(self.show_history)
        self.result.copied.connect(self._copy)
        self.result.corrected.connect(self._correct)
        self.result.correction.set_home(self.write.box)
        self._corrections.failed.connect(self.failed)
        self._corrections.message.connect(self.message)
        self.result.saved.connect(self.save_asked)
        self.fine.all_switched.connect(self.all.setVisible)
        self._context.signals.model_changed.connect(self._judge_anew)

    def show_history(self, row: HistoryRow) -> None:
        """Read a remembered text again."""
        text = str(row.payload.get("text", ""))
        self._memory.know({text: row.id})
        self.write.set_text(text)

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
        if text.strip():
            self._live.submit(text)
            return
        self._live.cancel()
        self._memory.drop()
        self._memory.settle()
        self._clear()

    def _judge_anew(self, domain: str) -> None:
        """Another model answers: what is shown is judged by it."""
        if domain == "emotions" and self.write.text().strip():
            self._edited(self.write.text())

    def _clear(self) -> None:
        self.result.clear()
        self.fine.clear()

    def _show(self, result: EmotionResult) -> None:
        self.result.show_result(result)
        self.fine.show_fine(result.fine)
        self.all.show_fine(result.fine)
        text = " ".join(result.text[:500].split())[:80]
        summary = f"{emotion_name(result.label)} {result.confidence:.0%} · {text}"
        self._memory.keep(summary, result.to_dict())
        self._why.submit(result.text)
        self.answered.emit()

    def _explain(self, answer: tuple[str, tuple[Span, ...]]) -> None:
        text, spans = answer
        if self.result.result is not None and self.result.result.text == text:
            self.result.show_words(spans)
        if not morphemes.ready() and not self._warming:
            self._warming = True
            self._context.workers.run(
                lambda progress: morphemes.warm_up(), done=self._warmed, owner=self
            )

    def _warmed(self, problem: object) -> None:
        """Weigh the shown text's words again, now as the analyser cuts them."""
        if self.result.result is not None:
            self._why.submit(self.result.result.text)

    def _fail(self, error: Exception) -> None:
        self._why.cancel()
        self._memory.drop()
        self._clear()
        self.failed.emit(error)

    def _fail_to_explain(self, error: Exception) -> None:
        self.result.say_why_not(self._context.error_text(error))

    def _correct(self, answer: EmotionResult, label: str) -> None:
        shown = emotion_name(label)
        self._corrections.keep(answer.text, answer.label, label, shown, answer.model)
        self._memory.settle()

    def _copy(self) -> None:
        payload = self.payload()
        if payload is not None:
            text = json.dumps(payload, ensure_ascii=False, indent=1)
            QGuiApplication.clipboard().setText(text)
            self.message.emit(self.tr("결과를 복사했어요."))
