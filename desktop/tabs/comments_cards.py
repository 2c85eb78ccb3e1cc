"""The comments to choose from, each in a panel of its own with a copy button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import Label

COPIED_MS = 1600


class CommentPanel(QFrame):
    """One comment: text, the labels that it names, copy; ``copied(str)`` after the press."""

    copied = Signal(str)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"commentPanel{number}")
        self._text = Label(wrap=True, selectable=True)
        self._text.setObjectName(f"commentText{number}")
        self._text.setMinimumWidth(theme.px(280))  # what the page's least height is reckoned at
        self._note = Label(role="small")
        self._note.setObjectName(f"commentNote{number}")
        self._named = ""
        self.copy = IconButton("copy", self.tr("댓글 복사"))
        self.copy.setObjectName(f"commentCopy{number}")
        self.copy.clicked.connect(self._copy)
        self._reset = QTimer(self)
        self._reset.setSingleShot(True)
        self._reset.timeout.connect(self._show_named)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(self._text)
        words.addWidget(self._note)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(12), theme.px(8), theme.px(10))
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self._style()
        theme.notifier().changed.connect(self._style)

    @property
    def text(self) -> str:
        """The comment."""
        return self._text.text()

    def show_comment(self, text: str, named: Sequence[str]) -> None:
        """Show a comment and which labels it names."""
        self._text.setText(text)
        self._named = " · ".join(named)
        self._show_named()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)
        self.copy.set_icon("check")
        self._note.setText(self.tr("복사했어요"))
        self._reset.start(COPIED_MS)
        self.copied.emit(self.text)

    def _show_named(self) -> None:
        self._reset.stop()
        self.copy.set_icon("copy")
        self._note.setText(self._named or " ")

    def _style(self) -> None:
        name = self.objectName()
        self.setStyleSheet(
            f"#{name} {{ background: {theme.css('surface_alt')};"
            f" border: 1px solid {theme.css('border')}; border-radius: {theme.px(12)}px; }}"
        )
        self._text.setStyleSheet(f"font-size: {theme.px(15)}px;")


class CommentList(QWidget):
    """Up to three comments under one another; ``copied(str)``."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.panels = [CommentPanel(number) for number in range(1, 4)]
        for panel in self.panels:
            panel.copied.connect(self.copied)
            panel.hide()
            column.addWidget(panel)

    def show_comments(self, comments: Sequence[str], named: Sequence[Sequence[str]]) -> None:
        """Show these comments; *named* tells of each which labels it names."""
        for index, panel in enumerate(self.panels):
            there = index < len(comments)
            if there:
                panel.show_comment(comments[index], named[index])
            panel.setVisible(there)

    def comments(self) -> list[str]:
        """Return the comments that are shown."""
        return [panel.text for panel in self.panels if not panel.isHidden()]
