"""One bubble of the conversation: words, and in small print where they come from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.chat_names import source_text
from desktop.tabs.emotions_names import ROLES, emotion_name
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import Label
from engine.chat import Reply

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
