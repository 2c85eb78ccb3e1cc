"""A comment that the user writes himself: its feeling while it is typed, and gentle advice."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.comments.answer import with_tags
from desktop.tabs.emotions.result import ROLES as EMOTION_ROLES
from desktop.tabs.emotions.result import emotion_name
from desktop.tabs.reviews.result import ROLES, label_name
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine import emotions, reviews
from engine.emotions import EmotionResult
from engine.reviews import ReviewResult
from engine.text import kindness

LONGEST = 500


@dataclass(frozen=True)
class Feeling:
    """What a typed comment sounds like."""

    text: str
    sentiment: ReviewResult
    emotion: EmotionResult
    verdict: kindness.Verdict


def read(text: str) -> Feeling:
    """Judge a comment as it stands.

    Raises:
        InputError, ModelMissingError, ModelCorruptError: see the engines.
    """
    return Feeling(
        text,
        reviews.predict(text, explain=False, mode=reviews.INSTANT),
        emotions.predict(text),
        kindness.check([text])[0],
    )


class OwnCard(Card):
    """``taken(str)``: the user takes his own comment; with hashtags it is in the clipboard."""

    taken = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("직접 쓰기"))
        self._tags = ""
        self._context = context
        self.box = QPlainTextEdit()
        self.box.setObjectName("commentOwn")
        self.box.setAccessibleName(self.tr("직접 쓰는 댓글"))
        self.box.setPlaceholderText(self.tr("댓글을 써 보세요. 어떤 느낌인지 바로 보여 드려요."))
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(theme.px(72))
        self.box.textChanged.connect(self._typed)
        self._feeling = Label(role="strong", wrap=True)
        self._feeling.setObjectName("commentOwnFeeling")
        self._emotion = Label(role="small", wrap=True)
        self._emotion.setObjectName("commentOwnEmotion")
        self.advice = Label(wrap=True)
        self.advice.setObjectName("commentAdvice")
        self.take = Button(self.tr("이 댓글 쓰기"), role="quiet")
        self.take.setObjectName("commentOwnTake")
        self.take.clicked.connect(self._take)
        self.header.addWidget(self.take)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._feeling)
        row.addWidget(self._emotion, 1)
        self.add(self.box)
        self.body.addLayout(row)
        self.add(self.advice)
        self._reader = context.workers.latest(read, self._show, self._unread)
        theme.notifier().changed.connect(self._style)
        context.signals.model_changed.connect(self._judge_anew)
        self._style()
        self.clear()

    @property
    def text(self) -> str:
        """What is written."""
        return self.box.toPlainText().strip()

    def clear(self) -> None:
        """Show no judgement."""
        self._reader.cancel()
        self._feeling.setText("")
        self._emotion.setText(self.tr("긍정과 부정, 일곱 감정을 읽어요."))
        self.advice.hide()
        self.take.setEnabled(bool(self.text))

    def set_hashtags(self, tags: str) -> None:
        """Put hashtags behind the comment when it is taken."""
        self._tags = tags

    def stop(self) -> None:
        """Stop reading."""
        self._reader.cancel()

    def _typed(self) -> None:
        text = self.text
        self.take.setEnabled(bool(text))
        if not text:
            self.clear()
        else:
            self._reader.submit(text[:LONGEST])

    def _judge_anew(self, domain: str) -> None:
        """Another model answers: the comment is judged by it."""
        if domain in ("reviews", "emotions") and self.text:
            self._typed()

    def _show(self, feeling: Feeling) -> None:
        if feeling.text != self.text[:LONGEST]:
            return
        said, emotion = feeling.sentiment, feeling.emotion
        self._feeling.setText(f"{label_name(said.label)} {said.confidence:.0%}")
        self._feeling.setStyleSheet(f"color: {theme.css(ROLES[said.label])};")
        self._emotion.setText(f"{emotion_name(emotion.label)} {emotion.confidence:.0%}")
        self._emotion.setStyleSheet(f"color: {theme.css(EMOTION_ROLES[emotion.label])};")
        self.advice.setText(advice(feeling.verdict))
        self.advice.setVisible(not feeling.verdict.kind)

    def _unread(self, error: Exception) -> None:
        self._feeling.setText("")
        self._emotion.setText(self._context.error_text(error))
        self.advice.hide()

    def _take(self) -> None:
        text = self.text
        if text:
            QApplication.clipboard().setText(with_tags(text, self._tags))
            self.taken.emit(text)

    def _style(self) -> None:
        self.advice.setStyleSheet(
            f"background: {theme.css('warning_soft')}; color: {theme.css('text')};"
            f" border-radius: {theme.px(8)}px; padding: {theme.px(8)}px {theme.px(12)}px;"
        )
        if self.text:
            self._typed()


def advice(verdict: kindness.Verdict) -> str:
    """Return what to say of a comment that may hurt; the comment is never blocked."""
    if verdict.kind:
        return ""
    why = {
        "looks": QCoreApplication.translate("comments", "외모를 말하고 있어요."),
        "age": QCoreApplication.translate("comments", "나이를 말하고 있어요."),
        "body": QCoreApplication.translate("comments", "몸을 말하고 있어요."),
        "hate": QCoreApplication.translate("comments", "누군가를 깎아내리는 말로 읽혀요."),
        "profanity": QCoreApplication.translate("comments", "거친 말이 들어 있어요."),
    }.get(verdict.reason, "")
    hurt = QCoreApplication.translate("comments", "이 말은 상처가 될 수 있어요.")
    return f"{hurt} {why}".strip()
