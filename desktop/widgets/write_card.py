"""Where a text is written: the box, its length, and examples to click.

Use::

    self.write = WriteCard("review", self.tr("리뷰"), self.tr("리뷰를 써 보세요."), EXAMPLES)
    self.write.edited.connect(self._read)         # str, at every change
    self.write.replaced.connect(self._settle)     # before another text takes the place of one
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop import theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card
from desktop.widgets.chips import ChipRow
from desktop.widgets.labels import Label
from engine.text import MAX_CHARACTERS


class TextBox(QPlainTextEdit):
    """A box that tells, before it happens, when all of its text is pasted over."""

    pasted_over = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste."""
        chosen = self.textCursor()
        if chosen.selectionEnd() - chosen.selectionStart() >= self.document().characterCount() - 1:
            self.pasted_over.emit()
        super().insertFromMimeData(source)


class WriteCard(Card):
    """``edited(str)`` at every change; ``replaced()`` before it when the text is another one.

    Another text is one that is put into the box, pasted over the former one, or leaves less
    than half of it in one stroke.

    Its box is called *name*Input, its examples *name*Examples.
    """

    edited = Signal(str)
    replaced = Signal()

    def __init__(self, name: str, title: str, hint: str, examples: Sequence[str]) -> None:
        super().__init__()
        self.set_title(title)
        self._before = ""
        self.box = TextBox()
        self.box.setObjectName(f"{name}Input")
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(title)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(theme.px(112))
        self.box.textChanged.connect(self._changed)
        self.box.pasted_over.connect(self.replaced)
        self._clear = IconButton("close", self.tr("지우기"))
        self._clear.clicked.connect(lambda: self.set_text(""))
        self.header.addWidget(self._clear)
        self._length = Label(role="small")
        self.examples = ChipRow()
        self.examples.setObjectName(f"{name}Examples")
        self.examples.set_chips(examples, checkable=False)
        self.examples.clicked.connect(self.set_text)
        self.add(self.box)
        row = QHBoxLayout()
        row.addWidget(Label(self.tr("이런 글은 어때요?"), "small"), 1)
        row.addWidget(self._length)
        self.body.addLayout(row)
        self.add(self.examples)
        self._show_length("")

    def text(self) -> str:
        """Return what is written."""
        return self.box.toPlainText()

    def set_text(self, text: str) -> None:
        """Put another text into the box."""
        self.replaced.emit()
        self.box.setPlainText(text)
        self.box.setFocus()

    def _changed(self) -> None:
        text, before = self.text(), self._before
        self._before = text
        if len(before) > 1 and not goes_on(before, text):
            self.replaced.emit()
        self._show_length(text)
        self.edited.emit(text)

    def _show_length(self, text: str) -> None:
        self._clear.setEnabled(bool(text))
        self._length.setText(
            self.tr("{n} / {most}자").format(n=f"{len(text):,}", most=f"{MAX_CHARACTERS:,}")
        )


def goes_on(before: str, after: str) -> bool:
    """Whether *after* is *before* as it was written on: at least half of it still stands.

    >>> goes_on("정말 재미있", "정말 재미있는 영화예요"), goes_on("재미있는 영화", "돈이 아깝다")
    (True, False)
    """
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    return 2 * (head + tail) >= len(before)


def _shared(first: str, second: str) -> int:
    """Return with how many equal characters both begin; halving is fast in texts of megabytes."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
