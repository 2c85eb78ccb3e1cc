"""Items made in a thread of their own while those before are at work."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")

ROOM = 3
"""So many items may wait: frames are large."""


class _End:
    def __init__(self, error: Exception | None) -> None:
        self.error = error


class Ahead(Generic[T]):
    """Iterates over *items* a few steps ahead; what they raise is raised here, in its turn.

    A context: leaving it stops the thread, also where not everything was taken::

        with Ahead(frames) as taken:
            for frame in taken: …
    """

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self._queue: queue.Queue[T | _End] = queue.Queue(ROOM)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._fill, name="ahead", daemon=True)

    def __enter__(self) -> Ahead[T]:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        while self._thread.is_alive():
            try:
                self._queue.get(timeout=0.05)
            except queue.Empty:
                continue
        self._thread.join()

    def __iter__(self) -> Iterator[T]:
        while True:
            item = self._queue.get()
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item

    def _fill(self) -> None:
        error: Exception | None = None
        try:
            for item in self._items:
                if self._stop.is_set():
                    return
                self._queue.put(item)
        except Exception as raised:
            error = raised
        self._queue.put(_End(error))
