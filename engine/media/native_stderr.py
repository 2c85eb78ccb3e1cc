"""Keeps the native libraries' chatter off the terminal, and in the log."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import threading
from collections.abc import Iterator

log = logging.getLogger(__name__)
_lock = threading.Lock()


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what native code writes to the process's standard error to the debug log.

    MediaPipe and OpenCV greet on file descriptor 2 whatever their log settings say.
    Without such a descriptor (a windowed program) nothing is done.
    """
    with _lock:
        try:
            kept = os.dup(2)
        except OSError:
            yield
            return
        with tempfile.TemporaryFile() as store:
            os.dup2(store.fileno(), 2)
            try:
                yield
            finally:
                os.dup2(kept, 2)
                os.close(kept)
                store.seek(0)
                text = store.read().decode("utf-8", "replace").strip()
    if text:
        log.debug("native output: %s", text)
