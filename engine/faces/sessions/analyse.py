"""A video file read into a session, by its own clock and faster than it plays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.core.errors import CameraError, MaumgyeolError, Message, joined
from engine.core.jobs import Cancelled, Progress
from engine.faces.live.session import LiveSession
from engine.faces.reader import FaceReader
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.record import Rower
from engine.faces.sessions.repository import SessionStore
from engine.faces.sessions.session import About, Rows
from engine.faces.sessions.video import SIDE, shrunk
from engine.media.prefetch import Ahead
from engine.media.video import Frame, FrameSource

RATE = 10.0
"""Frames a second that are looked at: expressions and attention change no faster."""

RATES = (0.0, 1.0, 60.0)
"""Every frame, and the least and most that may be asked for."""

SLOW_FOR_BLINKS = 8.0
"""Below so many frames a second blinks, of 0.1 to 0.4 s, fall between the frames."""

CHUNK_S = 2.0
"""Seconds of work after which a chunk is stored."""

STOPPED = Message(
    "분석을 중간에 멈췄어요. 그때까지 읽은 것만 들어 있어요.",
    "The analysis was stopped; it holds what was read until then.",
)
NOBODY = Message("영상에서 얼굴을 찾지 못했어요.", "No face was found in the video.")


@dataclass(frozen=True)
class Analysed:
    """What an analysis gave.

    Attributes:
        about: the session; its *note* says why there is less than the whole video.
        seconds: of the video that were read.
        speed: these seconds over those that it took.
        cancelled: whether it was stopped.
        by_rules: why the classic rules judged instead of the model that was asked for; the
            session's note says so, too.
    """

    about: About
    seconds: float
    speed: float
    cancelled: bool
    by_rules: Message | None = None


def analyse(
    source: Path,
    *,
    rate: float = RATE,
    progress: Progress | None = None,
    begun: Callable[[str], object] | None = None,
    use_rules: bool = False,
    folder: Path | None = None,
) -> Analysed:
    """Read the video *source* into a new session.

    Times are the file's own, so that a variable rate of frames is no harm. A file that is
    damaged further on, and an analysis that is cancelled, keep what was read.

    Args:
        rate: frames a second that are looked at; 0 for every frame.
        begun: is told the session's number as soon as there is something in it.
        folder: instead of the user's folder of sessions.

    Raises:
        CameraError: no video, or not one frame of it can be read; no session is left.
        StorageError: the session cannot be written; what was stored before is kept.
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
        Cancelled: before the first chunk was stored; no session is left.
    """
    source = Path(source).absolute()
    with FrameSource(source) as frames:
        store = shelf.new("video", source.name, source=str(source), rate=rate, folder=folder)
        with store:
            work = _Work(frames, store, rate, progress or Progress(), begun)
            try:
                return work.run(use_rules)
            finally:
                if not work.stored:
                    store.close()
                    shelf.delete(work.about.id, store.path.parent)


class _Work:
    """One analysis."""

    def __init__(
        self,
        frames: FrameSource,
        store: SessionStore,
        rate: float,
        progress: Progress,
        begun: Callable[[str], object] | None,
    ) -> None:
        self.about = store.about
        self.stored = False
        self._frames, self._store = frames, store
        self._step = 1000 / rate if rate else 0.0
        self._progress, self._begun = progress, begun
        self._times: list[int] = []
        self._rows: list[Rows] = []
        self._last_ms = 0
        self._persons = False
        self._by_rules: Message | None = None
        self._start = self._flushed = time.monotonic()

    def run(self, use_rules: bool) -> Analysed:
        note: Message | None = None
        try:
            with FaceReader(live=True, use_rules=use_rules) as reader, self._ahead() as taken:
                self._start = time.monotonic()
                self._by_rules = joined(*reader.warnings)
                self._read(reader, taken)
        except Cancelled:
            if not self._times and not self.stored:
                raise
            note = STOPPED
        except CameraError as error:
            if not self._times and not self.stored:
                raise self._no_frame(error) from error
            note = error.message
        self._flush()
        if not self.stored:
            raise self._no_frame(None)
        spent = max(time.monotonic() - self._start, 1e-6)
        stopped = note is not None
        if note is None and not self._persons:
            note = NOBODY
        said = joined(note, self._by_rules)
        self.about = replace(self.about, finished=True, spent=spent, note=said, stopped=stopped)
        self._store.put(self.about)
        seconds = self._last_ms / 1000
        return Analysed(self.about, seconds, seconds / spent, note is STOPPED, self._by_rules)

    def _read(self, reader: FaceReader, taken: Ahead[tuple[Frame, float]]) -> None:
        session, rower = LiveSession(), Rower()
        for frame, share in taken:
            self._progress.raise_if_cancelled()
            small = shrunk(frame.image, SIDE)
            height, width = frame.image.shape[:2]
            if not self._times and not self.stored:
                self.about = replace(self.about, model=reader.model, size=(width, height))
                self._store.put(self.about)
            rower.scale = width / small.shape[1]
            ms = frame.milliseconds
            seen = session.update(reader.read(small, ms), ms)
            self._times.append(ms)
            self._rows.append(rower.rows(seen, ms))
            self._last_ms = ms
            self._persons = self._persons or bool(seen.persons)
            if time.monotonic() - self._flushed >= CHUNK_S:
                self._flush()
            self._progress.report(share if self._frames.frames else None, self._said(share))

    def _ahead(self) -> Ahead[tuple[Frame, float]]:
        """Return the frames to look at, decoded while others are looked at."""
        return Ahead(_Chosen(self._frames, self._step))

    def _flush(self) -> None:
        self._flushed = time.monotonic()
        if not self._times:
            return
        self._store.append(np.array(self._times, dtype=np.int32), np.concatenate(self._rows))
        self._times, self._rows = [], []
        if not self.stored and self._begun is not None:
            self._begun(self.about.id)
        self.stored = True

    def _said(self, share: float) -> Message:
        spent = max(time.monotonic() - self._start, 1e-6)
        speed = self._last_ms / 1000 / spent
        ko, en = f"영상을 분석하는 중… {speed:.1f}배속", f"Analysing the video… {speed:.1f}x"
        if self._frames.frames and share > 0.01 and spent > 2:
            left = round(spent * (1 - share) / share)
            ko += f" · 약 {left // 60}:{left % 60:02} 남음"
            en += f" · about {left // 60}:{left % 60:02} left"
        return Message(ko, en)

    def _no_frame(self, error: MaumgyeolError | None) -> MaumgyeolError:
        """Return why not one frame came; a file that promises none holds none."""
        if error is not None and self._frames.frames:
            return error
        return CameraError(
            f"영상에 장면이 하나도 없어요: {self._frames.name}",
            f"The video {self._frames.name} holds no frame.",
        )


class _Chosen:
    """Every frame whose time has come, with the share of the file that has been read."""

    def __init__(self, frames: FrameSource, step: float) -> None:
        self._frames, self._step = frames, step
        self._due, self._count = 0.0, 0

    def __iter__(self) -> _Chosen:
        return self

    def __next__(self) -> tuple[Frame, float]:
        while (frame := self._frames.read()) is not None:
            self._count += 1
            if frame.milliseconds + 1 < self._due:
                continue
            if self._step:
                self._due = self._step * (int((frame.milliseconds + 1) / self._step) + 1)
            return frame, min(self._count / max(self._frames.frames, 1), 1.0)
        raise StopIteration
