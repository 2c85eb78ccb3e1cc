"""Jobs: one function in one thread, with progress, cancel and exactly one ending."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot
from shiboken6 import isValid

from engine.core.errors import Message
from engine.core.jobs import Cancelled, Progress

Callback = Callable[..., object]


class Post(QObject):
    """Runs callables on the UI thread, in which it must be made; silent once closed."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.open = True
        self._posted.connect(self._run)

    def __call__(self, call: Callable[[], object]) -> None:
        """Queue *call* for the UI thread; may be called from any thread."""
        if self.open and isValid(self):
            self._posted.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], object]) -> None:
        if self.open:
            call()


def deliver(callback: Callback | None, owner: QObject | None, *args: object) -> None:
    """Call back unless the widget behind it is gone; runs on the UI thread."""
    if callback is None:
        return
    objects = _owners(callback) + ([owner] if owner is not None else [])
    if all(isValid(item) for item in objects):
        callback(*args)


def on_ui_thread() -> bool:
    """Whether the caller runs on the thread of the window."""
    app = QCoreApplication.instance()
    return app is not None and QThread.currentThread() == app.thread()


def _owners(callback: Callback) -> list[QObject]:
    """Return the Qt objects that *callback* would touch: its ``self`` and its closure."""
    inner = getattr(callback, "func", callback)
    found = [getattr(inner, "__self__", None)]
    for cell in getattr(inner, "__closure__", None) or ():
        try:
            found.append(cell.cell_contents)
        except ValueError:  # a cell that is not filled yet
            continue
    return [item for item in found if isinstance(item, QObject)]


# ----------------------------------------------------------------------------------------
# The threads themselves: started, counted, and stopped together at the end.

log = logging.getLogger(__name__)


class Threads:
    """Every running thread with the call that asks it to stop. Make it on the UI thread."""

    def __init__(self) -> None:
        self.closed = False
        self.post = Post()
        self._lock = threading.Lock()
        self._stops: dict[threading.Thread, Callable[[], object]] = {}

    @property
    def busy(self) -> bool:
        """Whether any thread is running."""
        with self._lock:
            return any(thread.is_alive() for thread in self._stops)

    def spawn(
        self, work: Callable[[], None], name: str, stop: Callable[[], object]
    ) -> threading.Thread | None:
        """Start *work* in a thread and return it, or ``None`` after :meth:`shutdown`.

        *stop* is what :meth:`shutdown` calls to ask this thread to end.
        """

        def body() -> None:
            try:
                work()
            except Exception as error:
                log.error("a worker thread failed", exc_info=error)
            finally:
                with self._lock:
                    self._stops.pop(threading.current_thread(), None)

        # Daemon: a job inside a long C call must not keep the process alive after the window.
        thread = threading.Thread(target=body, name=f"maumgyeol-{name}", daemon=True)
        with self._lock:
            if self.closed:
                return None
            self._stops[thread] = stop
            thread.start()
        return thread

    def shutdown(self, seconds: float) -> bool:
        """Ask all to stop, wait up to *seconds*; return whether all have ended."""
        with self._lock:
            self.closed = True
            running = dict(self._stops)
        self.post.open = False
        for stop in running.values():
            stop()
        deadline = time.monotonic() + seconds
        for thread in running:
            thread.join(max(0.0, deadline - time.monotonic()))
        left = [thread.name for thread in running if thread.is_alive()]
        if left:
            log.warning("still running after %.1f s: %s", seconds, ", ".join(left))
        return not left


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
