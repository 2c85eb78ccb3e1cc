"""Where a text is written: the box, its length, and examples to click.

Use::

    self.write = WriteCard("review", self.tr("리뷰"), self.tr("리뷰를 써 보세요."), EXAMPLES)
    self.write.edited.connect(self._read)         # str, at every change
    self.write.replaced.connect(self._begin_anew) # before another text is put into the box
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop import theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card
from desktop.widgets.chips import ChipRow
from desktop.widgets.labels import Label
from engine.text import MAX_CHARACTERS


class WriteCard(Card):
    """``edited(str)`` at every change; ``replaced()`` when the text is another one.

    Its box is called *name*Input, its examples *name*Examples.
    """

    edited = Signal(str)
    replaced = Signal()

    def __init__(self, name: str, title: str, hint: str, examples: Sequence[str]) -> None:
        super().__init__()
        self.set_title(title)
        self.box = QPlainTextEdit()
        self.box.setObjectName(f"{name}Input")
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(title)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(theme.px(112))
        self.box.textChanged.connect(self._changed)
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
        text = self.text()
        self._show_length(text)
        self.edited.emit(text)

    def _show_length(self, text: str) -> None:
        self._clear.setEnabled(bool(text))
        self._length.setText(
            self.tr("{n} / {most}자").format(n=f"{len(text):,}", most=f"{MAX_CHARACTERS:,}")
        )
