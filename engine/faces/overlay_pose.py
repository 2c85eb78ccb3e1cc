"""Drawing where a head points and where its eyes look."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np

from engine.faces.features import rotation
from engine.faces.gaze import EYES, Gaze
from engine.faces.result import Face
from engine.images import Bgr

Colour: TypeAlias = tuple[int, int, int]
"""BGR."""

NOSE_TIP = 1
AXES: tuple[tuple[str, Colour], ...] = (
    ("x", (0, 94, 213)),
    ("y", (115, 158, 0)),
    ("z", (233, 180, 86)),
)
"""Vermilion, bluish green and sky blue, which colour-blind people tell apart (Okabe and Ito
2008, "Color Universal Design"); the letters say it besides."""

VIEW: Colour = (66, 228, 240)
EDGE: Colour = (30, 26, 22)
"""A dark edge, so that lines are seen on bright faces."""


def draw_axes(scene: Bgr, face: Face) -> None:
    """Draw the head's axes at the nose on *scene*, in place: right, up, and out of the face."""
    import cv2

    if len(face.landmarks) <= NOSE_TIP:
        return
    x, y = (float(value) for value in face.landmarks[NOSE_TIP, :2])
    length = 0.42 * face.box[2]
    turn = rotation(face.pose)
    thick = _thick(face)
    for column in np.argsort(turn[2]):  # the axis that points to the viewer comes last
        name, colour = AXES[column]
        end = (x + length * turn[0, column], y - length * turn[1, column])
        _arrow(scene, (x, y), end, colour, thick)
        place = _whole((end[0] + 3 * thick, end[1] + 3 * thick))
        scale = max(face.box[2] / 300, 0.35)
        for width, ink in ((thick + 2, EDGE), (max(thick - 1, 1), colour)):
            cv2.putText(
                scene, name, place, cv2.FONT_HERSHEY_SIMPLEX, scale, ink, width, cv2.LINE_AA
            )


def draw_gaze(scene: Bgr, face: Face, gaze: Gaze | None) -> None:
    """Draw an arrow from either eye along the view on *scene*, in place."""
    import cv2

    if gaze is None or len(face.landmarks) <= EYES[1][2]:
        return
    yaw, pitch = math.radians(gaze.yaw), math.radians(gaze.pitch)
    length = 0.8 * face.box[2]
    dx, dy = length * math.sin(yaw) * math.cos(pitch), -length * math.sin(pitch)
    thick = _thick(face)
    for _, _, iris in EYES:
        x, y = (float(value) for value in face.landmarks[iris, :2])
        if math.hypot(dx, dy) > 4 * thick:
            _arrow(scene, (x, y), (x + dx, y + dy), VIEW, thick)
        for radius, ink in ((thick + 2, EDGE), (thick + 1, VIEW)):
            cv2.circle(scene, _whole((x, y)), radius, ink, -1, cv2.LINE_AA)


def _arrow(
    scene: Bgr, start: tuple[float, float], end: tuple[float, float], colour: Colour, thick: int
) -> None:
    import cv2

    for width, ink in ((thick + 2, EDGE), (thick, colour)):
        cv2.arrowedLine(scene, _whole(start), _whole(end), ink, width, cv2.LINE_AA, tipLength=0.18)


def _thick(face: Face) -> int:
    return int(np.clip(face.box[2] / 110, 1, 6))


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])
