"""Jobs: one function in one thread, with progress, cancel and exactly one ending."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from desktop.workers.post import Callback, deliver
from desktop.workers.threads import Threads
from engine.errors import Message
from engine.jobs import Cancelled, Progress

log = logging.getLogger(__name__)
T = TypeVar("T")


class JobHandle:
    """A job that was started: ``running``, ``cancel()``."""

    def __init__(self) -> None:
        self.progress = Progress(self._report)
        self._on_report: Callable[[float | None, Message | None], None] | None = None
        self._ended = threading.Event()

    @property
    def running(self) -> bool:
        """Whether the job's function has not returned yet."""
        return not self._ended.is_set()

    @property
    def cancel_asked(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self.progress.cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next report; its result is dropped in any case."""
        self.progress.cancel()

    def _report(self, fraction: float | None, message: Message | None) -> None:
        if self._on_report is not None:
            self._on_report(fraction, message)


def start(
    threads: Threads,
    job: Callable[[Progress], T],
    *,
    done: Callable[[T], object] | None,
    failed: Callable[[Exception], object] | None,
    progress: Callable[[float | None, str], object] | None,
    cancelled: Callable[[], object] | None,
    owner: QObject | None,
    language: str,
) -> JobHandle:
    """Run *job*; see :meth:`desktop.workers.Workers.run`."""
    handle = JobHandle()

    def report(fraction: float | None, message: Message | None) -> None:
        text = message.text(language) if message else ""

        def tell() -> None:
            if not handle.cancel_asked:
                deliver(progress, owner, fraction, text)

        threads.post(tell)

    def work() -> None:
        ending = _run(job, handle.progress, done, failed, cancelled)
        handle._ended.set()

        def end() -> None:
            callback, args = (cancelled, ()) if handle.cancel_asked else ending
            deliver(callback, owner, *args)

        threads.post(end)

    if progress is not None:
        handle._on_report = report
    if threads.spawn(work, "job", handle.cancel) is None:
        handle.cancel()
        handle._ended.set()
    return handle


def _run(
    job: Callable[[Progress], T],
    progress: Progress,
    done: Callback | None,
    failed: Callback | None,
    cancelled: Callback | None,
) -> tuple[Callback | None, tuple[object, ...]]:
    """Run the job and return what to call with what."""
    try:
        progress.raise_if_cancelled()
        return done, (job(progress),)
    except Cancelled:
        return cancelled, ()
    except Exception as error:
        if failed is None:
            log.error("a job failed", exc_info=error)
        return failed, (error,)
