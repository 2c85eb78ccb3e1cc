"""The job that looks at an album's photos: what it tells is put into the model as it comes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.app.context import AppContext
from desktop.tabs.comments.filmstrip import AlbumModel
from desktop.widgets.notices import JobBar
from desktop.workers import JobHandle
from engine.comments import PhotoResult, album, write
from engine.comments.album import Entry
from engine.comments.detect.objects import Detection
from engine.comments.result import CommentResult
from engine.comments.tone.tone import Style
from engine.core.jobs import Progress
from engine.media.images import Picture

News = deque[tuple[int, Entry | Picture]]


class AlbumFlow(QObject):
    """Works on the photos that wait.

    Signals:
        entered(int): the entry of this row is another.
        pictured(int, object): the front row's picture was read.
        ended(int): none waits any more; so many of them failed.
        stopped(): the user stopped it.
        broke(object): the exception that ended it.
    """

    entered = Signal(int)
    pictured = Signal(int, object)
    ended = Signal(int)
    stopped = Signal()
    broke = Signal(object)

    def __init__(
        self, context: AppContext, model: AlbumModel, bar: JobBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._model, self._bar = context, model, bar
        self._job: JobHandle | None = None
        self._news = News()
        self._again: Callable[[], None] = lambda: None
        self.front = -1

    @property
    def running(self) -> bool:
        """Whether photos are being looked at."""
        return self._job is not None

    def start(self, style: Style, options: Callable[[], Detection]) -> None:
        """Look at all that wait; while it runs, those that come are taken afterwards."""
        photos = self._model.waiting()
        if self._job is not None or not photos:
            return
        news = self._news = News()

        def keep(row: int, picture: Picture) -> None:
            if row == self.front:
                news.append((row, picture))

        def work(progress: Progress) -> int:
            return album.run(
                photos,
                _writer(style),
                options(),
                progress=progress,
                on_entry=lambda row, entry: news.append((row, entry)),
                on_picture=keep,
            )

        self._again = lambda: self.start(style, options)
        self._launch(work, self.tr("사진을 여는 중…"))

    def rewrite(self, style: Style, options: Callable[[], Detection]) -> None:
        """Write the comments of every photo anew, then look at those that came meanwhile."""
        entries = [(row, entry) for row, entry in enumerate(self._model.entries) if entry.photo]
        if self._job is not None or not entries:
            return
        news = self._news = News()

        def work(progress: Progress) -> int:
            return album.rewrite(
                entries,
                _writer(style),
                progress=progress,
                on_entry=lambda row, entry: news.append((row, entry)),
            )

        self._again = lambda: self.start(style, options)
        self._launch(work, self.tr("댓글을 다시 쓰는 중…"))

    def _launch(self, work: Callable[[Progress], int], text: str) -> None:
        self._job = self._context.workers.run(
            work,
            done=self._ended,
            failed=self._broke,
            progress=self._progress,
            cancelled=self._stopped,
            owner=self,
            language=self._context.language,
        )
        self._bar.start(text, self._job.cancel)

    def stop(self) -> None:
        """Give up; what it still tells is not heard."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._news = News()
        self._bar.finish()

    def _progress(self, fraction: float | None, text: str) -> None:
        self._bar.set_progress(fraction, text)
        self._hear()

    def _hear(self) -> None:
        while self._news:
            row, news = self._news.popleft()
            if isinstance(news, Picture):
                self.pictured.emit(row, news)
            else:
                self._model.put(row, news)
                self.entered.emit(row)

    def _close(self) -> None:
        self._hear()
        self._job = None
        self._bar.finish()

    def _ended(self, failed: int) -> None:
        self._close()
        if self._model.waiting():
            self._again()
        else:
            self.ended.emit(failed)

    def _broke(self, error: Exception) -> None:
        self._close()
        self.broke.emit(error)

    def _stopped(self) -> None:
        if self._job is not None and self._job.cancel_asked:
            self._close()
            self.stopped.emit()


def _writer(style: Style) -> album.Write:
    def comments(found: PhotoResult, labels: tuple[str, ...]) -> CommentResult:
        counts = {name: number for name, number in found.counts.items() if name in labels}
        return write(labels, style=style, counts=counts)

    return comments
