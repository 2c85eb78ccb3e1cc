"""Pictures turned about their middle, and the way back of what was found in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.faces.detect.landmarks import Found
from engine.faces.detect.tiling import Box
from engine.media.images import Bgr


@dataclass(frozen=True, eq=False)
class Turned:
    """A picture turned counter-clockwise by *degrees*.

    Attributes:
        image: (H', W', 3), large enough for all of the picture; corners are grey.
        scale: pixels of *image* a pixel of the whole.
        whole: (W, H) of the picture that was turned.
    """

    image: Bgr
    degrees: float
    scale: float
    whole: tuple[int, int]

    def to_whole(self, found: Found) -> Found:
        """Return a face of the turned picture as one of the whole: points, and head's turn."""
        points = found.points.astype(np.float64)
        middle = np.array(self.image.shape[1::-1]) / 2
        back = _rotation(-self.degrees)
        flat = (points[:, :2] - middle) @ back.T / self.scale + np.array(self.whole) / 2
        upright = np.eye(4)
        upright[:2, :2] = back.T  # the camera's y points up, the picture's down
        return Found(
            points=np.column_stack([flat, points[:, 2] / self.scale]).astype(np.float32),
            blendshapes=found.blendshapes,
            matrix=(upright @ found.matrix).astype(np.float32),
        )

    def box_to_whole(self, box: Box) -> Box:
        """Return an upright box of the turned picture as one of the same size in the whole."""
        x, y, width, height = box
        middle = np.array([x + width / 2, y + height / 2]) - np.array(self.image.shape[1::-1]) / 2
        at = middle @ _rotation(-self.degrees).T / self.scale + np.array(self.whole) / 2
        width, height = width / self.scale, height / self.scale
        return float(at[0]) - width / 2, float(at[1]) - height / 2, width, height


def turned(image: Bgr, degrees: float, longest: int) -> Turned:
    """Return *image* turned counter-clockwise, its longer side at most *longest* pixels."""
    import cv2

    height, width = image.shape[:2]
    scale = min(1.0, longest / max(height, width))
    turn = _rotation(degrees)
    new = np.ceil(np.abs(turn) @ np.array([width, height]) * scale - 1e-6).astype(int)
    if scale == 1.0 and degrees % 90 == 0:
        exact = np.rot90(image, round(degrees / 90))
        return Turned(np.ascontiguousarray(exact), degrees, scale, (width, height))
    matrix = np.column_stack([turn * scale, new / 2 - turn @ np.array([width, height]) * scale / 2])
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    shown = cv2.warpAffine(
        image, matrix, (int(new[0]), int(new[1])), flags=flags, borderValue=(128, 128, 128)
    )
    return Turned(np.asarray(shown, dtype=np.uint8), degrees, scale, (width, height))


def _rotation(degrees: float) -> npt.NDArray[np.float64]:
    """Return the (2, 2) counter-clockwise rotation of a picture's x and y (y points down)."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, sin], [-sin, cos]])
