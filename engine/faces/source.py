"""Where live pictures come from: a camera, a video file or a stream, all read the same way."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from engine.errors import CameraError
from engine.faces.source_open import ask_for_jpegs, open_capture
from engine.faces.source_trouble import cannot_open, gone
from engine.images import Bgr

VIDEO_SUFFIXES = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
"""File endings that the open dialogs offer."""

_RETRIES = 5
_URL = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image: BGR (H, W, 3).
        milliseconds: its time since the source's start; of a video file, the file's own.
        captured: when it was read, by ``time.monotonic``.
    """

    image: Bgr
    milliseconds: int
    captured: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Camera:
    """A camera of this machine: the index to open it by, and its name."""

    index: int
    name: str


def list_cameras() -> list[Camera]:
    """Return this machine's cameras; opens each for a moment where the system has no list."""
    if sys.platform.startswith("linux"):
        return _linux_cameras(Path("/sys/class/video4linux"))
    found = []
    for index in range(5):
        capture = open_capture(index)
        if capture.isOpened():
            found.append(Camera(index, f"Camera {index}"))
        capture.release()
    return found


def _linux_cameras(folder: Path) -> list[Camera]:
    found = []
    for device in folder.glob("video*") if folder.is_dir() else ():
        number = device.name.removeprefix("video")
        first = (device / "index").read_text().strip() if (device / "index").exists() else "0"
        if number.isdecimal() and first == "0":  # the others carry metadata, not pictures
            found.append(Camera(int(number), (device / "name").read_text().strip()))
    return sorted(found, key=lambda camera: camera.index)


class FrameSource:
    """Frames of a camera index, a video file or a stream URL.

    Iterating paces a video file by its own frame rate; a camera and a stream pace
    themselves. One thread at a time; close it, best by ``with``::

        with FrameSource("party.mp4") as source:
            for frame in source: ...

    Args:
        spec: camera index (also as text, ``"0"``), path of a video file, or URL.

    Attributes:
        kind: ``"camera"``, ``"video"`` or ``"stream"``.
        name: what error sentences call it.
        frames_per_second: of a video file; 0.0 when unknown.

    Raises:
        CameraError: it cannot be opened.
    """

    def __init__(self, spec: int | str | Path) -> None:
        self.kind, self.name, target = _what(spec)
        self._capture = open_capture(target)
        if not self._capture.isOpened():
            self._capture.release()
            raise cannot_open(self.kind, self.name)
        import cv2

        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.frames_per_second = rate if np.isfinite(rate) and 1 <= rate <= 240 else 0.0
        self._packed = self.kind == "stream" and ask_for_jpegs(self._capture)
        self._promised = int(max(self._capture.get(cv2.CAP_PROP_FRAME_COUNT), 0))
        self._count = 0
        self._first_ms = self._last_ms = 0.0
        self._start = time.monotonic()

    def read(self) -> Frame | None:
        """Return the next frame, or ``None`` at the end of a video file.

        Raises:
            CameraError: the camera or the stream has stopped, or the file is damaged.
        """
        for _ in range(_RETRIES if self.kind == "camera" or self._packed else 1):
            good, image = self._capture.read()
            whole = self._unpacked(image) if good and image is not None else None
            if whole is not None and whole.size:
                return self._frame(whole)
            if self.kind == "camera":
                time.sleep(0.02)
        if self.kind != "video":
            raise gone(self.kind, self.name)
        if self._count == 0 or self._count < 0.8 * self._promised:
            raise CameraError(
                f"영상이 중간에 손상되었어요: {self.name} "
                f"({self._promised}장면 가운데 {self._count}장면까지 읽었어요).",
                f"The video {self.name} is damaged: only {self._count} of its "
                f"{self._promised} frames can be read.",
            )
        return None

    @property
    def frames(self) -> int:
        """How many frames a video file promises to hold; 0 when unknown."""
        return self._promised

    @property
    def clock_ms(self) -> float:
        """Time of the frame last read by the file's own clock; 0 when it has none.

        Frames of a file with a variable rate are not evenly spaced by it.
        """
        import cv2

        return max(float(self._capture.get(cv2.CAP_PROP_POS_MSEC)), 0.0)

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames, each not before its time."""
        while (frame := self.read()) is not None:
            if self.kind == "video":
                time.sleep(max(0.0, self._start + frame.milliseconds / 1000 - time.monotonic()))
            yield frame

    def close(self) -> None:
        """Let go of the device or file; safe to call twice."""
        self._capture.release()

    def __enter__(self) -> FrameSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _unpacked(self, image: npt.ArrayLike) -> Bgr | None:
        """Return the picture alone; ``None`` of a JPEG that is damaged."""
        import cv2

        found = np.asarray(image, dtype=np.uint8)
        if not self._packed or not found.size:
            return found
        decoded = cv2.imdecode(found.ravel(), cv2.IMREAD_COLOR)
        return None if decoded is None else np.asarray(decoded, dtype=np.uint8)

    def _frame(self, image: Bgr) -> Frame:
        if image.ndim == 2:
            image = np.repeat(image[:, :, None], 3, axis=2)
        if self.kind == "video":
            when = float(self._file_time())
        else:
            when = (time.monotonic() - self._start) * 1000
        self._count += 1
        return Frame(image, int(when))

    def _file_time(self) -> int:
        """Return the frame's own time in the file, whose rate may vary, or one by its rate."""
        import cv2

        stamp = float(self._capture.get(cv2.CAP_PROP_POS_MSEC))
        if self._count == 0:
            self._first_ms = stamp if np.isfinite(stamp) else 0.0
            return 0
        stamp -= self._first_ms
        if not np.isfinite(stamp) or stamp <= self._last_ms:
            stamp = self._last_ms + 1000 / (self.frames_per_second or 25.0)
        self._last_ms = stamp
        return round(stamp)


def _what(spec: int | str | Path) -> tuple[str, str, int | str]:
    """Return kind, name and what OpenCV is asked to open.

    Raises:
        CameraError: a file that is not there, or is empty.
    """
    text = str(spec).strip()
    if isinstance(spec, int) or text.isdecimal():
        return "camera", text, int(text)
    if _URL.match(text):
        return "stream", text, text
    path = Path(spec)
    if not os.path.isfile(path):  # Path.is_file raises where a folder is closed
        raise CameraError(
            f"영상을 찾을 수 없어요: {path.name or text}", f"There is no video file {text!r}."
        )
    if path.stat().st_size == 0:
        raise CameraError(f"빈 파일이에요: {path.name}", f"The file {path} is empty.")
    return "video", path.name, str(path)
