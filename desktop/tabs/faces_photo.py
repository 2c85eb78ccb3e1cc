"""Reading one photo at a time in a worker, with the page's progress bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.context import AppContext
from desktop.tabs.faces_shot import Shot
from desktop.widgets.job_bar import JobBar
from desktop.workers import JobHandle
from engine.errors import Message
from engine.faces import FaceReader
from engine.images import Bgr, read_image
from engine.jobs import Progress

READING = Message("사진을 읽는 중…", "Reading the photo…")
LOOKING = Message("얼굴을 찾는 중…", "Looking for faces…")
LOOKING_MORE = Message("작고 돌아간 얼굴까지 찾는 중…", "Looking for small and turned faces too…")


class PhotoJob(QObject):
    """Runs the reading of the newest photo; an older one is cancelled.

    Signals:
        begun(): a photo is about to be read.
        done(str, Shot): the photo's name and what was read.
        note(str): after that, why a face has no landmarks, or that there is none.
        failed(Exception): why it could not be read.
    """

    begun = Signal()
    done = Signal(str, object)
    note = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext, bar: JobBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._job: JobHandle | None = None

    def read(self, path: Path, use_rules: bool) -> None:
        """Read the faces of an image file."""
        self._start(path.name, lambda progress: read_photo(path, use_rules, progress))

    def again(self, name: str, image: Bgr, use_rules: bool, more: bool) -> None:
        """Read a picture that is in memory; *more*: with the second look in any case."""
        self._start(name, lambda progress: read_again(image, use_rules, progress, more=more))

    def warm_up(self) -> None:
        """Load the models before the first photo."""
        self._context.workers.run(
            lambda progress: FaceReader().close(), failed=self.failed.emit, owner=self
        )

    def stop(self) -> None:
        """Cancel what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._bar.finish()

    def _start(self, name: str, work: Callable[[Progress], Shot]) -> None:
        self.begun.emit()
        self.stop()
        self._job = self._context.workers.run(
            work,
            done=lambda shot: self._end(name, shot),
            failed=self._fail,
            progress=self._bar.set_progress,
            cancelled=self._bar.finish,
            owner=self,
            language=self._context.language,
        )
        self._bar.start(self.tr("얼굴을 찾는 중…"), self._job.cancel)

    def _end(self, name: str, shot: Shot) -> None:
        self._bar.finish()
        self.done.emit(name, shot)
        unread = shot.result.faces_without_landmarks
        if unread:
            reasons = dict.fromkeys(self._context.say(face.reason) for face in unread)
            self.note.emit(" ".join(reasons))
        elif not shot.result.faces:
            self.note.emit(
                self.tr("얼굴을 찾지 못했어요. 얼굴이 더 크고 정면을 보는 사진을 써 보세요.")
            )

    def _fail(self, error: Exception) -> None:
        self._bar.finish()
        self.failed.emit(error)


def read_photo(path: Path, use_rules: bool, progress: Progress) -> Shot:
    """Read the faces of an image file."""
    progress.report(None, READING)
    return read_again(read_image(path), use_rules, progress)


def read_again(image: Bgr, use_rules: bool, progress: Progress, more: bool = False) -> Shot:
    """Read the faces of a picture that is in memory; *more*: look twice in any case."""
    progress.report(None, LOOKING_MORE if more else LOOKING)
    with FaceReader(use_rules=use_rules) as reader:
        progress.raise_if_cancelled()
        result = reader.read(image, second_look=more or None)
    return Shot(image, result)
