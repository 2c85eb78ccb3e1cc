"""What runs beside the UI thread for the faces tab while a camera or video is read live."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.tabs.faces.read.annotated_frame import LIVE_SIDE, Calibrating, Shot, reduced
from desktop.widgets import files
from desktop.widgets.buttons import Button, IconButton
from desktop.workers import StreamHandle, Workers
from engine.core.errors import InputError
from engine.faces import Face, FaceReader
from engine.faces.live.session import LiveFrame, LiveSession
from engine.faces.measure.baseline import Baseline, Calibration
from engine.faces.mosaic.cover import Privacy
from engine.faces.sessions.record import Recorder
from engine.media.video import Camera, Frame, FrameSource, list_cameras, without_login

__all__ = ["Live", "Shot", "face_at"]


class SourceBar(QWidget):
    """A list that can be typed into, and start/stop.

    Signals:
        started(str): camera index, path or URL.
        stopped(): the stop button.
        failed(Exception): the cameras could not be listed.
    """

    started = Signal(str)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._live = False
        self._choice = QComboBox()
        self._choice.setObjectName("faceSource")
        self._choice.setEditable(True)
        self._choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._choice.setAccessibleName(self.tr("카메라 또는 영상 주소"))
        self._choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._choice.setMinimumWidth(theme.px(120))
        line = QLineEdit()
        line.setPlaceholderText(self.tr("카메라 번호, 영상 파일, rtsp:// 주소"))
        line.setStyleSheet("border: none; padding: 0; background: transparent;")
        line.returnPressed.connect(self._start)
        self._choice.setLineEdit(line)
        self._refresh = IconButton("refresh", self.tr("카메라 다시 찾기"))
        self._refresh.clicked.connect(self.list_cameras)
        self._video = IconButton("video", self.tr("영상 파일 고르기"))
        self._video.clicked.connect(self._choose_video)
        self._button = Button(self.tr("시작"), "camera")
        self._button.setObjectName("faceStart")
        self._button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._choice, 1)
        row.addWidget(self._refresh)
        row.addWidget(self._video)
        row.addWidget(self._button)
        self.set_spec(context.settings.get(keys.CAMERA))

    def list_cameras(self) -> None:
        """Look for the cameras of this machine, off the UI thread."""
        self._context.workers.run(
            lambda progress: list_cameras(),
            done=self.set_cameras,
            failed=self.failed.emit,
            owner=self,
        )

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """List the cameras of this machine; what was typed or chosen stays."""
        kept = self.spec()
        self._choice.clear()
        for camera in cameras:
            self._choice.addItem(f"{camera.index}: {camera.name}", str(camera.index))
        self.set_spec(kept)

    def spec(self) -> str:
        """Return camera index, path or URL."""
        row = self._choice.findText(self._choice.currentText())
        return str(self._choice.itemData(row)) if row >= 0 else self._choice.currentText().strip()

    def set_spec(self, spec: str) -> None:
        """Choose a source."""
        row = self._choice.findData(spec)
        if row < 0 and spec.isdecimal():
            self._choice.addItem(self.tr("카메라 {n}").format(n=spec), spec)
            row = self._choice.count() - 1
        if row >= 0:
            self._choice.setCurrentIndex(row)
        else:
            self._choice.setEditText(spec)

    @property
    def live(self) -> bool:
        """Whether a source has been started."""
        return self._live

    def set_live(self, live: bool) -> None:
        """Show start or stop; a source that is started is the one offered next time."""
        self._live = live
        if live:
            self._context.settings.set(keys.CAMERA, without_login(self.spec()))
        self._button.setText(self.tr("멈춤") if live else self.tr("시작"))
        self._button.set_icon("stop" if live else "camera")
        self._choice.setEnabled(not live)

    def _pressed(self) -> None:
        if self._live:
            self.stopped.emit()
        else:
            self._start()

    def _start(self) -> None:
        self.started.emit(self.spec() or "0")

    def _choose_video(self) -> None:
        chosen = files.ask_open(self, self._context.settings, files.video_filter())
        if chosen:
            self.started.emit(str(chosen[0]))


# ----------------------------------------------------------------------------------------
# The privacy mode of the live view: faces are hidden before a frame is shown or kept.


class PrivateFrames:
    """Reads frames as *frames* does, and hides their faces while *private* says so.

    In the analysis thread, like :class:`Frames`. The faces are read from the open picture;
    what leaves here holds the hidden one only.
    """

    def __init__(self, frames: Frames, private: Callable[[], bool]) -> None:
        self._frames, self._private = frames, private
        self._privacy: Privacy | None = None

    def read(self, frame: Frame) -> Shot:
        """Return the next shot."""
        shot = self._frames.read(frame)
        if not self._private():
            return shot
        if self._privacy is None:
            self._privacy = Privacy()
        hidden = self._privacy.cover(shot.image, shot.result.faces, frame.milliseconds)
        return replace(shot, image=hidden)

    def close(self) -> None:
        """Free the models."""
        self._frames.close()
        if self._privacy is not None:
            self._privacy.close()
            self._privacy = None


# ----------------------------------------------------------------------------------------
# What is done with every live frame, in the analysis thread.


class Frames:
    """Reads frames one after another; opened with the first, closed in the same thread.

    The UI thread sets the attributes; the next frame follows them.

    Attributes:
        use_rules: let the rules judge.
        baseline, owner: who is re-centred by what, see
            :class:`engine.faces.live.session.LiveSession`.
        calibrate: number of the person to calibrate, 0 for nobody.
    """

    def __init__(self, use_rules: bool, baseline: Baseline | None) -> None:
        self.use_rules = use_rules
        self.baseline, self.owner, self.calibrate = baseline, 0, 0
        self._reader: FaceReader | None = None
        self._rules = use_rules
        self._session = LiveSession(baseline)
        self._centred = (baseline, 0)
        self._calibration: tuple[int, Calibration] | None = None

    def read(self, frame: Frame) -> Shot:
        """Return the next shot."""
        if self._reader is None:
            self._rules = self.use_rules
            self._reader = FaceReader(live=True, use_rules=self._rules, quick=True)
        if self.use_rules != self._rules:
            self._rules = self.use_rules
            self._reader.judge_by(self._rules)
        wanted = (self.baseline, self.owner)
        if wanted != self._centred:
            self._centred = wanted
            self._session.use(*wanted)
        image = reduced(frame.image, LIVE_SIDE)
        result = self._reader.read(image, frame.milliseconds)
        seen = self._session.update(result, frame.milliseconds)
        return Shot(
            image=image,
            result=seen.result,
            frame=seen,
            calibrating=self._calibrating(seen),
            captured=frame.captured,
        )

    def close(self) -> None:
        """Free the reader."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _calibrating(self, seen: LiveFrame) -> Calibrating | None:
        number = self.calibrate
        if not number:
            self._calibration = None
            return None
        if self._calibration is None or self._calibration[0] != number:
            self._calibration = (number, Calibration())
        calibration, person = self._calibration[1], seen.person(number)
        try:
            calibration.add(person.raw if person else None, seen.timestamp_ms)
            baseline = calibration.baseline() if calibration.done else None
        except InputError as error:
            self.calibrate = 0
            return Calibrating(calibration.seen_ms, error=error)
        if baseline is not None:
            self.calibrate = 0
        return Calibrating(calibration.seen_ms, baseline)


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
