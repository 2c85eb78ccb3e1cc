"""The privacy mode of the live view: faces are hidden before a frame is shown or kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.tabs.faces_live_frames import Frames
from desktop.tabs.faces_shot import Shot
from engine.faces.mosaic_stream import Privacy
from engine.faces.source import Frame


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
