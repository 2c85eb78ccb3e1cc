"""Where a text is written: the box, its length, and examples to click.

Use::

    self.write = WriteCard("review", self.tr("리뷰"), self.tr("리뷰를 써 보세요."), EXAMPLES)
    self.write.edited.connect(self._read)         # str, at every change
    self.write.replaced.connect(self._settle)     # before another text takes the place of one
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QSize, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from desktop import theme
from desktop import theme as palette
from desktop.widgets.buttons import ChipRow, IconButton
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine.text.normalize import MAX_CHARACTERS

MAX_HEIGHT = 260
"""Longer texts scroll, in pixels before zoom."""


class Span(Protocol):
    """A stretch of characters; weight > 0 speaks for the first side."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def weight(self) -> float: ...


class HighlightedText(QTextEdit):
    """Read-only, selectable text with tinted spans; its height follows the text.

    *sides* are the colour roles of weights above and below 0.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        sides: tuple[str, str] = ("positive", "negative"),
    ) -> None:
        super().__init__(parent)
        self._sides = sides
        self._spans: list[tuple[int, int, float]] = []
        self._given = self._text = ""
        self._marks: tuple[Span, ...] = ()
        self.setReadOnly(True)
        self.setProperty("role", "display")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    @property
    def spans(self) -> list[tuple[int, int, float]]:
        """The tinted spans: start and end in characters, weight."""
        return list(self._spans)

    def set_text(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Show *text* with its *spans*."""
        self._given, self._marks = text, tuple(spans)
        self._spans = [(span.start, span.end, float(span.weight)) for span in spans]
        # Qt takes \r\n for one break: keep as many characters as the spans count.
        self._text = text.replace("\r\n", " \n").replace("\r", "\n")
        self.setPlainText(self._text)
        self._tint()
        if self._spans:
            self._look_at(min(self._spans)[0])

    def go_on(self, text: str) -> None:
        """Show *text* with the tints of what it has in common with the former one's beginning."""
        pairs = enumerate(zip(self._given, text, strict=False))
        same = next((at for at, (a, b) in pairs if a != b), min(len(self._given), len(text)))
        self.set_text(text, [mark for mark in self._marks if mark.end <= same])

    def clear(self) -> None:
        """Show nothing."""
        self.set_text("")

    def sizeHint(self) -> QSize:
        """Return the height of the text, up to a bound."""
        height = int(self.document().size().height()) + 4
        return QSize(theme.px(300), min(max(height, theme.px(24)), theme.px(MAX_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Never be narrower than a few words."""
        return QSize(theme.px(120), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Tint again in the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._spans:
            self._tint()

    def _look_at(self, position: int) -> None:
        """Scroll a long text until a character is well inside."""
        cursor = self.textCursor()
        cursor.setPosition(_units(self._text, position))
        self.setTextCursor(cursor)
        third = self.viewport().height() // 3
        top = self.cursorRect().top()
        if not 0 <= top <= 2 * third:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - third)

    def _tint(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        strongest = max((abs(weight) for _, _, weight in self._spans), default=0.0) or 1.0
        for start, end, weight in sorted(self._spans, key=lambda span: abs(span[2])):
            shape = QTextCharFormat()
            role = self._sides[weight < 0]
            shape.setBackground(_tone(role, abs(weight) / strongest))
            shape.setToolTip(f"{weight:+.2f}")
            cursor.setPosition(_units(self._text, start))
            cursor.setPosition(_units(self._text, end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(shape)


def _tone(role: str, strength: float) -> QColor:
    """Return the tint: the soft ground of *role*, stronger towards the deciding words."""
    soft, full = theme.color(palette.ground(role)), theme.color(role)
    part = 0.25 * strength
    return QColor.fromRgbF(
        soft.redF() + (full.redF() - soft.redF()) * part,
        soft.greenF() + (full.greenF() - soft.greenF()) * part,
        soft.blueF() + (full.blueF() - soft.blueF()) * part,
    )


def _units(text: str, position: int) -> int:
    """Return a position in characters as one in Qt's UTF-16 units."""
    return len(text[:position].encode("utf-16-le")) // 2


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
