"""Writing a video whose faces are hidden, a moment late."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import StorageError
from engine.faces.mosaic import Mosaic, Outline, hide
from engine.images import Bgr

LATE = 6
"""Frames that wait, so that a face is hidden some frames before it is first found."""

LATE_BYTES = 256_000_000
"""So much may wait; frames of 8K wait less long."""


@dataclass(frozen=True, eq=False)
class _Waiting:
    image: Bgr
    shapes: list[Outline]
    copies: int


class Late:
    """Hides and writes frames ``LATE`` frames after they came.

    Who walks into the picture is found only when enough of the face can be seen; the frames
    before that are hidden at the same place.

    Args:
        first: a frame, for the size.
    """

    def __init__(self, writer: Writer, mosaic: Mosaic, first: Bgr) -> None:
        self.writer = writer
        self._mosaic = mosaic
        self._room = min(LATE, int(LATE_BYTES // first.nbytes))
        self._queue: deque[_Waiting] = deque()

    def add(
        self, image: Bgr, shapes: Sequence[Outline], fresh: Sequence[Outline], copies: int
    ) -> None:
        """Take a frame, what to hide in it, and what of that to hide before it too."""
        for waiting in self._queue:
            waiting.shapes.extend(fresh)
        self._queue.append(_Waiting(image, list(shapes), copies))
        while len(self._queue) > self._room:
            self._write()

    def flush(self) -> None:
        """Write all that waits."""
        while self._queue:
            self._write()

    def _write(self) -> None:
        frame = self._queue.popleft()
        self.writer.write(hide(frame.image, frame.shapes, self._mosaic), frame.copies)


class Writer:
    """OpenCV's writer, which says nothing when it fails."""

    def __init__(self, path: Path, rate: float, first: Bgr) -> None:
        import cv2

        self._path = path
        self._size = (first.shape[1] // 2 * 2 or 2, first.shape[0] // 2 * 2 or 2)
        code = cv2.VideoWriter.fourcc(*("MJPG" if path.suffix.lower() == ".avi" else "mp4v"))
        self._writer = cv2.VideoWriter(str(path), code, rate, self._size)
        if not self._writer.isOpened():
            raise _cannot_write(path)

    def write(self, image: Bgr, copies: int) -> None:
        """Write a frame; one of another size, from a source that changes it, is scaled."""
        import cv2

        if (image.shape[1], image.shape[0]) != self._size:
            image = np.asarray(cv2.resize(image, self._size), dtype=np.uint8)
        for _ in range(copies):
            self._writer.write(image)

    def close(self) -> None:
        """Finish the file."""
        self._writer.release()

    def check(self) -> None:
        """Raise StorageError if nothing came to lie on the disk."""
        if not self._path.is_file() or self._path.stat().st_size < 100:
            raise _cannot_write(self._path)


def _cannot_write(path: Path) -> StorageError:
    return StorageError(
        "영상을 저장할 수 없어요. 폴더의 권한과 남은 공간을 확인해 주세요.",
        f"Cannot write a video to {path.parent}. Check its permissions and the free space.",
    )
