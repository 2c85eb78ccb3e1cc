"""Live streams: one thread captures, another analyses the newest frame only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject

from desktop.workers.jobs import Callback, Threads, deliver


class StreamHandle:
    """A running capture and analysis: ``running``, ``stop()``."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._ready = threading.Condition()
        self._frame: Any = None
        self._has_frame = False
        self._source_done = False
        self._source_error: Exception | None = None
        self._shown = threading.Event()
        self._shown.set()

    @property
    def running(self) -> bool:
        """Whether the capture or the analysis still runs."""
        return any(thread.is_alive() for thread in self._threads)

    def stop(self, wait_seconds: float = 0.0) -> bool:
        """Ask both threads to end; wait up to *wait_seconds*; return whether they have."""
        self._stopped.set()
        self._shown.set()
        with self._ready:
            self._ready.notify_all()
        deadline = time.monotonic() + wait_seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not self.running

    def _put(self, frame: object) -> None:
        with self._ready:
            self._frame, self._has_frame = frame, True
            self._ready.notify_all()

    def _end_of_source(self, error: Exception | None) -> None:
        with self._ready:
            self._source_done, self._source_error = True, error
            self._ready.notify_all()

    def _take(self) -> tuple[bool, Any]:
        """Wait for the newest frame; (False, None) when there will be no more."""
        with self._ready:
            self._ready.wait_for(
                lambda: self._has_frame or self._source_done or self._stopped.is_set()
            )
            if self._stopped.is_set() or not self._has_frame:
                return False, None
            frame, self._frame, self._has_frame = self._frame, None, False
            return True, frame


def start(  # noqa: C901 - the closures of one camera thread
    threads: Threads,
    source_factory: Callable[[], Any],
    analyse: Callable[[Any], Any],
    on_frame: Callback,
    on_error: Callback,
    on_end: Callback | None,
    owner: QObject | None,
    finish: Callable[[], object] | None,
) -> StreamHandle:
    """Capture and analyse; see :meth:`desktop.workers.Workers.stream`."""
    handle = StreamHandle()

    def tell(callback: Callback | None, *args: object) -> None:
        def call() -> None:
            handle._shown.set()
            if not handle._stopped.is_set():
                deliver(callback, owner, *args)

        threads.post(call)

    def fail(error: Exception) -> None:
        def call() -> None:
            if not handle._stopped.is_set():
                handle.stop()
                deliver(on_error, owner, error)

        threads.post(call)

    def capture() -> None:
        source: Any = None
        wrong: Exception | None = None
        try:
            source = source_factory()
            for frame in _frames(source):
                if handle._stopped.is_set():
                    break
                handle._put(frame)
        except Exception as error:
            wrong = error
        finally:
            if hasattr(source, "close"):
                source.close()
            handle._end_of_source(wrong)

    def examine() -> None:
        try:
            while (taken := handle._take())[0]:
                result = analyse(taken[1])
                handle._shown.clear()
                if handle._stopped.is_set():  # stop() may have set it before it was cleared
                    return
                tell(on_frame, result)
                if not _wait_until_shown(handle, threads):
                    return
            if handle._source_error is not None:  # told after the last frame, which is kept
                raise handle._source_error
            tell(on_end)
        except Exception as error:
            fail(error)
        finally:
            if finish is not None:
                finish()

    started = (
        threads.spawn(capture, "capture", handle.stop),
        threads.spawn(examine, "analysis", handle.stop),
    )
    handle._threads = [thread for thread in started if thread is not None]
    return handle


def _wait_until_shown(handle: StreamHandle, threads: Threads) -> bool:
    """Wait for the window to show the last result; whether to go on."""
    while not handle._shown.wait(0.5):
        if threads.closed:
            return False
    return not handle._stopped.is_set()


def _frames(source: Any) -> Iterator[Any]:
    """Yield the frames of an iterable source, or of one with ``read()``."""
    if hasattr(source, "__iter__"):
        yield from source
        return
    while (frame := source.read()) is not None:
        yield frame
