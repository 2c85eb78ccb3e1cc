"""Pictures that the detector knows, drawn here so that no photo has to be carried."""

from __future__ import annotations

import cv2
import numpy as np

from engine.media.images import Bgr


def stop_sign() -> Bgr:
    """Return a street with a stop sign, 640 x 480; its box is about (208, 48, 224, 224)."""
    image = np.zeros((480, 640, 3), np.uint8)
    image[:300] = (235, 200, 150)
    image[300:] = (110, 120, 115)
    cv2.rectangle(image, (312, 220), (328, 470), (120, 120, 120), -1)
    angles = np.deg2rad(np.arange(8) * 45 + 22.5)
    for radius, colour in ((112, (255, 255, 255)), (104, (40, 30, 190))):
        corners = np.stack([320 + radius * np.cos(angles), 160 + radius * np.sin(angles)], 1)
        cv2.fillPoly(image, [corners.astype(np.int32)], colour, cv2.LINE_AA)
    cv2.putText(
        image, "STOP", (238, 180), cv2.FONT_HERSHEY_DUPLEX, 2.0, (255, 255, 255), 6, cv2.LINE_AA
    )
    return cv2.GaussianBlur(image, (3, 3), 0)


def nothing() -> Bgr:
    """Return a plain wall, 640 x 480."""
    return np.full((480, 640, 3), 190, np.uint8)
