"""The scrolling column of bubbles, and what stands there before the first word."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.emotions.result import ROLES, emotion_name
from desktop.widgets.buttons import ChipRow, IconButton
from desktop.widgets.files import save
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from engine.chat import Reply, Turn
from engine.core import files


def source_text(reply: Reply) -> tuple[str, str]:
    """Return where an answer comes from in a few words, and in full."""
    short = {
        "pairs": QCoreApplication.translate("chat", "비슷한 말에서 골랐어요"),
        "heard": QCoreApplication.translate("chat", "하신 말씀을 되짚었어요"),
        "generator": QCoreApplication.translate("chat", "새로 지었어요"),
        "rule": QCoreApplication.translate("chat", "정해 둔 답이에요"),
        "personal": QCoreApplication.translate("chat", "가르쳐 준 답이에요"),
    }[reply.source]
    if reply.source == "heard":
        return short, QCoreApplication.translate(
            "chat", "꼭 맞는 답을 찾지 못해서, 하신 말씀을 되짚고 더 여쭤봤어요."
        )
    if reply.source == "rule":
        return short, QCoreApplication.translate("chat", "사람이 미리 써 둔 답이에요.")
    lines = [short]
    if reply.matched:
        said = QCoreApplication.translate("chat", "비슷한 말: {text}")
        lines.append(said.format(text=reply.matched))
    if reply.source != "personal":
        sure = QCoreApplication.translate("chat", "확신 {percent}")
        lines.append(sure.format(percent=f"{reply.confidence:.0%}"))
        short = f"{short} · {lines[-1]}"
        lines.append(reply.model)
    return short, "\n".join(lines)


def as_text(turns: tuple[Turn, ...]) -> str:
    """Return a conversation as plain text, one line a sentence."""
    me = QCoreApplication.translate("chat", "나")
    it = QCoreApplication.translate("chat", "마음결")
    rows: list[str] = []
    for turn in turns:
        felt = f" ({emotion_name(turn.reply.emotion)})" if turn.reply.emotion else ""
        rows += [f"{me}{felt}: {turn.said}", f"{it}: {turn.reply.text}"]
    return "\n".join(rows) + "\n"


def write(turns: tuple[Turn, ...], target: Path) -> None:
    """Write a conversation as JSON or, with another ending, as plain text.

    Raises:
        StorageError: the file cannot be written.
    """
    if target.suffix.lower() == ".json":
        save({"turns": [turn.to_dict() for turn in turns]}, target)
    else:
        files.write_whole(target, as_text(turns).encode())


# ----------------------------------------------------------------------------------------
# One bubble of the conversation: words, and in small print where they come from.

WIDEST, SHARE = 560, 0.74
"""A bubble is at most so many pixels and such a part of the conversation wide."""


class Words(QWidget):
    """A text on a rounded ground."""

    def __init__(self, text: str, ground: str, name: str) -> None:
        super().__init__()
        self._ground = ground
        self.label = Label(text, wrap=True, selectable=True)
        self.label.setObjectName(name)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(10))
        self._box.addWidget(self.label)

    def set_width(self, most: int) -> None:
        """Take no more than *most* pixels, and no more than the words need."""
        margins = self._box.contentsMargins()
        room = most - margins.left() - margins.right()
        text = self.label.text()
        metrics = self.label.fontMetrics()
        # A long text surely needs the whole width, so that it is not measured in one line.
        lines = text.split("\n") if len(text) < 400 else []
        need = max((metrics.horizontalAdvance(line) for line in lines), default=room) + 4
        width = max(theme.px(16), min(need, room))
        self.label.setFixedWidth(width)
        self.label.setFixedHeight(self.label.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.color("border" if self._ground == "surface_alt" else self._ground)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(theme.color(self._ground))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, theme.px(14), theme.px(14))


class Mark(QWidget):
    """A feeling as a small coloured dot with its name."""

    def __init__(self, emotion: str, sure: float) -> None:
        super().__init__()
        self._role = ROLES.get(emotion, "text_muted")
        self.label = Label(f"{emotion_name(emotion)} {sure:.0%}", "small")
        self.label.setObjectName("chatEmotion")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, 0, 0)
        row.addWidget(self.label)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._role))
        radius = theme.px(4)
        painter.drawEllipse(QPointF(radius + 1, self.height() / 2), radius, radius)


class Bubble(QWidget):
    """A row of the conversation; the user's stand on the right.

    Signals:
        again(), copied(), corrected(): what was clicked below the newest answer.
    """

    again = Signal()
    copied = Signal()
    corrected = Signal()

    def __init__(self, text: str, mine: bool) -> None:
        super().__init__()
        self.mine = mine
        self.words = Words(
            text, "accent_soft" if mine else "surface_alt", "chatSaid" if mine else "chatAnswer"
        )
        self._below = QHBoxLayout()
        self._below.setSpacing(theme.px(4))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        side = Qt.AlignmentFlag.AlignRight if mine else Qt.AlignmentFlag.AlignLeft
        column.addWidget(self.words, 0, side)
        column.addLayout(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        if mine:
            row.addStretch(1)
        row.addLayout(column)
        if not mine:
            row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._tools: list[IconButton] = []
        self._felt = False
        theme.notifier().changed.connect(self._fit)

    def show_emotion(self, emotion: str, sure: float) -> None:
        """Show the feeling that was read in the user's words, once."""
        if self._felt:
            return
        self._felt = True
        self._below.addStretch(1)
        self._below.addWidget(Mark(emotion, sure))

    def show_source(self, reply: Reply) -> None:
        """Say where the answer comes from; the rest as a tip."""
        short, tip = source_text(reply)
        label = Label(short, "small")
        label.setObjectName("chatSource")
        label.setContentsMargins(theme.px(6), 0, theme.px(6), 0)
        self._below.addWidget(label)
        label.setToolTip(tip)
        self.words.setToolTip(tip)

    def show_tools(self, more: bool) -> None:
        """Offer another answer (if there is one: *more*), copying and correcting."""
        for name, icon, text, signal in (
            ("chatAgain", "refresh", self.tr("다르게 답해 줘"), self.again),
            ("chatCopy", "copy", self.tr("복사"), self.copied),
            ("chatCorrect", "edit", self.tr("이렇게 답해 줘…"), self.corrected),
        ):
            button = IconButton(icon, text)
            button.setObjectName(name)
            button.clicked.connect(signal)
            self._tools.append(button)
            self._below.addWidget(button)
            if name == "chatAgain" and not more:
                button.hide()
        self._below.addStretch(1)

    def set_ready(self, on: bool) -> None:
        """Let the tools be pressed, or not."""
        for button in self._tools:
            button.setEnabled(on)

    def hide_tools(self) -> None:
        """Take the tools away: a newer answer has them."""
        for button in self._tools:
            button.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words their width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.words.set_width(min(theme.px(WIDEST), int(self.width() * SHARE)))


class Typing(QWidget):
    """Three dots that breathe while an answer is being found."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chatTyping")
        self.setAccessibleName(self.tr("답을 찾는 중이에요."))
        self.setFixedHeight(theme.px(36))
        self._step = 0
        self._timer = QTimer(self, interval=220)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def set_active(self, on: bool) -> None:
        """Show and move, or hide and rest."""
        self.setVisible(on)
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots on a small bubble."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface_alt"))
        height = self.height() - 1
        painter.drawRoundedRect(QRectF(0.5, 0.5, theme.px(64), height), height / 2, height / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in range(3):
            painter.setBrush(theme.color("text_faint", 1.0 if dot == self._step else 0.4))
            centre = QPointF(theme.px(19 + 13 * dot), self.height() / 2)
            painter.drawEllipse(centre, theme.px(4), theme.px(4))

    def _tick(self) -> None:
        self._step = (self._step + 1) % 3
        self.update()


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
