"""Reading one photo at a time in a worker, with the page's progress bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.context import AppContext
from desktop.tabs.faces_live import Shot
from desktop.widgets.job_bar import JobBar
from desktop.workers import JobHandle
from engine.jobs import Progress


class PhotoJob(QObject):
    """Runs the reading of the newest photo; an older one is cancelled.

    Signals:
        done(str, Shot): the photo's name and what was read.
        failed(Exception): why it could not be read.
    """

    done = Signal(str, object)
    failed = Signal(object)

    def __init__(self, context: AppContext, bar: JobBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._job: JobHandle | None = None

    def start(self, name: str, work: Callable[[Progress], Shot]) -> None:
        """Read the photo called *name* with *work*."""
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

    def stop(self) -> None:
        """Cancel what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._bar.finish()

    def _end(self, name: str, shot: Shot) -> None:
        self._bar.finish()
        self.done.emit(name, shot)

    def _fail(self, error: Exception) -> None:
        self._bar.finish()
        self.failed.emit(error)
