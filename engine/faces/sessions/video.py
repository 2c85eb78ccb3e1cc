"""The video of a session with what was read drawn on it: box, Korean label, expressions."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.core.errors import CameraError, InputError, Message, StorageError
from engine.core.files import replacing
from engine.core.jobs import Progress
from engine.faces.mosaic.video import Writer
from engine.faces.overlay.layers import colour
from engine.faces.overlay.marks import Frame, Mark, Tag
from engine.faces.overlay.paint import paint
from engine.faces.result import LABELS, Box
from engine.faces.sessions.chart import DARK, bgr
from engine.faces.sessions.session import BREAK_S, Sample, Session
from engine.media.images import Bgr
from engine.media.video import Frame as Picture
from engine.media.video import FrameSource, open_capture

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


WORKING = Message("영상에 결과를 그리는 중…", "Drawing the results on the video…")
SILENT = Message("저장한 영상에는 소리가 없어요.", "The saved video has no sound.")
USUAL_RATE, MOST_RATE = 25.0, 60.0


@dataclass(frozen=True)
class Written:
    """How many frames were written, and why not all of them, if so."""

    frames: int
    note: Message | None


def write_mp4(session: Session, path: Path, progress: Progress | None = None) -> Written:
    """Write the session's video with everybody's box, label and expressions, without sound.

    Frames of a variable rate are repeated or left out, so that the copy keeps their times.

    Raises:
        InputError: no video was kept, or it is gone; or the suffix is not ``.mp4``.
        CameraError: the video cannot be read.
        StorageError: the file cannot be written; what lay there is untouched.
        Cancelled: *progress* was cancelled; nothing is left behind.
    """
    video = session.about.video_path
    if path.suffix.lower() != ".mp4":
        raise InputError(
            f"MP4로만 저장할 수 있어요: {path.name}", f"Only .mp4 can be written: {path.name}"
        )
    if video is None:
        raise InputError(
            "이 세션에는 영상이 없어서 MP4로 저장할 수 없어요. CSV나 JSON으로 저장해 주세요.",
            "There is no video of this session to write; save it as CSV or JSON.",
        )
    with replacing(path, make_folder=True) as part, FrameSource(video) as frames:
        return _write(session, frames, part, progress or Progress())


def annotate(image: Bgr, samples: tuple[Sample, ...], scale: float = 1.0) -> Bgr:
    """Return a copy of *image* (H, W, 3) with *samples* drawn on it.

    Args:
        scale: factor from the samples' pixels to those of the image.
    """
    marks: list[Mark] = []
    for sample in samples:
        box, tint = _scaled(sample.box, scale), colour(sample.person)
        words = [f"{sample.person}  {sample.label} {5 * round(20 * sample.confidence)}%"]
        words += ["졸림"] * bool(sample.drowsy) + ["하품"] * sample.yawning
        marks += [Frame(box, tint, 2.5, box[2]), Tag(box, " · ".join(words), tint)]
    scene = paint(image, sorted(marks, key=lambda mark: isinstance(mark, Tag)))
    for sample in samples:
        _bar(scene, _scaled(sample.box, scale), sample)
    return scene


def _write(session: Session, frames: FrameSource, part: Path, progress: Progress) -> Written:
    rate = min(frames.frames_per_second or USUAL_RATE, MOST_RATE)
    writer: Writer | None = None
    written, note, when = 0, None, Moments(session)
    try:
        for number, frame in enumerate(_frames(frames), start=1):
            if isinstance(frame, Message):
                note = frame
                break
            share = number / frames.frames if frames.frames else None
            progress.report(None if share is None else min(share, 1.0), WORKING)
            if writer is None:
                writer = Writer(part, rate, frame.image)
            copies = round(frame.milliseconds / 1000 * rate) + 1 - written
            if copies > 0:
                scale = frame.image.shape[1] / max(session.about.size[0], 1)
                people = when.at(frame.milliseconds / 1000)
                writer.write(annotate(frame.image, people, scale), copies)
                written += copies
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        raise CameraError(
            f"영상에 장면이 하나도 없어요: {frames.name}",
            f"The video {frames.name} holds no frame.",
        )
    writer.check()
    return Written(written, note)


def _frames(frames: FrameSource) -> Iterator[Picture | Message]:
    """Yield the frames, and why a damaged file ends early."""
    for number in itertools.count():
        try:
            frame = frames.read()
        except CameraError as error:
            if number == 0:
                raise
            yield error.message
            return
        if frame is None:
            return
        yield frame


class Moments:
    """Who is where at any time: boxes glide between two samples, words stay."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def at(self, seconds: float) -> tuple[Sample, ...]:
        """Return the samples at that time; none where nobody was watching for a while."""
        times = self._session.times
        place = int(np.searchsorted(times, round(seconds * 1000), side="right")) - 1
        if place < 0 or seconds - times[place] / 1000 > BREAK_S:
            return ()
        now = self._session.at(times[place] / 1000)
        if place + 1 == len(times) or times[place + 1] - times[place] > 1000 * BREAK_S:
            return now
        share = (seconds * 1000 - times[place]) / (times[place + 1] - times[place])
        later = {one.person: one.box for one in self._session.at(times[place + 1] / 1000)}
        return tuple(_moved(one, later.get(one.person), float(share)) for one in now)


def _moved(sample: Sample, later: Box | None, share: float) -> Sample:
    if later is None:
        return sample
    x, y, width, height = (a + share * (b - a) for a, b in zip(sample.box, later, strict=True))
    return Sample(**{**vars(sample), "box": (x, y, width, height)})


def _scaled(box: Box, scale: float) -> Box:
    x, y, width, height = box
    return x * scale, y * scale, width * scale, height * scale


def _bar(scene: Bgr, box: Box, sample: Sample) -> None:
    """Draw one bar of the seven expressions below the box, in place."""
    import cv2

    left, bottom, width, height = box
    top, tall = bottom + height + 4, max(width / 16, 6.0)
    for label in LABELS:
        right = left + width * sample.probabilities[label]
        area = (round(left), round(top)), (round(right), round(top + tall))
        if area[1][0] > area[0][0]:
            cv2.rectangle(scene, *area, bgr(DARK[label]), -1)
        left = right
