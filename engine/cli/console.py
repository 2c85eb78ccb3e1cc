"""The one way to read from and write to a console, a pipe or a redirected file.

Whatever code page the system gives them, nothing that is written ends a command: what the page
lacks is written as an escape, and JSON stays JSON. What is read is decoded line by line.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from engine.core.jobs import Progress

if TYPE_CHECKING:
    from engine.tables import Row


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


STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""

BROKEN_PIPE = 141
"""Exit status when the reader, `head` say, has had enough, as shells have it."""

_CANNOT_WRITE = (errno.ENOSPC, errno.EIO, errno.EDQUOT if hasattr(errno, "EDQUOT") else -1)


def run(command: Callable[[Sequence[str]], int | None], arguments: Sequence[str]) -> int:
    """Run a command with streams that can write everything; return its exit status.

    0: all was done; 1: an input or the command failed, or the output could not be written;
    2: a bad command line; ``STOPPED``; ``BROKEN_PIPE``.
    """
    prepare()
    try:
        status = int(command(arguments) or 0)
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk or a closed pipe shows here at the latest
    except KeyboardInterrupt:
        _say("stopped")
        return STOPPED
    except BrokenPipeError:
        _discard_output()
        return BROKEN_PIPE
    except OSError as error:
        if error.filename is not None or error.errno not in _CANNOT_WRITE:
            raise
        _discard_output()
        _say(f"the output cannot be written: {error.strerror}. Free some space and try again.")
        return 1
    return status


def prepare() -> None:
    """Let both output streams write what their encoding lacks as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_json(value: Any, *, flush: bool = False) -> None:
    """Print *value* as one line of JSON, with what standard output cannot encode escaped."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value)
    print(line, flush=flush)


def lines() -> Iterator[Row]:
    """Yield the lines of standard input as rows of one cell, like those of a .txt file.

    Bytes that are no text are replaced, and the row's flags say so.
    """
    from engine.tables import read

    if sys.stdin is None:  # a window's program has none
        return
    binary = getattr(sys.stdin, "buffer", None)
    if binary is not None:
        korean = "cp949" if _is_korean_page(sys.stdin.encoding) else "utf-8"
        yield from read.lines_of(binary, korean)
    else:
        yield from read.lines_of(io.BytesIO(sys.stdin.read().encode("utf-8", "replace")), "utf-8")


def _is_korean_page(encoding: str | None) -> bool:
    try:
        return codecs.lookup(encoding or "").name in ("cp949", "euc_kr", "johab")
    except LookupError:
        return False


def _discard_output() -> None:
    """Send what is still buffered nowhere, so that the end of the program does not fail on it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # no real stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        print(f"maumgyeol: {sentence}", file=sys.stderr)
