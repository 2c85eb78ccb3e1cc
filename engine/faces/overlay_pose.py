"""Marks of where a head points and where its eyes look."""

from __future__ import annotations

import math

import numpy as np

from engine.faces.features import rotation
from engine.faces.gaze import EYES, Gaze
from engine.faces.overlay_marks import EDGE, Arrow, Colour, Dots, Mark
from engine.faces.result import Face

__all__ = ["AXES", "VIEW", "Colour", "axes", "view"]

NOSE_TIP = 1
AXES: tuple[tuple[str, Colour], ...] = (
    ("x", (0, 94, 213)),
    ("y", (115, 158, 0)),
    ("z", (233, 180, 86)),
)
"""Vermilion, bluish green and sky blue, which colour-blind people tell apart (Okabe and Ito
2008, "Color Universal Design"); the letters say it besides."""

VIEW: Colour = (66, 228, 240)
"""Yellow of the same set."""


def axes(face: Face) -> list[Mark]:
    """Return the head's axes at the nose: right, up, and out of the face."""
    if len(face.landmarks) <= NOSE_TIP:
        return []
    x, y = (float(value) for value in face.landmarks[NOSE_TIP, :2])
    length = 0.42 * face.box[2]
    turn = rotation(face.pose)
    made: list[Mark] = []
    for column in np.argsort(turn[2]):  # the axis that points to the viewer comes last
        name, colour = AXES[column]
        end = (x + length * float(turn[0, column]), y - length * float(turn[1, column]))
        made.append(Arrow((x, y), end, colour, 2.0, face.box[2], name))
    return made


def view(face: Face, gaze: Gaze | None) -> list[Mark]:
    """Return an arrow from either eye along the view."""
    if gaze is None or len(face.landmarks) <= EYES[1][2]:
        return []
    yaw, pitch = math.radians(gaze.yaw), math.radians(gaze.pitch)
    length = 0.8 * face.box[2]
    dx, dy = length * math.sin(yaw) * math.cos(pitch), -length * math.sin(pitch)
    made: list[Mark] = []
    for _, _, iris in EYES:
        x, y = (float(value) for value in face.landmarks[iris, :2])
        if math.hypot(dx, dy) > 0.04 * face.box[2]:
            made.append(Arrow((x, y), (x + dx, y + dy), VIEW, 2.0, face.box[2]))
    irises = face.landmarks[[iris for _, _, iris in EYES], :2]
    made.append(Dots(irises, VIEW, 2.5, face.box[2], rim=EDGE))
    return made
