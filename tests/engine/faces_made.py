"""Faces made of numbers, for what follows them over time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.faces import LABELS, Expression, Face, FaceFeatures, FacesResult, HeadPose
from engine.faces.detect.landmarks import BLENDSHAPES
from engine.faces.measure.features import PAIRS
from engine.faces.measure.gaze import DEPTH, EYES, RADIUS, REST
from engine.faces.result import Box

MODEL = "face-expression of a test"


def chances(label: str, share: float = 0.7) -> dict[str, float]:
    """Return probabilities with *share* for a label and the rest spread evenly."""
    rest = (1 - share) / (len(LABELS) - 1)
    return {name: share if name == label else rest for name in LABELS}


def landmarks(
    view: tuple[float, float] = (0.0, 0.0),
    head: tuple[float, float] = (0.0, 0.0),
    ear: float = 0.3,
) -> npt.NDArray[np.float32]:
    """Return (478, 3) points whose eyes, 30 wide, open by *ear*, look along *view*."""
    points = np.zeros((478, 3), dtype=np.float32)
    across, up = (
        30 * (RADIUS * np.sin(np.radians(eye)) - DEPTH * np.sin(np.radians(neck)))
        for eye, neck in zip(view, head, strict=True)
    )
    half = 15 * np.cos(np.radians(head[0]))
    for number, (left, right, iris) in enumerate(EYES):
        middle = 115 + 60 * number
        points[left, :2], points[right, :2] = (middle - half, 100), (middle + half, 100)
        for upper, lower in PAIRS[number][1:]:
            points[upper, :2] = (middle, 100 - ear * half)
            points[lower, :2] = (middle, 100 + ear * half)
        points[iris, :2] = (middle + across, 100 - 30 * REST - up)
    return points


def face(
    box: Box = (100.0, 100.0, 100.0, 100.0),
    said: dict[str, float] | None = None,
    *,
    ear: float = 0.3,
    blink: float = 0.1,
    mouth: float = 0.0,
    yaw: float = 0.0,
    pitch: float = 0.0,
    view: tuple[float, float] = (0.0, 0.0),
    shapes: dict[str, float] | None = None,
    source: str = "model",
) -> Face:
    """Return one face with these measures and no regions."""
    said = said or chances("중립")
    label = max(said, key=lambda name: said[name])
    moves = {name: 0.0 for name in BLENDSHAPES} | (shapes or {})
    return Face(
        box=box,
        landmarks=landmarks(view, (yaw, pitch), ear),
        regions={},
        features=FaceFeatures(ear, mouth, 0.0, 0.5, 0.0, 0.2, 0.0),
        blendshapes=moves | {"eyeBlinkLeft": blink, "eyeBlinkRight": blink},
        pose=HeadPose(yaw, pitch, 0.0),
        expression=Expression(label, said[label], said, False, source, MODEL),  # type: ignore[arg-type]
        payload=b"",
    )


def frame(*faces: Face, size: tuple[int, int] = (640, 480)) -> FacesResult:
    """Return the result of one frame."""
    return FacesResult(size, tuple(faces), MODEL, 1.0)


def times(seconds: float, rate: float, start: int = 0) -> Sequence[int]:
    """Return the milliseconds of frames at *rate* a second."""
    return [start + round(1000 * i / rate) for i in range(round(seconds * rate) + 1)]
