"""Videos beside a session: keeping a live one, and looking at any time of one."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import numpy as np

from engine.errors import CameraError, Message, StorageError
from engine.faces.mosaic_writer import Writer
from engine.faces.source import FrameSource, open_capture
from engine.images import Bgr

RATE = 15.0
"""Frames a second of a kept video."""

SIDE = 1280
"""Longer side in pixels that larger frames are scaled down to."""

RESERVE = 300_000_000
"""Bytes that a kept video leaves free on the disk."""

FULL = Message(
    "디스크에 남은 공간이 적어서 영상 저장을 멈췄어요. 수치 기록은 계속돼요.",
    "The disk is almost full, so the video is no longer kept. The measurements go on.",
)

AHEAD_MS = 1500.0
"""So far ahead it is quicker to read on than to jump."""


class KeptVideo:
    """Writes the pictures of a live session at an even rate, in Matroska: a file that is cut
    off, because the program was killed, can be played up to there.

    Attributes:
        trouble: why it has stopped before the end.
    """

    def __init__(self, path: Path, reserve: int = RESERVE) -> None:
        self.path = path
        self.trouble: Message | None = None
        self._reserve = reserve
        self._writer: Writer | None = None
        self._written = 0

    def add(self, image: Bgr, ms: int) -> None:
        """Write the picture (H, W, 3) of that time from the start, as often as it is due."""
        copies = int(ms / 1000 * RATE) + 1 - self._written
        if copies <= 0 or self.trouble is not None:
            return
        try:
            if self._written % 64 == 0 and not self._room():
                self.trouble = FULL
                self.close()
                return
            small = shrunk(image, SIDE)
            if self._writer is None:
                self._writer = Writer(self.path, RATE, small)
            self._writer.write(small, copies)
        except StorageError as error:
            self.trouble = error.message
        self._written += copies

    def close(self) -> None:
        """Finish the file; safe to call twice."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _room(self) -> bool:
        try:
            return shutil.disk_usage(self.path.parent).free >= self._reserve
        except OSError:
            return False


class Scrubber:
    """Shows any moment of a video file; one thread at a time.

    Raises:
        CameraError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        with FrameSource(path) as first:  # says what is wrong with a file
            first.read()
        self._name = path.name
        self._capture = open_capture(os.path.abspath(path))
        self._first: float | None = None
        self._last: tuple[float, Bgr] | None = None

    def at(self, seconds: float, side: int = SIDE) -> Bgr:
        """Return the picture (H, W, 3) of that time, scaled down to *side* pixels.

        Raises:
            CameraError: it cannot be read, or the scrubber is closed.
        """
        import cv2

        wanted = max(seconds, 0.0) * 1000
        if self._first is None:
            self._read()
        shown = self._last[0] if self._last else -1.0
        if not shown <= wanted <= shown + AHEAD_MS:
            self._capture.set(cv2.CAP_PROP_POS_MSEC, wanted)
            self._last = None
        while (self._last is None or self._last[0] < wanted) and self._read():
            continue
        if self._last is None:
            raise CameraError(
                f"영상의 이 부분을 읽을 수 없어요: {self._name}",
                f"This part of the video {self._name} cannot be read.",
            )
        return shrunk(self._last[1], side)

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        self._capture.release()

    def _read(self) -> bool:
        import cv2

        good, image = self._capture.read()
        if not good or image is None or not image.size:
            return False
        now = max(float(self._capture.get(cv2.CAP_PROP_POS_MSEC)), 0.0)
        if self._first is None:
            self._first = now
        self._last = (now - self._first, np.asarray(image, dtype=np.uint8))
        return True


def shrunk(image: Bgr, side: int) -> Bgr:
    """Return *image* (H, W, 3) with its longer side not above *side* pixels."""
    scale = side / max(image.shape[:2])
    if scale >= 1:
        return image
    import cv2

    return np.asarray(
        cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def forget(path: Path) -> None:
    """Delete a kept video of which nothing is worth keeping."""
    with contextlib.suppress(OSError):  # the session's own deletion says what is wrong
        path.unlink(missing_ok=True)
