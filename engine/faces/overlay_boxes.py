"""Drawing faces that were found without landmarks: a dashed box each."""

from __future__ import annotations

import itertools

import numpy as np

from engine.faces.result import FaceBox
from engine.images import Bgr

LIGHT, DARK = (255, 255, 255), (44, 34, 30)
"""BGR; dashes in both can be seen on any ground."""


def draw_unread(scene: Bgr, face: FaceBox) -> None:
    """Draw the box of a face without landmarks on *scene*, in place."""
    import cv2

    x, y, width, height = face.box
    thick = int(np.clip(width / 60, 2, 6))
    step = max(width, height) / 12
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    for colour, wide in ((DARK, thick + 2), (LIGHT, thick)):
        for (x0, y0), (x1, y1) in itertools.pairwise(corners):
            count = max(round(np.hypot(x1 - x0, y1 - y0) / step / 2), 1)
            for number in range(count):
                ends = [(number + part) / count for part in (0.2, 0.8)]
                start, end = (
                    (round(x0 + (x1 - x0) * at), round(y0 + (y1 - y0) * at)) for at in ends
                )
                cv2.line(scene, start, end, colour, wide, cv2.LINE_AA)
