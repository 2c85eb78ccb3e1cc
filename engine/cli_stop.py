"""Ctrl-C in long commands: the first one cancels, the second one ends the program."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

from engine.jobs import Progress


@contextlib.contextmanager
def stopping(progress: Progress) -> Iterator[None]:
    """Let the first Ctrl-C cancel *progress*; the handler before is put back at the end."""

    def stop(number: int, frame: Any) -> None:
        progress.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
