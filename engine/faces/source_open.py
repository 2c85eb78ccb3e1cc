"""Opening what OpenCV reads: quietly, with limits of patience, and pictures in their shape."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import cv2

OPEN_MS = 5000
"""How long a stream may take to open."""

STALL_MS = 15_000
"""How long a stream may hold its next frame back before it counts as gone."""


def ask_for_jpegs(capture: cv2.VideoCapture) -> bool:
    """Have a motion JPEG stream hand over its pictures undecoded; return whether it does.

    OpenCV squeezes all frames into the size of the first; decoded one by one, pictures of
    another size keep their shape.
    """
    import cv2

    kind = int(capture.get(cv2.CAP_PROP_FOURCC))
    return kind == cv2.VideoWriter.fourcc(*"MJPG") and bool(capture.set(cv2.CAP_PROP_FORMAT, -1))


def open_capture(target: int | str) -> cv2.VideoCapture:
    """Open a camera's index, a file or an address; the caller asks whether it is open."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # the error below says it better
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    if isinstance(target, int):
        return cv2.VideoCapture(target)
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, STALL_MS,
    ]  # fmt: skip
    return cv2.VideoCapture(target, cv2.CAP_FFMPEG, limits)
