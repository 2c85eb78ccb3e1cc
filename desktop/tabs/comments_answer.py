"""The card of the comments: how they are to sound, the three, their hashtags, what was learnt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.tabs.comments_cards import CommentList
from desktop.tabs.comments_style import Hashtags, StyleBar
from desktop.tabs.comments_taste import TasteLine
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Label
from engine.comments.album import Entry
from engine.comments.labels import mentions, shown


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
