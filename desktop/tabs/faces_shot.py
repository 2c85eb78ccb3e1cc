"""One picture with everything that was read in it, as the faces tab hands it around."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import InputError
from engine.faces import FacesResult, overlay, overlay_live
from engine.faces.baseline import Baseline
from engine.faces.live import LiveFrame
from engine.faces.overlay import Layers
from engine.images import Bgr


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
        drawn: the picture with the chosen layers on it.
        frame: the persons of a live picture; ``None`` of a photo.
        calibrating: the calibration that runs, if any.
        captured: when a live picture was captured, by ``time.monotonic``.
    """

    image: Bgr
    result: FacesResult
    drawn: Bgr
    frame: LiveFrame | None = None
    calibrating: Calibrating | None = None
    captured: float = 0.0

    @property
    def ids(self) -> tuple[int, ...]:
        """Numbers of the persons, in the order of the faces; empty for a photo."""
        return tuple(person.id for person in self.frame.persons) if self.frame else ()

    def paint(self, layers: Layers) -> Bgr:
        """Return the picture with other layers on it."""
        if self.frame is not None:
            return overlay_live.draw(self.image, self.frame, layers)
        return overlay.draw(self.image, self.result, layers)
