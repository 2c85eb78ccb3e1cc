"""The named regions of a face: which landmarks they are, their centroid and bounding box."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.faces.result import Region

REGIONS = {
    "left_eye": (33, 133, 160, 159, 158, 157, 173),
    "right_eye": (362, 263, 387, 386, 385, 384, 398),
    "nose": (1, 2, 4, 5, 6, 97, 98, 195, 197, 326, 327),
    "mouth": (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 61, 291, 13),
}
"""Landmarks of each region; left and right are the picture's. The nose's first is its tip."""


def regions(points: npt.NDArray[np.float32]) -> dict[str, Region]:
    """Return the regions of landmarks (478, 2 or more) in pixels, by name."""
    return {name: _region(name, points[list(index), :2]) for name, index in REGIONS.items()}


def _region(name: str, points: npt.NDArray[np.float32]) -> Region:
    low, high = points.min(axis=0), points.max(axis=0)
    centre = points.mean(axis=0)
    return Region(
        name=name,
        centroid=(float(centre[0]), float(centre[1])),
        box=(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])),
        points=points,
    )
