"""The one long job of a page: shown in its job bar, cancelled there or by the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine.jobs import Progress

T = TypeVar("T")


class PageJob(QObject):
    """Starts a job after the one before it was cancelled; *failed* gets what goes wrong."""

    def __init__(self, page: Page, failed: Callable[[Exception], object]) -> None:
        super().__init__(page)
        self._page, self._failed = page, failed
        self._handle: JobHandle | None = None

    def start(self, job: Callable[[Progress], T], done: Callable[[T], object], text: str) -> None:
        """Run *job* under the sentence *text*."""
        self.cancel()
        page = self._page
        page.banner.clear()
        handle = page.context.workers.run(
            job,
            done=lambda value: self._ended(handle, lambda: done(value)),
            failed=lambda error: self._ended(handle, lambda: self._failed(error)),
            progress=page.job_bar.set_progress,
            cancelled=lambda: self._ended(handle, self._cancelled),
            owner=page,
            language=page.context.language,
        )
        self._handle = handle
        page.job_bar.start(text, handle.cancel)

    def cancel(self) -> None:
        """Ask the running job to stop."""
        if self._handle is not None:
            self._handle.cancel()

    def _ended(self, handle: JobHandle, call: Callable[[], object]) -> None:
        if handle is self._handle:
            self._handle = None
            self._page.job_bar.finish()
            call()

    def _cancelled(self) -> None:
        self._page.message.emit(self.tr("멈췄어요."))
