"""What runs beside the UI thread for the faces tab: reading a photo, reading live frames."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.workers import StreamHandle, Workers
from engine.errors import Message
from engine.faces import Face, FaceReader, FacesResult, overlay
from engine.faces.overlay import Layers
from engine.faces.source import Frame, FrameSource
from engine.images import Bgr, read_image
from engine.jobs import Progress

READING = Message("사진을 읽는 중…", "Reading the photo…")
LOOKING = Message("얼굴을 찾는 중…", "Looking for faces…")


@dataclass(frozen=True, eq=False)
class Shot:
    """One picture with what was read in it; *drawn* has the chosen layers on it."""

    image: Bgr
    result: FacesResult
    drawn: Bgr


def read_photo(path: Path, layers: Layers, use_rules: bool, progress: Progress) -> Shot:
    """Read the faces of an image file."""
    progress.report(None, READING)
    return read_again(read_image(path), layers, use_rules, progress)


def read_again(image: Bgr, layers: Layers, use_rules: bool, progress: Progress) -> Shot:
    """Read the faces of a picture that is in memory."""
    progress.report(None, LOOKING)
    with FaceReader(use_rules=use_rules) as reader:
        progress.raise_if_cancelled()
        result = reader.read(image)
    return Shot(image, result, overlay.draw(image, result, layers))


class _Frames:
    """Reads frames one after another in the analysis thread; opened with the first."""

    def __init__(self, layers: Layers, use_rules: bool) -> None:
        self.layers, self.use_rules = layers, use_rules
        self._judged_by_rules = use_rules
        self._reader: FaceReader | None = None

    def read(self, frame: Frame) -> Shot:
        rules = self.use_rules
        if self._reader is None:
            self._reader = FaceReader(live=True, use_rules=rules)
            self._judged_by_rules = rules
        if rules != self._judged_by_rules:
            self._reader.judge_by(rules)
            self._judged_by_rules = rules
        result = self._reader.read(frame.image, frame.milliseconds)
        return Shot(frame.image, result, overlay.draw(frame.image, result, self.layers))

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class Live(QObject):
    """A camera, video or stream that is read live.

    Signals:
        shot(object): the newest :class:`Shot`.
        failed(object): the exception that ended it.
        ended(): a video has ended.
    """

    shot = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, workers: Workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._stream: StreamHandle | None = None
        self._frames: _Frames | None = None
        self._last = 0.0
        self.spec = ""
        self.rate = 0.0

    @property
    def running(self) -> bool:
        """Whether it has been started and neither stopped nor ended."""
        return self._stream is not None

    def start(self, spec: str, layers: Layers, use_rules: bool) -> None:
        """Start a camera (its index), a video file or a stream (its URL)."""
        self.stop()
        self.spec, self.rate, self._last = spec, 0.0, 0.0
        self._frames = frames = _Frames(layers, use_rules)
        self._stream = self._workers.stream(
            lambda: FrameSource(spec),
            frames.read,
            self._show,
            self._fail,
            self._end,
            owner=self,
            finish=frames.close,
        )

    def change(self, layers: Layers, use_rules: bool) -> None:
        """Draw other layers, or let the other judge answer, from the next frame on."""
        if self._frames is not None:
            self._frames.layers, self._frames.use_rules = layers, use_rules

    def stop(self, wait_seconds: float = 0.0) -> None:
        """Stop and let go of the camera; waits for that up to *wait_seconds*."""
        if self._stream is not None:
            self._stream.stop(wait_seconds)
        self._stream, self._frames = None, None

    def _show(self, shot: Shot) -> None:
        now = time.monotonic()
        if self._last:
            rate = 1.0 / max(now - self._last, 1e-3)
            self.rate = 0.9 * self.rate + 0.1 * rate if self.rate else rate
        self._last = now
        self.shot.emit(shot)

    def _fail(self, error: Exception) -> None:
        self.stop()
        self.failed.emit(error)

    def _end(self) -> None:
        self.stop()
        self.ended.emit()


def same_face(before: Face | None, now: tuple[Face, ...]) -> int:
    """Return which face of the new frame is the one chosen in the last."""
    if before is None or not now:
        return 0
    x, y = before.box[0] + before.box[2] / 2, before.box[1] + before.box[3] / 2
    gaps = [abs(f.box[0] + f.box[2] / 2 - x) + abs(f.box[1] + f.box[3] / 2 - y) for f in now]
    return gaps.index(min(gaps))


def face_at(faces: tuple[Face, ...], x: float, y: float) -> int | None:
    """Return which face's box holds the point (in pixels of the picture)."""
    for number, face in enumerate(faces):
        left, top, width, height = face.box
        if left <= x <= left + width and top <= y <= top + height:
            return number
    return None
