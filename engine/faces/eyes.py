"""How far the eyes are open: the eye aspect ratio, lids paired in order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

PAIRS = (
    ((33, 133), (160, 144), (158, 153)),
    ((362, 263), (385, 380), (387, 373)),
)
"""Of either eye: the corners, and two pairs of an upper and the lower lid's point below it."""


def openness(points: npt.NDArray[np.float32]) -> float:
    """Return the eye aspect ratio (Soukupova and Cech 2016), mean of both eyes.

    Args:
        points: (478, 2 or more) landmarks in pixels.
    """
    flat = points[:, :2].astype(np.float64)
    ratios = []
    for corners, *lids in PAIRS:
        width = max(float(np.hypot(*(flat[corners[0]] - flat[corners[1]]))), 1e-6)
        height = sum(float(np.hypot(*(flat[upper] - flat[lower]))) for upper, lower in lids)
        ratios.append(height / (2 * width))
    return float(np.mean(ratios))
