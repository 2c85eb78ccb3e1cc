"""Threads, all of them: jobs, "only the newest" runners, and live streams.

Nothing else in the window starts a thread. Every callback runs on the UI thread, and
none after :meth:`Workers.shutdown`, after its handle was cancelled or stopped, or after
the widget that it belongs to is gone (the widget is found from a bound method, from a
lambda's closure, or given as ``owner=``). After shutdown nothing is started any more.

A job with progress and cancel::

    handle = context.workers.run(
        lambda progress: reviews.predict_many(texts, progress),
        done=self._show, failed=self._fail, progress=self._bar.set_progress,
        cancelled=self._bar.finish, owner=self, language=context.language,
    )
    handle.cancel(); handle.running

Live typing or drawing, where only the newest input matters::

    self._live = context.workers.latest(reviews.predict)
    self._live.ready.connect(self._show)       # or latest(fn, done=…, failed=…)
    self._live.failed.connect(self._fail)
    self._live.submit(text)

A camera or video (the source is iterated in a capture thread and paces itself; frames
that arrive while one is analysed replace each other; ``finish`` runs last, in the
analysis thread)::

    self._stream = context.workers.stream(
        lambda: FrameSource(0), reader.read, self._show, self._fail, self._ended,
        owner=self, finish=reader.close,
    )
    self._stream.stop()

A source is iterable (frames) or has ``read() -> frame | None``; ``close()`` is called in
the capture thread when it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from desktop.workers import jobs, stream
from desktop.workers.jobs import JobHandle, Threads, deliver, on_ui_thread
from desktop.workers.latest import LatestRunner
from desktop.workers.stream import StreamHandle
from engine.core.jobs import Progress

__all__ = ["JobHandle", "LatestRunner", "StreamHandle", "Workers", "on_ui_thread"]

T = TypeVar("T")


class Workers:
    """Starts and stops everything that runs beside the UI thread. Make it on that thread."""

    def __init__(self) -> None:
        self._threads = Threads()

    @property
    def busy(self) -> bool:
        """Whether any job or stream is running."""
        return self._threads.busy

    @property
    def closed(self) -> bool:
        """Whether :meth:`shutdown` was called."""
        return self._threads.closed

    def run(
        self,
        job: Callable[[Progress], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[float | None, str], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        owner: QObject | None = None,
        language: str = "ko",
    ) -> JobHandle:
        """Run *job* in a thread; exactly one of done, failed, cancelled is called at its end.

        *progress* gets the fraction (0..1 or None) and the sentence in *language*. After
        :meth:`shutdown` the job is not started and none of them is called.
        """
        return jobs.start(
            self._threads,
            job,
            done=done,
            failed=failed,
            progress=progress,
            cancelled=cancelled,
            owner=owner,
            language=language,
        )

    def latest(
        self,
        function: Callable[..., T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> LatestRunner[T]:
        """Return a runner that keeps only the newest submission; see the module's example."""
        runner = LatestRunner(self._threads, function)
        if done is not None:
            runner.ready.connect(lambda value: deliver(done, None, value))
        if failed is not None:
            runner.failed.connect(lambda error: deliver(failed, None, error))
        return runner

    def stream(
        self,
        source_factory: Callable[[], Any],
        analyse: Callable[[Any], T],
        on_frame: Callable[[T], object],
        on_error: Callable[[Exception], object],
        on_end: Callable[[], object] | None = None,
        *,
        owner: QObject | None = None,
        finish: Callable[[], object] | None = None,
    ) -> StreamHandle:
        """Capture in one thread, analyse the newest frame in another; see the module's example.

        The next frame is analysed only after the last result was shown, so a slow window
        never piles up work. *on_end* is called when the source has no more frames, not
        after ``stop()`` or an error.
        """
        return stream.start(
            self._threads, source_factory, analyse, on_frame, on_error, on_end, owner, finish
        )

    def shutdown(self, seconds: float = 2.0) -> bool:
        """Cancel and stop everything, wait up to *seconds*; return whether all has ended."""
        return self._threads.shutdown(seconds)
