"""Where somebody looks: the irises between the corners of the eyes, and the head's turn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.faces.measure.features import HeadPose, openness
from engine.faces.result import Face

EYES = ((33, 133, 468), (362, 263, 473))
"""The corners in the order of the picture, left to right, and the iris of either eye."""

RADIUS = 0.42
"""Radius of the eyeball in widths of the eye: 12 mm (Bekerman et al. 2014) over the 28.5 mm
between an eye's corners (Farkas 1994)."""

DEPTH = 0.18
"""How far the eyeball's centre lies behind the corners, in the same widths: about 5 mm, of which
no good measure is known; it matters when the head is turned and the eyes are not."""

REST = 0.063
"""How far, in widths of the eye, an iris lies above the line through the corners when nobody
looks up or down: the median of 7,402 portraits (FER2013's public test 0.060, muxspace 0.065)."""

LEAST_OPENING = 0.12
"""Eyes narrower than this (eye aspect ratio) hide the iris."""

ACROSS, ALONG = 14.0, 11.0
"""Degrees from the centre to the sides, and up or down, from which a direction is called."""

BACK = 3.0
"""A direction that was called stays until the gaze has come back by this much more."""

TIME_MS = 120.0
"""Time constant of the smoothing; a fixation lasts 200 ms and longer (Salvucci 2000)."""

Direction = Literal["left", "right", "up", "down", "centre"]


@dataclass(frozen=True)
class Gaze:
    """A direction of view, relative to the line into the camera, in degrees.

    Attributes:
        yaw: to the picture's right (positive) or left.
        pitch: up (positive) or down.
        direction: the side that is looked at; sides are the picture's.
    """

    yaw: float
    pitch: float
    direction: Direction


def measure(points: npt.NDArray[np.float32], pose: HeadPose) -> tuple[float, float] | None:
    """Return (yaw, pitch) in degrees of the view of landmarks (478, 2 or more), or ``None``.

    The eyeball is a sphere whose centre lies ``DEPTH`` behind the middle *m* of the eye's
    corners, along the head's direction *h*: an iris at *m + o* is seen along
    ``(o + DEPTH * h) / RADIUS``. This is the model of Ishikawa et al. (2004, "Passive Driver
    Gaze Tracking with Active Appearance Models") without perspective; both eyes' mean.
    ``None`` where the lids hide the iris.
    """
    if len(points) <= EYES[1][2] or openness(points) < LEAST_OPENING:
        return None
    turned = max(math.cos(math.radians(pose.yaw)), 0.5)
    offsets = []
    for left, right, iris in EYES:
        one, two, centre = (points[i, :2].astype(np.float64) for i in (left, right, iris))
        across = two - one
        span = max(float(np.hypot(*across)), 1e-6)
        side = across / span
        offset = (centre - (one + two) / 2) * turned / span
        offsets.append((float(offset @ side), float(offset @ (side[1], -side[0])) - REST))
    x, y = np.mean(offsets, axis=0).tolist()
    return _angle(x, pose.yaw), _angle(y, pose.pitch)


def look(face: Face, centre: tuple[float, float] = (0.0, 0.0)) -> Gaze | None:
    """Return the view of one face alone, unsmoothed; see :func:`measure`."""
    found = measure(face.landmarks, face.pose)
    if found is None:
        return None
    yaw, pitch = found[0] - centre[0], found[1] - centre[1]
    return Gaze(yaw, pitch, _direction(yaw, pitch, "centre"))


class GazeFollower:
    """Smooths one person's view, and keeps the direction from flickering.

    Args:
        centre: (yaw, pitch) in degrees of the person looking straight ahead (calibration).
    """

    def __init__(self, centre: tuple[float, float] = (0.0, 0.0)) -> None:
        self._centre = centre
        self._now: tuple[float, float] | None = None
        self._direction: Direction = "centre"
        self._last = 0

    def update(self, face: Face, timestamp_ms: int) -> Gaze | None:
        """Return the view after one more frame; ``None`` while the eyes hide it."""
        seen = look(face, self._centre)
        if seen is None:
            return None
        share = 1.0 - math.exp(-(timestamp_ms - self._last) / TIME_MS)
        yaw, pitch = self._now or (seen.yaw, seen.pitch)
        yaw, pitch = yaw + share * (seen.yaw - yaw), pitch + share * (seen.pitch - pitch)
        self._now, self._last = (yaw, pitch), timestamp_ms
        self._direction = _direction(yaw, pitch, self._direction)
        return Gaze(yaw, pitch, self._direction)


def _angle(offset: float, head: float) -> float:
    """Return the view's angle in degrees, of an iris's offset and the head's angle."""
    sine = (offset + DEPTH * math.sin(math.radians(head))) / RADIUS
    return math.degrees(math.asin(min(max(sine, -1.0), 1.0)))


def _direction(yaw: float, pitch: float, before: Direction) -> Direction:
    """Return the side that is looked at; the one called before has the wider bounds."""
    shares: dict[Direction, float] = {
        "left": -yaw / _bound(ACROSS, before == "left"),
        "right": yaw / _bound(ACROSS, before == "right"),
        "up": pitch / _bound(ALONG, before == "up"),
        "down": -pitch / _bound(ALONG, before == "down"),
    }
    side = max(shares, key=lambda name: shares[name])
    return side if shares[side] >= 1 else "centre"


def _bound(degrees: float, called: bool) -> float:
    return degrees - BACK if called else degrees
