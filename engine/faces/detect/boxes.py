"""Where faces are, without their landmarks: the detector inside the landmarker's own bundle."""

from __future__ import annotations

import io
import weakref
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.core.errors import ModelCorruptError
from engine.faces.detect.landmarks import MODEL
from engine.faces.result import Box
from engine.media.images import Bgr
from engine.models import store

MEMBER = "face_detector.tflite"
"""BlazeFace (short range, 128x128), the landmarker's first stage."""

LEAST = 0.3
"""Scores below are not told at all."""


@dataclass(frozen=True)
class Seen:
    """One face as the detector saw it.

    Attributes:
        box: x, y, width, height in pixels of the picture, from the brows to the chin.
        score: 0..1, as the network says it; not calibrated.
        keys: (6, 2) float32 pixels: right eye, left eye (the person's), nose, mouth, ears.
    """

    box: Box
    score: float
    keys: npt.NDArray[np.float32]

    @property
    def sideways(self) -> float:
        """How far the nose is from the middle of the eyes, along them, in eye spans.

        About 0 for a face that looks into the camera; the nose of a profile lies beyond one
        eye (over 0.5).
        """
        across = self.keys[1] - self.keys[0]
        span = max(float(np.hypot(*across)), 1e-3)
        off = self.keys[2] - (self.keys[0] + self.keys[1]) / 2
        return abs(float(off @ across)) / span**2


class BoxDetector:
    """Finds the boxes of faces in pictures. One object serves one thread; ``close()`` it.

    Raises:
        ModelMissingError, ModelCorruptError: the landmarker's bundle cannot be loaded.
    """

    def __init__(self) -> None:
        self._engines = [_open()]
        # At the interpreter's end MediaPipe's own __del__ comes too late and raises.
        self._closer = weakref.finalize(self, _close, self._engines)

    def detect(self, image: Bgr) -> list[Seen]:
        """Return the faces of *image* (H, W, 3), surest first; small ones need a piece of it."""
        import cv2
        import mediapipe as mp

        frame = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
        size = np.array(image.shape[1::-1], dtype=np.float32)
        found = []
        for row in self._engines[0].detect(frame).detections:
            at = row.bounding_box
            box = (float(at.origin_x), float(at.origin_y), float(at.width), float(at.height))
            keys = np.array([(key.x, key.y) for key in row.keypoints], dtype=np.float32) * size
            found.append(Seen(box, float(row.categories[0].score), keys))
        return sorted(found, key=lambda seen: -seen.score)

    def close(self) -> None:
        """Free the detector; safe to call twice."""
        self._closer()


def _close(engines: list[Any]) -> None:
    while engines:
        engine = engines.pop()
        try:
            engine.close()
        except RuntimeError:  # the interpreter is ending, and the process with it
            engine._handle = None


def _open() -> Any:
    from engine.media.native_stderr import quiet_stderr

    bundle = store.path(MODEL).read_bytes()
    with quiet_stderr():
        import mediapipe as mp
        from mediapipe.tasks.python import vision
        from mediapipe.tasks.python.core.base_options import BaseOptions

        try:
            data = zipfile.ZipFile(io.BytesIO(bundle)).read(MEMBER)
            engine = vision.FaceDetector.create_from_options(
                vision.FaceDetectorOptions(
                    base_options=BaseOptions(model_asset_buffer=data),
                    min_detection_confidence=LEAST,
                )
            )
            blank = np.zeros((64, 64, 3), dtype=np.uint8)
            engine.detect(mp.Image(mp.ImageFormat.SRGB, blank))  # the first call talks
            return engine
        except (KeyError, RuntimeError, ValueError, zipfile.BadZipFile) as error:
            raise ModelCorruptError(
                f"얼굴 모델을 불러올 수 없어요({MODEL}). 다시 설치해 주세요.",
                f"The model '{MODEL}' cannot be loaded: {error}. Install it again.",
            ) from error
