"""Recording a live view: its frames go into a store while it runs, for hours if need be."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import InputError, MaumgyeolError, Message, joined
from engine.faces import session_shelf as shelf
from engine.faces.live import LiveFrame
from engine.faces.session import About, Event, Rows
from engine.faces.session_colours import MARKS
from engine.faces.session_kept import KeptVideo
from engine.faces.session_rows import Rower
from engine.images import Bgr

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
