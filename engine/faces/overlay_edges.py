"""Which landmarks MediaPipe joins by lines: its own tables, which come with the package."""

from __future__ import annotations

import functools
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Kind: TypeAlias = Literal["mesh", "contours"]

IRISES = ((468, 469, 470, 471, 472), (473, 474, 475, 476, 477))
"""Centre and four points of the rim of either iris, in the model's order."""


@functools.cache
def edges(kind: Kind) -> npt.NDArray[np.int64]:
    """Return (E, 2) landmark numbers: all triangles, or eyes, brows, lips and the face's oval.

    Nothing is loaded for it where a face has been read: the landmarker's module holds them.
    """
    from mediapipe.tasks.python import vision

    known = vision.FaceLandmarksConnections
    contours = kind == "contours"
    rows = known.FACE_LANDMARKS_CONTOURS if contours else known.FACE_LANDMARKS_TESSELATION
    pairs = {(min(e.start, e.end), max(e.start, e.end)) for e in rows}  # each edge comes twice
    return np.array(sorted(pairs), dtype=np.int64)
