"""The card of the comments: how they are to sound, the three, their hashtags, what was learnt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.comments.style import Hashtags, StyleBar, TasteLine
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card
from engine.comments.album import Entry
from engine.comments.labels import mentions, shown

COPIED_MS = 1600


class CommentPanel(QFrame):
    """One comment.

    Signals:
        copied(str): the text, with hashtags, is in the clipboard.
        taken(): "이 댓글 쓰기" was pressed.
    """

    copied = Signal(str)
    taken = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"commentPanel{number}")
        self._written = self._named = self._tags = ""
        self._chosen = False
        self._text = Label(wrap=True, selectable=True)
        self._text.setObjectName(f"commentText{number}")
        self._text.setMinimumWidth(theme.px(230))  # what the page's least height is reckoned at
        self._box = QPlainTextEdit()
        self._box.setObjectName(f"commentBox{number}")
        self._box.setAccessibleName(self.tr("댓글 고치기"))
        self._box.setTabChangesFocus(True)
        self._box.setFixedHeight(theme.px(84))
        self._box.hide()
        self._hashtags = Label(role="small", wrap=True)
        self._note = Label(role="small")
        self._note.setObjectName(f"commentNote{number}")
        self.edit = IconButton("edit", self.tr("댓글 고치기"), checkable=True)
        self.edit.setObjectName(f"commentEdit{number}")
        self.edit.toggled.connect(self._edit)
        self.copy = IconButton("copy", self.tr("댓글 복사"))
        self.copy.setObjectName(f"commentCopy{number}")
        self.copy.clicked.connect(self._copy)
        self.take = Button(self.tr("이 댓글 쓰기"), role="quiet")
        self.take.setObjectName(f"commentTake{number}")
        self.take.setToolTip(self.tr("복사하고, 이런 댓글을 앞에 두도록 배워요"))
        self.take.clicked.connect(self._take)
        self._reset = QTimer(self)
        self._reset.setSingleShot(True)
        self._reset.timeout.connect(self._show_named)
        self._lay_out()
        self._style()
        theme.notifier().changed.connect(self._style)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(2))
        foot.addWidget(self._note, 1)
        for button in (self.edit, self.copy, self.take):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        for widget in (self._text, self._box, self._hashtags):
            column.addWidget(widget)
        column.addLayout(foot)
        self._hashtags.hide()

    @property
    def text(self) -> str:
        """The comment as it stands, edited or not, without hashtags."""
        return self._box.toPlainText().strip() if self.edit.isChecked() else self._text.text()

    @property
    def edited(self) -> str | None:
        """The comment if it differs from what was written, else None."""
        return self.text if self.text != self._written else None

    def show_comment(self, text: str, named: Sequence[str], now: str | None = None) -> None:
        """Show a comment, which labels it names, and what the user has made of it (*now*)."""
        self.edit.setChecked(False)
        self._written = text
        self._text.setText(now or text)
        self._named = " · ".join(named)
        self._show_named()

    def set_hashtags(self, tags: Sequence[str]) -> None:
        """Show the hashtags that are put behind the comment."""
        self._tags = " ".join(tags)
        self._hashtags.setText(self._tags)
        self._hashtags.setVisible(bool(tags))

    def set_chosen(self, chosen: bool) -> None:
        """Show whether this is the comment that was taken."""
        self._chosen = chosen
        self.take.setText(self.tr("골랐어요") if chosen else self.tr("이 댓글 쓰기"))
        self._style()

    def _copy(self) -> None:
        text = with_tags(self.text, self._tags)
        QApplication.clipboard().setText(text)
        self.copy.set_icon("check")
        self._note.setText(self.tr("복사했어요"))
        self._reset.start(COPIED_MS)
        self.copied.emit(text)

    def _take(self) -> None:
        self.edit.setChecked(False)
        if self.text:
            QApplication.clipboard().setText(with_tags(self.text, self._tags))
            self.taken.emit()

    def _edit(self, on: bool) -> None:
        if on:
            self._box.setPlainText(self._text.text())
            self._box.setFocus()
        else:
            self._text.setText(self._box.toPlainText().strip() or self._written)
        self._box.setVisible(on)
        self._text.setVisible(not on)
        self.edit.set_icon("check" if on else "edit")
        self._show_named()

    def _show_named(self) -> None:
        self._reset.stop()
        self.copy.set_icon("copy")
        edited = self.tr("고쳤어요") if self.edited and not self.edit.isChecked() else ""
        self._note.setText(edited or self._named or " ")

    def _style(self) -> None:
        name = self.objectName()
        edge = f"2px solid {theme.css('accent')}" if self._chosen else f"1px solid {_edge()}"
        self.setStyleSheet(
            f"#{name} {{ background: {theme.css('surface_alt')};"
            f" border: {edge}; border-radius: {theme.px(12)}px; }}"
        )
        self._text.setStyleSheet(f"font-size: {theme.px(15)}px;")
        self._hashtags.setStyleSheet(f"color: {theme.css('accent')};")


class CommentList(QWidget):
    """Up to three comments under one another; ``copied(str)``, ``taken(int)``."""

    copied = Signal(str)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.panels = [CommentPanel(number) for number in range(1, 4)]
        for index, panel in enumerate(self.panels):
            panel.copied.connect(self.copied)
            panel.taken.connect(lambda at=index: self.taken.emit(at))
            panel.hide()
            column.addWidget(panel)

    def show_comments(self, comments: Sequence[str], named: Sequence[Sequence[str]]) -> None:
        """Show these comments; *named* tells of each which labels it names."""
        for index, panel in enumerate(self.panels):
            there = index < len(comments)
            if there:
                panel.show_comment(comments[index], named[index])
            panel.set_chosen(False)
            panel.setVisible(there)

    def set_hashtags(self, tags: Sequence[str]) -> None:
        """Put hashtags behind every comment."""
        for panel in self.panels:
            panel.set_hashtags(tags)

    def set_chosen(self, index: int | None) -> None:
        """Show which comment was taken."""
        for number, panel in enumerate(self.panels):
            panel.set_chosen(number == index)

    def comments(self) -> list[str]:
        """Return the comments that are shown, as they stand."""
        return [panel.text for panel in self.panels if not panel.isHidden()]


def with_tags(text: str, tags: str) -> str:
    """Return a comment with its hashtags on a line of their own."""
    return f"{text}\n{tags}" if tags else text


def _edge() -> str:
    return theme.css("border")


class AnswerCard(Card):
    """The comments.

    Signals:
        wanted(): they are to be written (again).
        copied(str): one was copied.
        taken(int, object): one was chosen; the text that it was edited to, or None.
    """

    wanted = Signal()
    copied = Signal(str)
    taken = Signal(int, object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("댓글"))
        self.again = Button(self.tr("다시 쓰기"), "refresh")
        self.again.setObjectName("commentAgain")
        self.again.clicked.connect(self.wanted)
        self.header.addWidget(self.again)
        self._language = context.language
        self.sound = StyleBar(context.settings)
        self.sound.changed.connect(self.wanted)
        self._none = EmptyState(
            "comments",
            self.tr("아직 쓴 댓글이 없어요"),
            self.tr("사진을 놓거나 라벨을 더하면 바로 써요."),
        )
        self.list = CommentList()
        self.list.copied.connect(self.copied)
        self.list.taken.connect(self._take)
        self.tags = Hashtags()
        self.tags.changed.connect(lambda: self.list.set_hashtags(self.tags.on()))
        self.taste = TasteLine(context)
        self._model = Label(role="small", wrap=True, selectable=True)
        self._model.setObjectName("commentModel")
        self.add(self.sound)
        self.add(self._none, 1)
        for widget in (self.list, self.tags, self.taste, self._model):
            self.add(widget)
        self.body.addStretch(0)
        self.clear()

    def clear(self) -> None:
        """Show no comments."""
        self.list.show_comments((), ())
        self.tags.show_tags(())
        for widget in (self.list, self._model, self.taste):
            widget.hide()
        self._none.show()
        self.again.setEnabled(False)

    def wait(self) -> None:
        """Show that comments are being written."""
        self.again.setEnabled(False)

    def show_entry(self, entry: Entry) -> None:
        """Show an entry's comments, and which of them was chosen."""
        written = entry.written
        if written is None:
            self.clear()
            return
        named = [
            [shown(x, self._language) for x in written.labels if mentions(x, text)]
            for text in written.comments
        ]
        self.list.show_comments(written.comments, named)
        if entry.chosen in written.comments:
            self.list.set_chosen(written.comments.index(entry.chosen))
        self.tags.show_tags(written.hashtags)
        self.list.set_hashtags(self.tags.on())
        model = f"{written.model} · {written.milliseconds:.0f} ms"
        if written.replaced:
            kind = self.tr("상처가 될 수 있는 후보 {n}개는 뺐어요").format(n=written.replaced)
            model = f"{model} · {kind}"
        if written.repeated:
            seen = self.tr("새로 쓸 말이 더 없어 {n}개는 다시 보여 드려요. 라벨을 더하면 더 써요")
            model = f"{model} · {seen.format(n=written.repeated)}"
        self._model.setText(model)
        self._none.hide()
        for widget in (self.list, self._model, self.taste):
            widget.show()
        self.again.setEnabled(True)

    def _take(self, index: int) -> None:
        self.list.set_chosen(index)
        self.taken.emit(index, self.list.panels[index].edited)
