"""Text whose deciding words are tinted: towards positive green, towards negative red.

Use::

    shown = HighlightedText()
    shown.set_text(result.text, result.evidence)      # anything with start, end, weight
    shown.go_on(text)             # while its words are weighed: what is unchanged stays tinted
    shown.clear()
    HighlightedText(sides=("accent", "text_muted"))   # for and against, not good and bad

``start`` and ``end`` count characters of the Python string; emoji and other characters
outside the basic plane, which Qt counts as two, are taken care of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop import palette, theme

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
