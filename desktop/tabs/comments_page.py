"""The cards of the comments tab and where they lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.comments_answer import AnswerCard
from desktop.tabs.comments_detect import DetectPopup
from desktop.tabs.comments_export import Exporter
from desktop.tabs.comments_flow import AlbumFlow
from desktop.tabs.comments_labels import LabelsCard
from desktop.tabs.comments_own import OwnCard
from desktop.tabs.comments_photo import PhotoCard
from desktop.tabs.comments_strip import AlbumModel
from desktop.widgets.buttons import Button
from desktop.widgets.page import NARROW, Page
from engine.comments.album import Entry

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
