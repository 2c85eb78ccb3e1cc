"""A video file with its faces hidden, frame by frame, at the pace of the original."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.core.errors import CameraError, Message, StorageError
from engine.core.files import replacing
from engine.core.jobs import Progress
from engine.faces.detect.landmarks import Landmarker
from engine.faces.mosaic.cover import Gap, Mosaic, Outline, Privacy, hide
from engine.media.images import Bgr
from engine.media.video import FrameSource

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


WORKING = Message("영상의 얼굴을 가리는 중…", "Hiding the faces of the video…")
LIVE_SIDE = 1920
"""Longer side in pixels that larger frames are scaled down to for the landmarker."""

MOST_FACES = 20
MAX_RATE = 60.0
PROBED = 150
"""Frames from which the rate is known."""

UNEVEN = 1.5
"""Steps between frames that differ by this factor make a variable rate."""

JOINED_S = 1.0
"""Doubtful moments closer together than this are told as one."""

NAMED = 8
"""So many of them are told by their times."""

LONGEST_GAP = 10.0
"""Seconds that one frame may stand for; longer gaps of a broken clock are cut."""


@dataclass(frozen=True)
class VideoDone:
    """What was written.

    Attributes:
        frames: that were read.
        written: more, or fewer, where the file's rate varies.
        with_faces: frames in which something was hidden.
        faces: most faces of one frame.
        variable_rate: the original's frames are not evenly spaced; the copy's are, at the
            same times.
        stopped: why the original could be read only so far.
        doubtful: seconds from and to which a head was hidden without seeing its face well.
    """

    frames: int
    written: int
    with_faces: int
    faces: int
    variable_rate: bool
    stopped: Message | None
    doubtful: tuple[tuple[float, float], ...] = ()

    @property
    def doubt(self) -> Message | None:
        """What to look at, or ``None`` where every face was seen well."""
        if not self.doubtful:
            return None
        times = ", ".join(f"{_clock_time(a)}-{_clock_time(b)}" for a, b in self.doubtful[:NAMED])
        times += ", …" if len(self.doubtful) > NAMED else ""
        return Message(
            f"얼굴이 돌아가거나 잘 보이지 않는 장면은 머리를 넓게 가렸어요({times}). "
            "다 가려졌는지 직접 확인해 주세요.",
            f"Where a face is turned away or not seen well the whole head was hidden ({times}). "
            "Look yourself whether all of it is.",
        )


def hide_in_video(
    source: Path, target: Path, mosaic: Mosaic, progress: Progress | None = None
) -> VideoDone:
    """Write *source* with its faces hidden to *target* (.mp4, or .avi: Motion JPEG).

    The copy has no sound. A file that is damaged further on is written up to there.

    Raises:
        CameraError: no video, or not one frame of it can be read.
        StorageError: *target* cannot be written.
        Cancelled: *progress* was cancelled; nothing is left behind.
    """
    progress = progress or Progress()
    with FrameSource(source) as first:
        rate = _rate(first, progress)
    with FrameSource(source) as frames, replacing(target, make_folder=True) as part:
        return _write(frames, rate, part, mosaic, progress)


def _rate(frames: FrameSource, progress: Progress) -> float:
    """Return the rate to write at: the file's, or that of its fastest part if it varies.

    Raises:
        CameraError: not one frame can be read.
    """
    stopped: list[Message] = []
    times: list[float] = []
    for _ in itertools.islice(_images(frames, stopped), PROBED):
        progress.raise_if_cancelled()
        times.append(frames.clock_ms / 1000)
    steps = np.diff(times)
    quick = float(np.quantile(steps, 0.1)) if len(steps) else 0.0
    rate = frames.frames_per_second or 25.0
    if quick > 0 and UNEVEN * quick < 1 / rate:
        rate = 1 / quick
    return min(rate, MAX_RATE)


def _write(
    frames: FrameSource, rate: float, part: Path, mosaic: Mosaic, progress: Progress
) -> VideoDone:
    clock = _Clock(rate)
    stopped: list[Message] = []
    late = None
    doubtful: list[tuple[float, float]] = []
    with_faces = most = 0
    landmarker = Landmarker(MOST_FACES, live=True)
    try:
        with Privacy(mosaic) as privacy:
            for image in _images(frames, stopped):
                progress.report(min(clock.read / frames.frames, 1.0) if frames.frames else None,
                                WORKING)  # fmt: skip
                if late is None:
                    late = Late(Writer(part, clock.rate, image), mosaic, image)
                copies = clock.copies(frames.clock_ms / 1000)
                now = clock.now * 1000
                shapes = privacy.shapes(image, _points(landmarker, image), now)
                with_faces, most = with_faces + bool(shapes), max(most, len(shapes))
                if privacy.doubtful:
                    _add(doubtful, clock.now)
                late.add(image, shapes, copies, now, privacy.fresh, privacy.gaps)
            if late is not None:
                late.flush()
    finally:
        landmarker.close()
        if late is not None:
            late.writer.close()
    if late is None:
        raise CameraError(
            f"영상에 장면이 하나도 없어요: {frames.name}",
            f"The video {frames.name} holds no frame.",
        )
    late.writer.check()
    return VideoDone(
        clock.read, clock.written, with_faces, most, clock.uneven,
        stopped[0] if stopped else None, tuple(doubtful),
    )  # fmt: skip


def _add(spans: list[tuple[float, float]], second: float) -> None:
    """Add a moment to the last of the spans, or as a new one."""
    if spans and second - spans[-1][1] <= JOINED_S:
        spans[-1] = (spans[-1][0], second)
    else:
        spans.append((second, second))


def _clock_time(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _images(frames: FrameSource, stopped: list[Message]) -> Iterator[Bgr]:
    """Yield the frames; what ends a file that has given some is told in *stopped*."""
    read = 0
    while True:
        try:
            frame = frames.read()
        except CameraError as error:
            if not read:
                raise
            stopped.append(error.message)
            return
        if frame is None:
            return
        read += 1
        yield frame.image


def _points(landmarker: Landmarker, image: Bgr) -> list[Any]:
    import cv2

    scale = min(1.0, LIVE_SIDE / max(image.shape[:2]))
    if scale < 1:
        image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale), dtype=np.uint8)
    return [found.points / np.float32(scale) for found in landmarker.look(image)]


class _Clock:
    """Says how often each frame is to be written so that an even rate keeps the times."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.read = self.written = 0
        self.now = 0.0
        self._steps: list[float] = []

    def copies(self, when: float) -> int:
        """Return how often the frame of second *when* is written; 0: it is too close."""
        step = when - self.now
        self.read += 1
        if self.read == 1 or not 0 < step <= LONGEST_GAP:
            step = 0.0 if self.read == 1 else 1 / self.rate
        else:
            self._steps.append(step)
        self.now += step
        due = round(self.now * self.rate) + 1
        count = max(due - self.written, 0)
        self.written += count
        return count

    @property
    def uneven(self) -> bool:
        """Whether the steps between frames vary."""
        if len(self._steps) < 3:
            return False
        low, high = np.quantile(self._steps, [0.05, 0.95])
        return bool(high > UNEVEN * low)
