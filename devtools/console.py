"""What dev.py says: steps, one rewritten line of progress, and errors in both languages."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import time


class Stop(Exception):  # noqa: N818 - an answer to the person, not a bug
    """Ends dev.py with a sentence in Korean and English that says what to do."""

    def __init__(self, ko: str, en: str, status: int = 1) -> None:
        super().__init__(en)
        self.ko = ko
        self.en = en
        self.status = status

    def show(self) -> int:
        """Print both sentences to the error stream and return the exit status."""
        print(f"\ndev.py: {self.ko}\n        {self.en}", file=sys.stderr, flush=True)
        return self.status


def use_utf8() -> None:
    """Let Korean through on consoles with another encoding, replacing what they cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError):  # a stream that a caller has detached
                stream.reconfigure(errors="replace")


def step(text: str) -> None:
    """Announce one thing that dev.py does now."""
    print(f"• {text}", flush=True)


def note(text: str) -> None:
    """Print a detail below the step."""
    print(f"  {text}", flush=True)


class StatusLine:
    """One line that is rewritten on a terminal; elsewhere only important lines are printed."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._start = time.monotonic()

    def show(self, text: str, *, important: bool = False) -> None:
        """Show *text* with the seconds since the start."""
        line = f"  {time.monotonic() - self._start:4.0f} s  {text}"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{line[:width]:<{width}}", end="", flush=True)
        elif important:
            print(line, flush=True)

    def close(self) -> None:
        """Leave the line as it is and go on below it."""
        if self._live:
            print(flush=True)
