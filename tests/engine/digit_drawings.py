"""Digits drawn by code: strokes in the unit square, as a person's pen would go."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

Path = list[tuple[float, float]]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Path:
    """Return points of an ellipse's arc, angles in degrees, clockwise from the right."""
    angles = np.linspace(math.radians(start), math.radians(end), 24)
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


STROKES: dict[str, list[Path]] = {
    "0": [arc(0.5, 0.5, 0.2, 0.3, -90, 270)],
    "1": [[(0.5, 0.2), (0.5, 0.8)]],
    "2": [[*arc(0.5, 0.36, 0.18, 0.16, 190, 390), (0.32, 0.78), (0.7, 0.78)]],
    "3": [[*arc(0.48, 0.35, 0.18, 0.15, 200, 450), *arc(0.48, 0.65, 0.2, 0.16, 270, 520)]],
    "4": [[(0.58, 0.2), (0.3, 0.6), (0.74, 0.6)], [(0.62, 0.4), (0.62, 0.82)]],
    "5": [
        [(0.38, 0.22), (0.36, 0.46), *arc(0.48, 0.62, 0.2, 0.19, 230, 500)],
        [(0.38, 0.22), (0.66, 0.22)],
    ],
    "6": [[(0.58, 0.2), (0.4, 0.45), *arc(0.5, 0.64, 0.16, 0.16, 180, 540)]],
    "7": [[(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]],
    "8": [[*arc(0.5, 0.35, 0.14, 0.14, 90, 450), *arc(0.5, 0.65, 0.17, 0.16, 270, 630)]],
    "9": [[*arc(0.5, 0.36, 0.16, 0.16, 0, 360), (0.66, 0.36), (0.62, 0.82)]],
}


def drawn(digit: str, side: int = 280, width: int = 20) -> npt.NDArray[np.uint8]:
    """Return black strokes on white, (side, side) uint8."""
    sheet = np.full((side, side), 255, np.uint8)
    for path in STROKES[digit]:
        points = np.round(np.array(path) * side).astype(np.int32)
        cv2.polylines(sheet, [points], False, 0, width, cv2.LINE_AA)
    return sheet
