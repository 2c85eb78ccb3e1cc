"""One picture with everything that was read in it, as the faces tab hands it around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import InputError
from engine.faces import FacesResult, overlay, overlay_live
from engine.faces.baseline import Baseline
from engine.faces.live import LiveFrame
from engine.faces.overlay import Layers
from engine.images import Bgr

if TYPE_CHECKING:
    from engine.faces.overlay_marks import Mark

LIVE_SIDE = 2048
"""Longest side in pixels of a live picture; larger ones are reduced before they are read.

The landmarker looks at 256 pixels of a face, and the window shows no more.
"""


@dataclass(frozen=True, eq=False)
class Calibrating:
    """How a calibration stands.

    Attributes:
        seen_ms: observed time so far.
        baseline: what it gave, at its end.
        error: why it gave nothing, at its end.
    """

    seen_ms: int
    baseline: Baseline | None = None
    error: InputError | None = None


@dataclass(frozen=True, eq=False)
class Shot:
    """One picture.

    Attributes:
        image: the picture alone.
        result: what was read; smoothed over time where it is live.
        frame: the persons of a live picture; ``None`` of a photo.
        calibrating: the calibration that runs, if any.
        captured: when a live picture was captured, by ``time.monotonic``.
    """

    image: Bgr
    result: FacesResult
    frame: LiveFrame | None = None
    calibrating: Calibrating | None = None
    captured: float = 0.0

    @property
    def ids(self) -> tuple[int, ...]:
        """Numbers of the persons, in the order of the faces; empty for a photo."""
        return tuple(person.id for person in self.frame.persons) if self.frame else ()

    def marks(self, layers: Layers, language: str, chosen: int = 0) -> list[Mark]:
        """Return what *layers* lay over it; *chosen*: place of the face that is looked at."""
        if self.frame is not None:
            return overlay_live.marks(self.frame, layers, language, chosen)
        return overlay.marks(self.result, layers, language, chosen)

    def paint(self, layers: Layers, language: str) -> Bgr:
        """Return the picture with *layers* painted on it."""
        if self.frame is not None:
            return overlay_live.draw(self.image, self.frame, layers, language)
        return overlay.draw(self.image, self.result, layers, language)


def reduced(image: Bgr, side: int) -> Bgr:
    """Return *image*, or where it is larger, a copy whose longest side is *side* pixels."""
    height, width = image.shape[:2]
    share = side / max(height, width)
    if share >= 1:
        return image
    import cv2
    import numpy as np

    size = (max(round(width * share), 1), max(round(height * share), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
