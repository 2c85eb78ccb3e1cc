"""Long work as plain callables that report progress and can be cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.core.errors import Message

ReportHook = Callable[[float | None, Message | None], None]


class Cancelled(Exception):  # noqa: N818 - a request obeyed, not an error
    """Raised inside a job after the user has asked it to stop."""


class Progress:
    """What a job is handed: it reports here and asks whether to go on.

    Thread-safe: the job runs in one thread, ``cancel`` may come from another.
    """

    def __init__(self, on_report: ReportHook | None = None) -> None:
        self._on_report = on_report
        self._cancelled = threading.Event()
        self._span = (0.0, 1.0)

    def report(self, fraction: float | None, message: Message | None = None) -> None:
        """Report *fraction* done in 0..1 (``None``: unknown) and what is being done.

        Raises:
            Cancelled: after :meth:`cancel`.
        """
        self.raise_if_cancelled()
        if self._on_report is None:
            return
        if fraction is not None:
            low, high = self._span
            fraction = low + (high - low) * min(max(fraction, 0.0), 1.0)
        self._on_report(fraction, message)

    def part(self, start: float, end: float) -> Progress:
        """Return a view of this progress whose 0..1 fills *start*..*end* of it."""
        view = Progress(self._on_report)
        view._cancelled = self._cancelled
        low, high = self._span
        view._span = (low + (high - low) * start, low + (high - low) * end)
        return view

    def cancel(self) -> None:
        """Ask the job to stop at its next report."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._cancelled.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` if a stop was asked for."""
        if self._cancelled.is_set():
            raise Cancelled
