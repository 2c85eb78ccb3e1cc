"""The threads themselves: started, counted, and stopped together at the end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from desktop.workers.post import Post

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
