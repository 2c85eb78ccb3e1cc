"""Writing a video whose faces are hidden, a moment late."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import StorageError
from engine.faces.mosaic import Mosaic, Outline, hide
from engine.faces.mosaic_stream import Gap
from engine.images import Bgr

WAIT_MS = 1500
"""So long a frame waits, so that a head which is lost and seen again is hidden in between."""

LEAD_MS = 600
"""So long before a face is first found its place is hidden."""

LATE_BYTES = 256_000_000
"""So much may wait; frames of 8K wait less long."""


@dataclass(frozen=True, eq=False)
class _Waiting:
    image: Bgr
    shapes: list[Outline]
    copies: int
    milliseconds: float


class Late:
    """Hides and writes frames ``WAIT_MS`` after they came.

    Who walks into the picture is found only when enough of the face can be seen; the frames
    before that are hidden at the same place. Who is lost and seen again is hidden between both
    places.

    Args:
        first: a frame, for the size.
    """

    def __init__(self, writer: Writer, mosaic: Mosaic, first: Bgr) -> None:
        self.writer = writer
        self._mosaic = mosaic
        self._room = int(LATE_BYTES // first.nbytes)
        self._queue: deque[_Waiting] = deque()

    def add(
        self,
        image: Bgr,
        shapes: Sequence[Outline],
        copies: int,
        milliseconds: float,
        fresh: Sequence[Outline] = (),
        gaps: Sequence[Gap] = (),
    ) -> None:
        """Take a frame of a time and what to hide in it.

        Args:
            fresh: what of that to hide in the frames just before it, too.
            gaps: heads to hide in the frames between two times.
        """
        for waiting in self._queue:
            if milliseconds - waiting.milliseconds <= LEAD_MS:
                waiting.shapes.extend(fresh)
            between = (gap.shape(waiting.milliseconds) for gap in gaps)
            waiting.shapes.extend(shape for shape in between if shape is not None)
        self._queue.append(_Waiting(image, list(shapes), copies, milliseconds))
        while self._queue and (
            len(self._queue) > self._room or milliseconds - self._queue[0].milliseconds > WAIT_MS
        ):
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
