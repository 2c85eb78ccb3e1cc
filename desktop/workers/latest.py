"""Only the newest: a function that runs off the UI thread on the latest arguments."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.workers.jobs import Threads

T = TypeVar("T")


class LatestRunner(QObject, Generic[T]):
    """Runs a function off the UI thread on the newest arguments only.

    Signals:
        ready(object): the result of the newest finished call.
        failed(object): the exception of a call.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, threads: Threads, function: Callable[..., T]) -> None:
        super().__init__()
        self._threads = threads
        self._function = function
        self._lock = threading.Lock()
        self._pending: tuple[tuple[Any, ...], dict[str, Any], int] | None = None
        self._busy = False
        self._generation = 0

    @property
    def busy(self) -> bool:
        """Whether a call is running or waiting."""
        return self._busy

    def submit(self, *args: object, **kwargs: object) -> None:
        """Run the function on these arguments; what was waiting before is forgotten."""
        with self._lock:
            self._pending = (args, kwargs, self._generation)
            if self._busy:
                return
            self._busy = True
        if self._threads.spawn(self._loop, "latest", self.cancel) is None:
            self._busy = False

    def cancel(self) -> None:
        """Forget what is waiting and drop the result of what is running."""
        with self._lock:
            self._pending = None
            self._generation += 1

    def _loop(self) -> None:
        while True:
            with self._lock:
                task, self._pending = self._pending, None
                if task is None:
                    self._busy = False
                    return
            args, kwargs, generation = task
            try:
                self._tell(generation, True, self._function(*args, **kwargs))
            except Exception as error:
                self._tell(generation, False, error)

    def _tell(self, generation: int, good: bool, value: object) -> None:
        def tell() -> None:
            if generation == self._generation and isValid(self):
                (self.ready if good else self.failed).emit(value)

        self._threads.post(tell)
