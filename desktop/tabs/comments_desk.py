"""What happens to the labels and comments of the photo at the front."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.context import AppContext
from desktop.tabs.comments_page import NO_PHOTO, CommentsPage
from engine.comments import CommentResult, album_export
from engine.comments import write as write_comments
from engine.comments.album import Entry
from engine.comments.tone import Style


class CommentsDesk(CommentsPage):
    """Writes anew when labels or tone change; what is chosen is copied, kept and learnt."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._shown: dict[tuple[Path, tuple[str, ...], Style], tuple[str, ...]] = {}
        self._writer = context.workers.latest(_compose, self._written, self._not_written)
        picture, labels, answer, own = self.picture, self.labels, self.answer, self.own
        picture.picked.connect(labels.toggle)
        picture.hovered.connect(labels.set_hot)
        labels.changed.connect(self._labels_changed)
        labels.hovered.connect(picture.set_hot)
        answer.wanted.connect(self._write)
        answer.copied.connect(self._copied)
        answer.taken.connect(self._taken)
        answer.tags.changed.connect(lambda: own.set_hashtags(" ".join(answer.tags.on())))
        answer.taste.trouble.connect(self.show_error)
        answer.taste.forgotten.connect(self._write)
        own.taken.connect(self._own_taken)

    def stop_writing(self) -> None:
        """Forget what is being written."""
        self._writer.cancel()

    def _labels_changed(self) -> None:
        self.put(replace(self.entry, labels=self.labels.labels()))
        self.picture.set_used(self.labels.labels())
        self._write()

    def _write(self) -> None:
        if self.entry.state in ("waiting", "looking") or self.entry == NO_PHOTO:
            return
        self.answer.wait()
        style = self.answer.sound.style_asked()
        now = self.entry.written.comments if self.entry.written is not None else ()
        shown = self._shown.get((self.entry.path, self.entry.labels, style), ())
        self._writer.submit(self.flow.front, self.entry, style, (*shown, *now))

    def _written(self, answer: tuple[int, Entry, Style, tuple[str, ...], CommentResult]) -> None:
        row, asked, style, shown, result = answer
        if row == self.flow.front and self.entry.path == asked.path:
            before = () if result.repeated else shown  # when all were seen, they begin anew
            self._shown[asked.path, asked.labels, style] = (*before, *result.comments)
            self.put(replace(self.entry, written=result, chosen=None, own=False, reason=None))
            self.show_comments()

    def _not_written(self, error: Exception) -> None:
        self.show_comments()
        self.show_error(error)

    def _copied(self, text: str) -> None:
        self.message.emit(self.tr("댓글을 복사했어요."))
        self.remember(text, self.entry)

    def _taken(self, index: int, edited: str | None) -> None:
        written = self.entry.written
        if written is not None:
            self._choose(edited or written.comments[index], own=False)
            self.answer.taste.learn(written.labels, written.comments, index, edited)

    def _own_taken(self, text: str) -> None:
        self._choose(text, own=True)
        self.answer.list.set_chosen(None)
        written = self.entry.written
        if written is not None:
            self.answer.taste.learn(written.labels, written.comments, None, text)

    def _choose(self, text: str, own: bool) -> None:
        self.put(replace(self.entry, chosen=text, own=own))
        self.show_state()
        self.message.emit(self.tr("이 댓글을 복사하고 골랐어요."))
        self.remember(text, self.entry)

    def remember(self, comment: str, entry: Entry) -> None:
        """Put a comment into the history."""
        self.context.remember("comments", comment, album_export.to_dict(entry))


def _compose(
    row: int, entry: Entry, style: Style, shown: tuple[str, ...]
) -> tuple[int, Entry, Style, tuple[str, ...], CommentResult]:
    found = entry.photo.counts if entry.photo is not None else {}
    counts = {name: number for name, number in found.items() if name in entry.labels}
    result = write_comments(entry.labels, style=style, counts=counts, shown=shown)
    return row, entry, style, shown, result
