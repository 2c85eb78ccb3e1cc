"""What runs beside the UI thread for the faces tab: reading a photo, reading live frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import Message
from engine.faces import FaceReader, FacesResult, overlay
from engine.faces.overlay import Layers
from engine.faces.source import Frame
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


class Live:
    """Reads frames one after another in the analysis thread.

    *layers* and *use_rules* may be changed from the UI thread at any time; the next frame
    follows them. The reader is opened with the first frame.
    """

    def __init__(self, layers: Layers, use_rules: bool) -> None:
        self.layers = layers
        self.use_rules = use_rules
        self._judged_by_rules = use_rules
        self._reader: FaceReader | None = None

    def read(self, frame: Frame) -> Shot:
        """Read and draw one frame."""
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
        """Free the reader; the stream calls this last, in the same thread."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
