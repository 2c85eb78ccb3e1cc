"""What runs beside the UI thread for the faces tab while a camera or video is read live."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.tabs.faces_live_frames import Frames
from desktop.tabs.faces_private import PrivateFrames
from desktop.tabs.faces_shot import Shot
from desktop.workers import StreamHandle, Workers
from engine.faces import Face
from engine.faces.baseline import Baseline
from engine.faces.session_record import Recorder
from engine.faces.source import Frame, FrameSource

__all__ = ["Live", "Shot", "face_at"]

STALLED_SECONDS = 2.0
"""A source that has sent nothing for so long is said to stall."""


class Live(QObject):
    """A camera, video or stream that is read live.

    Signals:
        shot(object): the newest :class:`Shot`.
        failed(object): the exception that ended it.
        ended(): a video has ended.
        stalled(int): the source has sent nothing for so many seconds; said again each second.
        resumed(int): it goes on after so many seconds.
        resized(object, object): the pictures' size, (width, height), was the first and is the
            second now.
        over(): it was stopped, has ended or failed.
    """

    shot = Signal(object)
    failed = Signal(object)
    ended = Signal()
    stalled = Signal(int)
    resumed = Signal(int)
    resized = Signal(object, object)
    over = Signal()

    def __init__(self, workers: Workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._stream: StreamHandle | None = None
        self._frames: Frames | None = None
        self._last = 0.0
        self._stalled = self._private = False
        self._size: tuple[int, int] | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(500)
        self._watch.timeout.connect(self._look_for_stall)
        self.baseline: Baseline | None = None
        self.recorder: Recorder | None = None
        self.spec = ""
        self.rate = 0.0

    @property
    def running(self) -> bool:
        """Whether it has been started and neither stopped nor ended."""
        return self._stream is not None

    def start(self, spec: str, use_rules: bool) -> None:
        """Start a camera (its index), a video file or a stream (its URL)."""
        self.stop()
        self.spec, self.rate, self._last = spec, 0.0, 0.0
        self._stalled, self._size = False, None
        self._frames = Frames(use_rules, self.baseline)
        frames = PrivateFrames(self._frames, lambda: self._private)

        def read(frame: Frame) -> Shot:
            shot, recorder = frames.read(frame), self.recorder
            if recorder is not None and shot.frame is not None:
                recorder.add(shot.frame, shot.image)
            return shot

        self._stream = self._workers.stream(
            lambda: FrameSource(spec),
            read,
            self._show,
            self._fail,
            self._end,
            owner=self,
            finish=frames.close,
        )
        self._watch.start()

    def judge_by(self, use_rules: bool) -> None:
        """Let the rules answer, or the model, from the next frame on."""
        if self._frames is not None:
            self._frames.use_rules = use_rules

    def hide_faces(self, on: bool) -> None:
        """Hide the faces of the pictures from the next frame on, or show them."""
        self._private = on

    def centre(self, baseline: Baseline | None, owner: int = 0) -> None:
        """Re-centre the person called *owner* (0: the largest face) from now on, or nobody."""
        self.baseline = baseline
        if self._frames is not None:
            self._frames.baseline, self._frames.owner = baseline, owner

    def calibrate(self, number: int) -> None:
        """Calibrate the person called *number*; 0 gives a calibration up."""
        if self._frames is not None:
            self._frames.calibrate = number

    def stop(self, wait_seconds: float = 0.0) -> None:
        """Stop and let go of the camera; waits for that up to *wait_seconds*."""
        stream, self._stream, self._frames = self._stream, None, None
        self._watch.stop()
        if stream is not None:
            stream.stop(wait_seconds)
            self.over.emit()

    def _show(self, shot: Shot) -> None:
        now = time.monotonic()
        if self._last:
            step = max(now - self._last, 1e-3)
            self.rate = 1.0 / (0.9 / self.rate + 0.1 * step) if self.rate else 1.0 / step
        if self._stalled:
            self._stalled = False
            self.resumed.emit(round(now - self._last))
        self._last = now
        before, self._size = self._size, shot.result.image_size
        if before is not None and before != self._size:
            self.resized.emit(before, self._size)
        self.shot.emit(shot)

    def _look_for_stall(self) -> None:
        silent = time.monotonic() - self._last
        if self._last and silent >= STALLED_SECONDS:
            self._stalled = True
            self.stalled.emit(int(silent))

    def _fail(self, error: Exception) -> None:
        self.stop()
        self.failed.emit(error)

    def _end(self) -> None:
        self.stop()
        self.ended.emit()


def face_at(faces: tuple[Face, ...], x: float, y: float) -> int | None:
    """Return which face's box holds the point (in pixels of the picture)."""
    for number, face in enumerate(faces):
        left, top, width, height = face.box
        if left <= x <= left + width and top <= y <= top + height:
            return number
    return None
