"""The scrolling column of bubbles, and what stands there before the first word."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.chat_bubble import Bubble, Typing
from desktop.widgets.chips import ChipRow
from desktop.widgets.empty_state import EmptyState
from engine.chat import Turn

EXAMPLES = ("안녕하세요", "오늘 너무 힘들었어", "주말에 뭐 하지?", "나 드디어 합격했어!", "심심해")
MOST = 120
"""Bubbles that are kept on the screen; older ones are in the exported conversation."""


class Talk(QScrollArea):
    """Bubbles, the newest below.

    Signals:
        asked(str): an example was clicked.
        again(), copied(), corrected(): see :class:`Bubble`.
    """

    asked = Signal(str)
    again = Signal()
    copied = Signal()
    corrected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chatTalk")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrollBody")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.px(10), 0)
        self._column.setSpacing(theme.px(10))
        self.empty = EmptyState(
            "chat",
            self.tr("무슨 이야기든 편하게 해 주세요"),
            self.tr("사람이 아닌 프로그램이 답해요. 나눈 말은 이 컴퓨터를 떠나지 않아요."),
        )
        self.examples = ChipRow()
        self.examples.setObjectName("chatExamples")
        self.examples.set_chips(EXAMPLES, checkable=False)
        self.examples.clicked.connect(self.asked)
        self.typing = Typing()
        self._column.addWidget(self.empty, 100)
        self._column.addWidget(self.examples)
        self._column.addStretch(1)
        self._column.addWidget(self.typing)
        self.setWidget(inside)
        self.bubbles: list[Bubble] = []
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda low, high: self._to_end(high))

    def sizeHint(self) -> QSize:
        """Take what the page has."""
        return QSize(theme.px(480), theme.px(300))

    def add_said(self, text: str) -> None:
        """Show what the user said."""
        self._add(Bubble(text, mine=True))

    def add_answer(self, turn: Turn) -> None:
        """Show the answer, and the feeling below what was said."""
        reply = turn.reply
        if reply.emotion and self.bubbles and self.bubbles[-1].mine:
            self.bubbles[-1].show_emotion(reply.emotion, reply.sure)
        for bubble in self.bubbles:
            bubble.hide_tools()
        made = Bubble(reply.text, mine=False)
        made.show_source(reply)
        made.show_tools(bool(reply.alternatives) and reply.matched != "crisis")
        made.again.connect(self.again)
        made.copied.connect(self.copied)
        made.corrected.connect(self.corrected)
        self._add(made)

    def replace_answer(self, turn: Turn) -> None:
        """Show another answer in the newest one's place."""
        if self.bubbles and not self.bubbles[-1].mine:
            self._drop(self.bubbles[-1])
        self.add_answer(turn)

    def set_ready(self, on: bool) -> None:
        """Let the tools of the newest answer be pressed, or not while another is found."""
        for bubble in self.bubbles:
            bubble.set_ready(on)

    def drop_said(self) -> None:
        """Take the user's newest words away: they could not be answered."""
        if self.bubbles and self.bubbles[-1].mine:
            self._drop(self.bubbles[-1])
        self._show_empty(not self.bubbles)

    def clear(self) -> None:
        """Begin anew."""
        for bubble in list(self.bubbles):
            self._drop(bubble)
        self._show_empty(True)

    def _add(self, bubble: Bubble) -> None:
        self._show_empty(False)
        self._column.insertWidget(self._column.count() - 1, bubble)
        self.bubbles.append(bubble)
        while len(self.bubbles) > MOST:
            self._drop(self.bubbles[0])
        QTimer.singleShot(0, self, lambda: self._to_end(self.verticalScrollBar().maximum()))

    def _drop(self, bubble: Bubble) -> None:
        self.bubbles.remove(bubble)
        self._column.removeWidget(bubble)
        bubble.hide()
        bubble.deleteLater()

    def _show_empty(self, on: bool) -> None:
        self.empty.setVisible(on)
        self.examples.setVisible(on)

    def _to_end(self, most: int) -> None:
        self.verticalScrollBar().setValue(most)
