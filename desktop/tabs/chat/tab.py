"""대화: talk about the day; answers are chosen, written or taught, and say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop.app.context import AppContext
from desktop.tabs.chat.bubbles import Talk, write
from desktop.tabs.chat.input import ChatInput
from desktop.tabs.chat.taught import TaughtAnswers
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.page import Card, Page
from desktop.workers import JobHandle
from engine.chat import Conversation, Reply, Turn
from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.core.library import HistoryRow


class ChatMemory:
    """Keeps a conversation.

    Attributes:
        row: id of its row, ``None`` before the first answer.
        first: number of the first turn in that row.
    """

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.row: int | None = None
        self.first = 0

    def begin_anew(self, row: int | None = None) -> None:
        """Another conversation, perhaps one that has its row already."""
        self.row, self.first = row, 0

    def keep(self, turns: tuple[Turn, ...]) -> None:
        """Renew the conversation's row; of one that was deleted only the last turn is new."""
        last = turns[-1]
        summary = f"{' '.join(last.said[:60].split())} → {last.reply.text[:60]}"
        if self.row is not None:
            if self._context.renew(self.row, summary, _payload(turns[self.first :])):
                return
            self.first = len(turns) - 1
        self.row = self._context.remember("chat", summary, _payload(turns[self.first :]))


def _payload(turns: tuple[Turn, ...]) -> dict[str, Any]:
    return {"turns": [turn.to_dict() for turn in turns]}


class ChatTab(Page):
    """Arranges the bubbles and the line, and asks the engine off the UI thread."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("대화"),
            self.tr(
                "하루 이야기를 나눠요. 마음을 읽고, 비슷한 말의 답을 찾거나 하신 말씀을 되짚어요."
            ),
        )
        self._taught = TaughtAnswers(context, self)
        self._conversation: Conversation | None = None
        self._turns: tuple[Turn, ...] = ()
        self._handle: JobHandle | None = None
        self._said = ""
        self._memory = ChatMemory(context)
        self.talk = Talk()
        self.input = ChatInput()
        card = Card()
        card.add(self.talk, 1)
        card.add(self.input)
        self.body.addWidget(card, 1)
        self._build_tools()
        self._taught.failed.connect(self._failed)
        self.talk.asked.connect(self.send)
        self.talk.again.connect(lambda: self._run(lambda it: it.again(), self._replaced))
        self.talk.copied.connect(self._copy)
        self.talk.corrected.connect(self._ask_to_teach)
        self.input.sent.connect(self.send)
        self.input.taught.connect(self._teach)
        self.input.chosen.connect(
            lambda text: self._run(lambda it: it.choose(text), self._replaced)
        )

    def _build_tools(self) -> None:
        self._new = Button(self.tr("새 대화"), "plus")
        self._new.setObjectName("chatNew")
        self._new.clicked.connect(self.begin_anew)
        self._export = Button(self.tr("내보내기"), "export")
        self._export.setObjectName("chatExport")
        self._export.clicked.connect(self.save_result)
        taught = Button(self.tr("가르친 답"), "learning")
        taught.setObjectName("chatTaught")
        taught.clicked.connect(self._taught.show)
        self.tools.addWidget(taught)
        for button in (self._new, self._export):
            button.setEnabled(False)
            self.tools.addWidget(button)

    # What the window asks of a tab

    def show_text(self, text: str) -> None:
        """Say a text that another tab hands over."""
        self.send(text)

    def show_history(self, row: HistoryRow) -> None:
        """Show a remembered conversation and go on from it."""
        if self._busy():
            return
        try:
            turns = tuple(Turn.from_dict(item) for item in row.payload.get("turns", ()))
        except InputError as error:
            self._failed(error)
            return
        self._resume(turns)
        self._memory.begin_anew(row.id)

    def _resume(self, turns: tuple[Turn, ...]) -> None:
        """Show a conversation and go on from it."""
        self.begin_anew()
        self._turns = turns
        for turn in turns:
            self.talk.add_said(turn.said)
            self.talk.add_answer(turn)
        if self._conversation is not None:
            self._conversation.resume(turns)
        self._show_state()

    def save_result(self) -> None:
        """Save the conversation as text, or as JSON."""
        turns = self._turns
        if not turns:
            super().save_result()
            return
        name = self.tr("대화.txt")
        filters = f"{self.tr('글')} (*.txt);;JSON (*.json)"
        target = files.ask_save(self, self.context.settings, name, filters)
        if target is not None:
            said = self.tr("저장했어요: {name}").format(name=target.name)
            self.context.workers.run(
                lambda progress: write(turns, target),
                done=lambda made: self.message.emit(said),
                failed=self._failed,
                owner=self,
            )

    def warm_up(self) -> None:
        """Load the models before the first word is written."""
        self.input.line.setFocus()
        self.context.workers.run(lambda progress: self._load(), failed=self._failed, owner=self)

    def state(self) -> object:
        """Return the conversation, its row, and what is written or still waits for its answer."""
        line = self.input.line.text() or (self._said if self._busy() else "")
        return self._turns, (self._memory.row, self._memory.first), line

    def restore(self, state: Any) -> None:
        """Show what another tab showed, and go on from it."""
        turns, (row, first), line = state
        self._resume(turns)
        self._memory.row, self._memory.first = row, first
        self.input.line.setText(line)

    def shutdown(self) -> None:
        """Drop what is under way."""
        if self._handle is not None:
            self._handle.cancel()

    # Talking

    def send(self, text: str) -> None:
        """Say *text* and wait for the answer."""
        if self._busy():
            return
        self.input.teach("")
        self.talk.add_said(text.strip())
        self._run(lambda it: it.say(text), self._answered, said=text)

    def begin_anew(self) -> None:
        """Forget what was said; what was taught stays."""
        if self._busy():
            return
        if self._conversation is not None:
            self._conversation.clear()
        self._turns = ()
        self._memory.begin_anew()
        self.talk.clear()
        self.banner.clear()
        self.input.teach("")
        self._show_state()

    def _busy(self) -> bool:
        return self._handle is not None

    def _load(self) -> Conversation:
        if self._conversation is None:
            made = Conversation(personal=self._taught.answers())
            made.resume(self._turns)
            made.warm_up()
            self._conversation = made
        return self._conversation

    def _run(
        self, ask: Callable[[Conversation], Reply], done: Callable[[], object], said: str = ""
    ) -> None:
        if self._busy():
            return
        self.banner.clear()
        self._said = said
        self.input.set_ready(False)
        self.talk.set_ready(False)
        self.talk.typing.set_active(bool(said))

        def work(progress: Progress) -> Conversation:
            conversation = self._load()
            ask(conversation)
            return conversation

        def finished(conversation: Conversation) -> None:
            self._rest()
            self._turns = conversation.turns
            done()
            self._show_state()
            self._memory.keep(self._turns)

        def failed(error: Exception) -> None:
            self._rest()
            if said:
                self.talk.drop_said()
                if not self.input.line.text():
                    self.input.line.setText(said)
            self._failed(error)

        self._handle = self.context.workers.run(work, done=finished, failed=failed, owner=self)

    def _rest(self) -> None:
        self._handle = None
        self.talk.typing.set_active(False)
        self.input.set_ready(True)
        self.talk.set_ready(True)

    def _answered(self) -> None:
        self.talk.add_answer(self._turns[-1])

    def _replaced(self) -> None:
        self.talk.replace_answer(self._turns[-1])

    def _show_state(self) -> None:
        last = self._turns[-1].reply if self._turns else None
        self.input.show_others(last.alternatives[:3] if last and last.source != "rule" else ())
        for button in (self._new, self._export):
            button.setEnabled(bool(self._turns))

    def _ask_to_teach(self) -> None:
        self.input.teach(self._turns[-1].said)

    def _teach(self, answer: str) -> None:
        def done() -> None:
            self._replaced()
            self.banner.show_success(
                self.tr("다음부터 이렇게 답할게요."), self.tr("되돌리기"), self._undo
            )

        self._run(lambda it: it.correct(answer), done)

    def _undo(self) -> None:
        def done(said: str) -> None:
            self.message.emit(self.tr("잊었어요: {text}").format(text=said[:60]))

        self.context.workers.run(
            lambda progress: self._load().undo(), done=done, failed=self._failed, owner=self
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._turns[-1].reply.text)
        self.message.emit(self.tr("복사했어요."))

    def _failed(self, error: Exception) -> None:
        soft = isinstance(error, InputError)
        show = self.banner.show_warning if soft else self.banner.show_error
        show(self.context.error_text(error))
