"""SNS 댓글: photos in, boxes and labels, three comments each to choose from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.comments.answer import AnswerCard
from desktop.tabs.comments.detect import DetectPopup
from desktop.tabs.comments.export import Exporter
from desktop.tabs.comments.filmstrip import AlbumModel
from desktop.tabs.comments.flow import AlbumFlow
from desktop.tabs.comments.labels import LabelsCard
from desktop.tabs.comments.own import OwnCard
from desktop.tabs.comments.photo import PhotoCard
from desktop.widgets.buttons import Button
from desktop.widgets.page import NARROW, Page
from engine.comments import CommentResult, album, pipeline
from engine.comments import album as album_export
from engine.comments import album as album_memory
from engine.comments import write as write_comments
from engine.comments.album import Entry
from engine.comments.tone.tone import Style
from engine.core.errors import InputError
from engine.core.library import HistoryRow
from engine.media.images import SUFFIXES, Picture

NO_PHOTO = Entry(Path(), "done")


class CommentsPage(Page):
    """Photo and album on the left; labels, comments and an own one on the right."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("SNS 댓글"), self.tr("사진을 놓으면 표정과 사물을 보고 댓글을 세 가지 써요.")
        )
        self.album = AlbumModel(self)
        self.loose = NO_PHOTO  # labels without a photo, and their comments
        self.flow = AlbumFlow(context, self.album, self.job_bar, self)
        self.picture = PhotoCard(context, self.album)
        self.labels = LabelsCard(context.language)
        self.answer = AnswerCard(context)
        self.own = OwnCard(context)
        self._drafts: dict[Path, str] = {}
        self._drafted = NO_PHOTO
        self.detect = DetectPopup(context, self)
        self.exporter = Exporter(context, self.banner, self.job_bar, self)
        self._build_tools()
        self._left, right = self.columns(3, 2)
        self._left.addWidget(self.picture)
        self._left.addStretch(1)
        for card in (self.labels, self.answer, self.own):
            right.addWidget(card)
        right.addStretch(1)
        self.scroller.installEventFilter(self)
        self.scroller.verticalScrollBar().valueChanged.connect(self._follow)

    def _build_tools(self) -> None:
        opened = Button(self.tr("사진 열기"), "open")
        opened.setObjectName("commentOpen")
        opened.clicked.connect(lambda: self.picture.choose())
        sought = Button(self.tr("찾기 설정"), "search")
        sought.setObjectName("commentDetectOpen")
        sought.clicked.connect(lambda: self.detect.open_below(sought))
        for button in (opened, sought, self.exporter.one, self.exporter.more):
            self.tools.addWidget(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the photo as much height as can be seen at once."""
        if watched is self.scroller and event.type() == QEvent.Type.Resize:
            margins = self.body.contentsMargins()
            room = self.scroller.height() - margins.top() - margins.bottom()
            self.picture.setFixedHeight(max(room, theme.px(360)))
            self._follow(self.scroller.verticalScrollBar().value())
        return super().eventFilter(watched, event)

    def _follow(self, scrolled: int) -> None:
        """Keep the photo in view while the cards beside it are scrolled."""
        beside = self.width() >= theme.px(NARROW)
        self._left.setContentsMargins(0, scrolled if beside else 0, 0, 0)

    @property
    def entry(self) -> Entry:
        """The photo at the front, or the labels without one."""
        return self.album.entry(self.flow.front) if self.flow.front >= 0 else self.loose

    def put(self, entry: Entry) -> None:
        """Replace the entry at the front."""
        if self.flow.front >= 0:
            self.album.put(self.flow.front, entry)
        else:
            self.loose = entry

    def show_entry(self) -> None:
        """Show labels, boxes and comments of the entry at the front."""
        entry = self.entry
        self._show_draft(entry)
        self.picture.show_result(entry.photo)
        found = entry.photo.labels if entry.photo is not None else ()
        self.labels.show_labels((*found, *entry.labels), entry.labels)
        self.picture.set_used(entry.labels)
        self.show_comments()

    def _show_draft(self, entry: Entry) -> None:
        """Show the own comment that was begun for an entry; one begun for none is for the next."""
        before, self._drafted = self._drafted, entry
        if entry.path != before.path and before != NO_PHOTO:
            self._drafts[before.path] = self.own.box.toPlainText()
            self.own.box.setPlainText(self._drafts.get(entry.path, ""))

    def drafts(self) -> tuple[dict[Path, str], Entry, str]:
        """Return the own comments that were begun, and what stands in the box for which entry."""
        return dict(self._drafts), self._drafted, self.own.box.toPlainText()

    def restore_drafts(self, drafts: tuple[dict[Path, str], Entry, str]) -> None:
        """Take over the own comments of another page."""
        self._drafts, self._drafted, text = drafts
        self.own.box.setPlainText(text)

    def show_comments(self) -> None:
        """Show the comments of the entry at the front."""
        entry = self.entry
        found = entry.photo.left_out if entry.photo is not None else ()
        refused = entry.written.left_out if entry.written is not None else ()
        self.labels.show_left_out((*found, *refused), self.context.say)
        self.answer.show_entry(entry)
        self.show_state()

    def show_state(self) -> None:
        """Show what can be saved."""
        self.exporter.show_state(
            self.album.entries, self.entry, self.picture.image, self.picture.found
        )


# ----------------------------------------------------------------------------------------
# What happens to the labels and comments of the photo at the front.


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


class CommentsTab(CommentsDesk):
    """What happens to photos; the engine decides, the cards paint."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._viewer = context.workers.latest(_view, self._viewed, self._not_viewed)
        self._connect()

    def _connect(self) -> None:
        picture, flow = self.picture, self.flow
        picture.dropped.connect(self.open_paths)
        picture.emptied.connect(self.empty)
        picture.strip.selected.connect(self._show_row)
        flow.entered.connect(self._entered)
        flow.pictured.connect(self._pictured)
        flow.ended.connect(self._ended)
        flow.stopped.connect(self._offer_rest)
        flow.broke.connect(self._broke)
        self.exporter.said.connect(self.message)
        self.detect.changed.connect(self._look_again)
        self.answer.sound.changed.connect(self._offer_style)

    # Photos

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a photo, or is a folder."""
        return path.suffix.lower() in SUFFIXES or path.is_dir()

    def open_paths(self, paths: list[Path]) -> None:
        """Add photos, and those in folders, to the album; the first comes to the front."""
        self.banner.clear()
        try:
            photos, rest = album.collect(paths)
        except InputError as error:
            self.show_error(error)
            return
        if not photos:
            self.banner.show_info(self.tr("이 폴더에는 사진이 없어요."))
            return
        rows = self.album.add(photos)
        self._bring(rows[0])
        if rest:
            text = self.tr("한 번에 {most}장까지 볼 수 있어서 {n}장은 넣지 않았어요.")
            self.banner.show_warning(text.format(most=album.MOST, n=len(rest)))
        self._go_on()

    def empty(self) -> None:
        """Forget all photos."""
        self.shutdown()
        self.banner.clear()
        self.flow.front, self.loose = -1, NO_PHOTO
        self.album.clear()
        self.picture.show_nothing()
        self.show_entry()

    def _go_on(self) -> None:
        self.flow.start(self.answer.sound.style_asked(), self.detect.options)

    def _bring(self, row: int) -> None:
        """Bring a photo to the front, even if it is there."""
        self.flow.front = -1
        self.picture.strip.show_row(row)
        self._show_row(row)

    def _show_row(self, row: int) -> None:
        if row == self.flow.front:
            return
        self.flow.front = row
        entry, waiting = self.entry, self.album.waiting()
        self.banner.clear()
        self.stop_writing()
        self.picture.show_image(None)
        self.show_entry()
        self._say(entry)
        if self.flow.running or (row, entry.path) not in waiting[:1]:
            self._viewer.submit(row, entry.path)

    def _entered(self, row: int) -> None:
        entry = self.album.entry(row)
        if entry.state == "done" and entry.written is not None:
            self.remember(entry.written.comments[0], entry)
        if row == self.flow.front and entry.state in ("done", "failed"):
            self.show_entry()
            self._say(entry)
        else:
            self.show_state()

    def _say(self, entry: Entry) -> None:
        """Tell what there is to know of the photo at the front."""
        if entry.state == "failed" and entry.reason is not None:
            reason = self.context.say(entry.reason)
            self.banner.show_error(reason)
            if entry.thumbnail is None:
                self.picture.show_failed(entry.path.name, reason)
            return
        warnings = entry.photo.warnings if entry.photo is not None else ()
        said = [*warnings, *entry.notes, *([entry.reason] if entry.reason else [])]
        lines = [self.context.say(message) for message in said]
        if entry.photo is not None and not entry.photo.labels:
            lines.insert(0, self._nothing(entry))
        text = " ".join(lines)
        if text:
            show = self.banner.show_warning if warnings else self.banner.show_info
            show(text)

    def _nothing(self, entry: Entry) -> str:
        if entry.empty:
            return self.tr(
                "사진에서 아무것도 찾지 못해 두루 어울리는 댓글을 썼어요. "
                "라벨을 직접 더하면 그에 맞게 써요."
            )
        return self.tr(
            "사진에서 쓸 만한 표정이나 사물을 찾지 못했어요. 라벨을 직접 더하면 그에 맞게 써요."
        )

    def _pictured(self, row: int, picture: Picture) -> None:
        if row == self.flow.front:
            self.picture.show_image(picture.pixels)
            self.show_state()

    def _viewed(self, viewed: tuple[int, Path, Picture]) -> None:
        row, path, picture = viewed
        if row == self.flow.front and self.entry.path == path:
            self._pictured(row, picture)

    def _not_viewed(self, error: Exception) -> None:
        entry = self.entry
        if entry.state != "failed":
            text = self.context.error_text(error)
            self.picture.show_failed(entry.path.name, text)
            self.picture.show_result(entry.photo)

    def _ended(self, failed: int) -> None:
        if failed and self.album.rowCount() > 1:
            text = self.tr(
                "사진 {n}장은 읽지 못했어요. 띠에서 빨간 이름을 눌러 까닭을 볼 수 있어요."
            )
            self.banner.show_warning(text.format(n=failed))

    def _offer_rest(self) -> None:
        self.show_state()
        left = len(self.album.waiting())
        if left:
            text = self.tr("멈췄어요. 사진 {n}장이 남았어요.").format(n=left)
            self.banner.show_info(text, self.tr("이어서 보기"), self._go_on)

    def _broke(self, error: Exception) -> None:
        self.show_error(error)
        if self.flow.front >= 0:
            self._viewer.submit(self.flow.front, self.entry.path)

    def _look_again(self) -> None:
        """Look at the front's photo with other settings; offer the same for the others."""
        front = self.flow.front
        if front < 0:
            return
        others = [e.path for e in self.album.entries if e.state == "done" and e is not self.entry]
        self.open_paths([self.entry.path])
        if others:
            text = self.tr("찾기 설정을 바꿨어요. 다른 사진 {n}장은 이전 설정의 결과예요.")
            self.banner.show_info(
                text.format(n=len(others)),
                self.tr("모두 다시 보기"),
                lambda: self._look_at(others),
            )

    def _offer_style(self) -> None:
        """After another tone for the front's photo, offer it for the others."""
        others = sum(e.photo is not None and e is not self.entry for e in self.album.entries)
        if others and not self.flow.running:
            text = self.tr("이 사진의 댓글을 새 말투로 써요. 다른 사진은 {n}장이에요.")
            self.banner.show_info(text.format(n=others), self.tr("모두 다시 쓰기"), self._write_all)

    def _write_all(self) -> None:
        self.flow.rewrite(self.answer.sound.style_asked(), self.detect.options)

    def _look_at(self, paths: list[Path]) -> None:
        self.album.add(paths)
        self._go_on()

    # The window's calls

    def warm_up(self) -> None:
        """Load detector and writer before the first photo."""
        self.context.workers.run(
            lambda progress: pipeline.warm_up(), failed=self.show_error, owner=self
        )

    def save_result(self) -> None:
        """Save the annotated photo as PNG and all that was found and written as JSON."""
        if not self.exporter.save_one():
            super().save_result()

    def show_history(self, row: HistoryRow) -> None:
        """Bring back a photo's answers; the picture too, if its file is still there."""
        try:
            entry = album_memory.from_dict(row.payload)
        except InputError as error:
            self.show_error(error)
            return
        if entry.photo is None:
            self.flow.front, self.loose = -1, entry
            self.picture.show_nothing()
            self.show_entry()
            return
        at = self.album.add([entry.path])[0]
        self.album.put(at, entry)
        self._bring(at)

    def state(self) -> object:
        """Return the album, the photo at the front, and the own comments."""
        entries = [
            replace(entry, state="waiting") if entry.state == "looking" else entry
            for entry in self.album.entries
        ]
        return entries, self.flow.front, self.loose, self.drafts()

    def restore(self, state: Any) -> None:
        """Show what another tab showed, and look at the photos that still wait."""
        entries, front, self.loose, drafts = state
        self.restore_drafts(drafts)
        for row, entry in zip(self.album.add([e.path for e in entries]), entries, strict=True):
            self.album.put(row, entry)
        if front >= 0:
            self._bring(front)
        elif self.loose != NO_PHOTO:
            self.show_entry()
        self._go_on()

    def shutdown(self) -> None:
        """Stop looking and writing."""
        self.flow.stop()
        self.exporter.stop()
        self.stop_writing()
        self._viewer.cancel()
        self.own.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the album with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.album.rowCount() > 1:
            self.picture.strip.step(step)
        else:
            super().keyPressEvent(event)


def _view(row: int, path: Path) -> tuple[int, Path, Picture]:
    return row, path, album.read(path)
