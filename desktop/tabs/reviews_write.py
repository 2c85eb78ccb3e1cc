"""Where a review is written: the text box, its examples and its length."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop import theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card
from desktop.widgets.chips import ChipRow
from desktop.widgets.labels import Label
from engine.text import MAX_CHARACTERS

EXAMPLES = (
    "배우들 연기는 훌륭했지만 이야기가 지루했어요",
    "두 번 봐도 감동적인 영화, 강력 추천!",
    "돈이 아깝다. 시간도 아깝다.",
    "별로 나쁘지 않다",
)


class WriteCard(Card):
    """``edited(str)`` at every change; ``replaced()`` when the text is another one."""

    edited = Signal(str)
    replaced = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("리뷰"))
        self.box = QPlainTextEdit()
        self.box.setObjectName("reviewInput")
        self.box.setPlaceholderText(
            self.tr("영화나 물건의 리뷰를 써 보세요. 쓰는 동안 바로 읽어요.")
        )
        self.box.setAccessibleName(self.tr("리뷰"))
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(theme.px(112))
        self.box.textChanged.connect(self._changed)
        self._clear = IconButton("close", self.tr("지우기"))
        self._clear.clicked.connect(lambda: self.set_text(""))
        self.header.addWidget(self._clear)
        self._length = Label(role="small")
        self.examples = ChipRow()
        self.examples.setObjectName("reviewExamples")
        self.examples.set_chips(EXAMPLES, checkable=False)
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
