"""Where the next sentence is written, or the answer that the program shall learn."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, ChipRow
from desktop.widgets.labels import ElidedLabel

SHOWN = 26
"""Letters of another answer on its chip; the tip has them all."""


class ChatInput(QWidget):
    """A line and a button; above them other answers, or what an answer is taught to.

    Signals:
        sent(str): a sentence to answer.
        taught(str): the answer that is wanted.
        chosen(str): one of the other answers.
    """

    sent = Signal(str)
    taught = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._teaching = False
        self.line = QLineEdit()
        self.line.setObjectName("chatInput")
        self.line.setMaxLength(200_000)
        self.line.setAccessibleName(self.tr("할 말"))
        self.line.setMinimumHeight(theme.px(44))
        # returnPressed comes after an input method has put its syllable into the line.
        self.line.returnPressed.connect(self.send)
        self.line.textChanged.connect(lambda: self._show_ready())
        self.button = Button(self.tr("보내기"), "send", role="primary")
        self.button.setObjectName("chatSend")
        self.button.setMinimumHeight(theme.px(30))
        self.button.clicked.connect(self.send)
        self.about = ElidedLabel(role="muted")
        self.stop = Button(self.tr("그만두기"), role="quiet")
        self.stop.setObjectName("chatTeachStop")
        self.stop.clicked.connect(lambda: self.teach(""))
        self.others = ChipRow()
        self.others.setObjectName("chatOthers")
        self._ready = True
        self._lay_out()
        self.teach("")
        self._show_ready()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.about, 1)
        head.addWidget(self.stop)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.others)
        column.addLayout(head)
        column.addLayout(row)

    def teach(self, said: str) -> None:
        """Ask for the answer to *said*; "" asks for the next sentence again."""
        self._teaching = bool(said)
        self.about.setVisible(self._teaching)
        self.stop.setVisible(self._teaching)
        self.others.setVisible(not self._teaching and bool(self.others.texts()))
        if self._teaching:
            about = self.tr("“{text}”에 앞으로 어떻게 답할까요?")
            self.about.setText(about.format(text=" ".join(said[:200].split())))
            self.line.setPlaceholderText(self.tr("바라는 답을 써 주세요"))
            self.button.setText(self.tr("가르치기"))
        else:
            self.line.setPlaceholderText(self.tr("하고 싶은 말을 쓰고 Enter를 눌러 주세요"))
            self.button.setText(self.tr("보내기"))
        self.line.setFocus()

    def show_others(self, answers: tuple[str, ...]) -> None:
        """Offer other answers."""
        self.others.set_chips([])
        for answer in answers:
            short = answer if len(answer) <= SHOWN else f"{answer[: SHOWN - 1]}…"
            chip = self.others.add_chip(short, checkable=False)
            chip.setToolTip(answer)
            chip.clicked.connect(lambda checked=False, text=answer: self.chosen.emit(text))
        self.others.setVisible(bool(answers) and not self._teaching)

    def set_ready(self, on: bool) -> None:
        """Allow sending, or wait for the answer; writing goes on meanwhile."""
        self._ready = on
        self.others.setEnabled(on)
        self._show_ready()

    def send(self) -> None:
        """Hand over what is written."""
        text = self.line.text()
        if not text.strip() or not self._ready:
            return
        self.line.clear()
        if self._teaching:
            self.teach("")
            self.taught.emit(text)
        else:
            self.sent.emit(text)

    def _show_ready(self) -> None:
        self.button.setEnabled(self._ready and bool(self.line.text().strip()))
