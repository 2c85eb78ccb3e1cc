"""The video of a session with what was read drawn on it: box, Korean label, expressions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import CameraError, InputError, Message
from engine.faces.mosaic_writer import Writer
from engine.faces.overlay_live import colour
from engine.faces.overlay_marks import Frame, Mark, Tag
from engine.faces.overlay_paint import paint
from engine.faces.result import LABELS, Box
from engine.faces.session import BREAK_S, Sample, Session
from engine.faces.session_colours import DARK, bgr
from engine.faces.source import Frame as Picture
from engine.faces.source import FrameSource
from engine.images import Bgr
from engine.jobs import Progress
from engine.saving import replacing

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
