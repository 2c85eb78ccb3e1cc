"""Recording a live view: its frames go into a store while it runs, for hours if need be."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.core.errors import InputError, MaumgyeolError, Message, joined
from engine.faces.live.session import LiveFrame, Person
from engine.faces.measure.eyes import LONGEST_BLINK_MS
from engine.faces.result import LABELS
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.chart import MARKS
from engine.faces.sessions.session import DIRECTIONS, ROW, About, Event, Rows
from engine.faces.sessions.video import KeptVideo
from engine.media.images import Bgr

FACING = 25.0
"""Degrees of yaw or pitch up to which a head faces the camera, and so the screen below it."""


@dataclass
class _Seen:
    blinks: int = 0
    yawns: int = 0
    attentive: int = -1
    open_ms: int = 0


class Rower:
    """Makes rows of the frames of one session, in their order.

    Somebody is attentive whose head faces the camera within ``FACING`` degrees, whose view is
    called central, and whose eyes have not been shut for longer than a blink; unknown where
    the eyes cannot be measured. The camera is taken to stand at the screen.

    Args:
        scale: factor from the pixels of the frames to those of the rows.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self._seen: dict[int, _Seen] = {}

    def rows(self, frame: LiveFrame, ms: int) -> Rows:
        """Return a row a person, in the order of their numbers.

        Args:
            ms: time from the session's start.
        """
        made = np.zeros(len(frame.persons), dtype=ROW)
        for row, person in zip(made, frame.persons, strict=True):
            self._fill(row, person, ms)
        return made

    def _fill(self, row: np.void, person: Person, ms: int) -> None:
        seen = self._seen.setdefault(person.id, _Seen(person.blinks, person.yawns))
        gaze, eyes, pose = person.gaze, person.eyes, person.face.pose
        row["ms"], row["person"] = ms, person.id
        row["box"] = np.array(person.face.box, dtype=np.float64) * self.scale
        row["chances"] = [person.probabilities[label] for label in LABELS]
        row["label"] = LABELS.index(person.label)
        row["blinks"] = min(person.blinks - seen.blinks, 255)
        row["yawns"] = min(person.yawns - seen.yawns, 255)
        row["closure"] = eyes.closure if eyes else np.nan
        row["shut"] = bool(eyes and eyes.shut)
        row["perclos"] = np.nan if person.perclos is None else person.perclos
        row["tired"] = {"unknown": -1, "awake": 0, "tired": 1}[person.attention.state]
        row["yawning"] = person.attention.yawning
        row["gaze"] = (gaze.yaw, gaze.pitch) if gaze else (np.nan, np.nan)
        row["view"] = DIRECTIONS.index(gaze.direction) if gaze else -1
        row["pose"] = (pose.yaw, pose.pitch, pose.roll)
        row["centred"] = person.baseline
        row["attentive"] = self._attentive(seen, person, ms)
        seen.blinks, seen.yawns = person.blinks, person.yawns

    def _attentive(self, seen: _Seen, person: Person, ms: int) -> int:
        """Return 1, 0, or -1 where it is unknown; a blink changes nothing."""
        pose = person.face.pose
        if max(abs(pose.yaw), abs(pose.pitch)) > FACING:
            seen.attentive = 0
            seen.open_ms = ms
        elif person.eyes is not None and person.eyes.shut:
            if ms - seen.open_ms > LONGEST_BLINK_MS:
                seen.attentive = 0
        elif person.gaze is None:
            seen.attentive = -1
            seen.open_ms = ms
        else:
            seen.attentive = int(person.gaze.direction == "centre")
            seen.open_ms = ms
        return seen.attentive


CHUNK_MS = 1000
"""A chunk is stored so often: a crash loses no more."""

NOTHING = InputError(
    "기록된 것이 없어요. 화면이 나온 뒤에 기록해 주세요.", "Nothing was recorded: no frame came."
)


@dataclass(frozen=True)
class Recorded:
    """How a recording stands.

    Attributes:
        frames: that were taken; *seconds*: from the first to the last.
        error: why it has stopped by itself; what was stored before is kept.
        note: why there is less than was asked for.
    """

    frames: int
    seconds: float
    error: MaumgyeolError | None
    note: Message | None


class Recorder:
    """Stores what is read of a live view; thread-safe, one chunk in memory.

    Args:
        name: of the camera, to be shown.
        keep_video: store the pictures too, as they are handed in.
        folder: instead of the user's folder of sessions.

    Raises:
        StorageError: the store cannot be made.
    """

    def __init__(self, name: str, *, keep_video: bool = False, folder: Path | None = None) -> None:
        self._store = shelf.new("live", name, folder=folder)
        self._about = self._store.about
        self._video = KeptVideo(shelf.kept_video(self.id, folder)) if keep_video else None
        self._lock = threading.Lock()
        self._rower = Rower()
        self._times: list[int] = []
        self._rows: list[Rows] = []
        self._first: int | None = None
        self._last = self._frames = 0
        self._marks = 0
        self._by_rules: Message | None = None
        self._error: MaumgyeolError | None = None
        self._closed = False

    @property
    def id(self) -> str:
        """Number of the session."""
        return self._about.id

    @property
    def state(self) -> Recorded:
        """How it stands."""
        with self._lock:
            note = self._video.trouble if self._video else None
            return Recorded(self._frames, self._last / 1000, self._error, note)

    def add(self, frame: LiveFrame, image: Bgr) -> None:
        """Take the next frame; what goes wrong is told by :attr:`state`, not raised.

        Args:
            image: (H, W, 3), kept only if that was asked for.
        """
        with self._lock:
            if self._closed or self._error is not None:
                return
            if self._first is None:
                self._first = frame.timestamp_ms
                self._about = replace(
                    self._about, model=frame.result.model, size=frame.result.image_size
                )
            self._by_rules = self._by_rules or joined(*frame.result.warnings)
            ms = frame.timestamp_ms - self._first
            self._times.append(ms)
            self._rows.append(self._rower.rows(frame, ms))
            self._last, self._frames = ms, self._frames + 1
            if self._video is not None:
                self._video.add(image, ms)
            if ms - self._times[0] >= CHUNK_MS:
                self._flush()

    def mark(self, label: str) -> Event:
        """Mark the moment of the last frame.

        Raises:
            StorageError: the mark cannot be stored.
        """
        with self._lock:
            colour = MARKS[self._marks % len(MARKS)]
            self._marks += 1
            return self._store.add_event(self._last / 1000, label, colour)

    def close(self) -> About:
        """Store the rest and return what was recorded; safe to call twice.

        Raises:
            InputError: not one frame came; nothing is left behind.
            StorageError: the rest cannot be stored; what was stored before is kept.
        """
        with self._lock:
            if self._closed:
                return self._about
            self._closed = True
            if self._video is not None:
                self._video.close()
            try:
                self._finish()
            finally:
                self._store.close()
            if not self._frames:
                shelf.delete(self.id, self._store.path.parent)
                raise NOTHING
            return self._about

    def _finish(self) -> None:
        kept = self._video is not None and self._video.path.is_file()
        note = self._error.message if self._error else self._video.trouble if self._video else None
        note = joined(note, self._by_rules)
        if self._error is None:
            self._flush()
        self._about = replace(
            self._about,
            finished=True,
            video=str(self._video.path) if kept and self._video else "",
            note=note,
        )
        if self._frames and self._error is None:
            self._store.put(self._about)
            self._raise_again()

    def _flush(self) -> None:
        if not self._times:
            return
        try:
            self._store.append(np.array(self._times, dtype=np.int32), np.concatenate(self._rows))
        except MaumgyeolError as error:
            self._error = error
            return
        if not self._about.finished and self._frames == len(self._times):
            self._store.put(self._about)
        self._times, self._rows = [], []

    def _raise_again(self) -> None:
        if self._error is not None:
            raise self._error
