"""MediaPipe's FaceLandmarker: 478 points, 52 blendshapes and the head's transformation."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.core.errors import ModelCorruptError
from engine.faces.detect.tiling import MARGINS, Part, overlap, tilings, with_margin
from engine.media.images import Bgr
from engine.models import store

MODEL = "face-landmarker"
CONFIDENCE = 0.5
DOUBTFUL = 0.1
"""Confidence that is enough in a thumbnail, which was cropped to a face by somebody."""

THUMBNAIL = 128
"""Longest side in pixels of a picture that counts as a thumbnail."""

TILED = 480
"""Longest side in pixels from which a picture may be searched tile by tile."""

SMALL = 0.25
"""A face narrower than this share of the picture hints at others, too small to be seen yet."""

BLENDSHAPES = (
    "_neutral", "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft",
    "browOuterUpRight", "cheekPuff", "cheekSquintLeft", "cheekSquintRight", "eyeBlinkLeft",
    "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight", "eyeLookInLeft", "eyeLookInRight",
    "eyeLookOutLeft", "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft",
    "eyeSquintRight", "eyeWideLeft", "eyeWideRight", "jawForward", "jawLeft", "jawOpen",
    "jawRight", "mouthClose", "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft",
    "mouthFrownRight", "mouthFunnel", "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight",
    "mouthPressLeft", "mouthPressRight", "mouthPucker", "mouthRight", "mouthRollLower",
    "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper", "mouthSmileLeft", "mouthSmileRight",
    "mouthStretchLeft", "mouthStretchRight", "mouthUpperUpLeft", "mouthUpperUpRight",
    "noseSneerLeft", "noseSneerRight",
)  # fmt: skip
"""Names of the blendshapes in the model's order."""


@dataclass(frozen=True, eq=False)
class Found:
    """One face as the landmarker saw it.

    Attributes:
        points: (478, 3) float32; x and y in pixels of the picture, z in the same scale
            (smaller is nearer, 0 at the head's centre).
        blendshapes: (52,) float32 in 0..1, in the order of ``BLENDSHAPES``.
        matrix: (4, 4) float32, canonical face to camera.
    """

    points: npt.NDArray[np.float32]
    blendshapes: npt.NDArray[np.float32]
    matrix: npt.NDArray[np.float32]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Bounding box (x, y, width, height) of the points in pixels."""
        low, high = self.points[:, :2].min(axis=0), self.points[:, :2].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


class Landmarker:
    """Finds faces in pictures, or follows them from frame to frame (``live=True``).

    One object serves one stream and one thread at a time. ``close()`` it.
    """

    def __init__(self, max_faces: int = 5, live: bool = False) -> None:
        self.max_faces = max_faces
        self.live = live
        self._engines: dict[float, Any] = {CONFIDENCE: _open(max_faces, live, CONFIDENCE)}
        self._last_ms = 0
        # At the interpreter's end MediaPipe's own __del__ comes too late and raises.
        self._closer = weakref.finalize(self, _close, self._engines)

    def find(self, image: Bgr, timestamp_ms: int | None = None) -> list[Found]:
        """Return the faces of *image*, largest first.

        A picture in which none or only small ones are found is looked at again, enlarged
        with a margin or in tiles, because the detector is made for faces that fill much of
        the picture. Live frames are looked at once.

        Args:
            timestamp_ms: of a live frame, ever growing; the next millisecond when ``None``.
        """
        found = self.look(image, timestamp_ms)
        return found if self.live else self.look_again(image, found)

    def look(self, image: Bgr, timestamp_ms: int | None = None) -> list[Found]:
        """Return the faces that one look at the whole of *image* gives, largest first."""
        return self._largest(self._run(self._engines[CONFIDENCE], image, timestamp_ms))

    def look_again(self, image: Bgr, seen: list[Found]) -> list[Found]:
        """Return the faces of the second look, and *seen*, those of the first."""
        found = list(seen)
        if len(found) < self.max_faces:
            widest = max((face.box[2] for face in found), default=0.0)
            if not found:
                found = self._second_look(image)
            elif widest < SMALL * max(image.shape[:2]) and max(image.shape[:2]) >= TILED:
                self._search(next(tilings(image), []), found)
        return self._largest(found)

    def look_at(self, part: Part) -> list[Found]:
        """Return the faces of a piece of a picture, in pixels of the whole."""
        return self._run_part(self._engines[CONFIDENCE], part)

    def close(self) -> None:
        """Free the landmarker; safe to call twice."""
        self._closer()

    def _run(self, engine: Any, image: Bgr, timestamp_ms: int | None = None) -> list[Found]:
        import cv2
        import mediapipe as mp

        frame = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
        if self.live:
            step = self._last_ms + 1 if timestamp_ms is None else timestamp_ms
            self._last_ms = max(step, self._last_ms + 1)
            answer = engine.detect_for_video(frame, self._last_ms)
        else:
            answer = engine.detect(frame)
        height, width = image.shape[:2]
        return [
            _found(points, shapes, matrix, width, height)
            for points, shapes, matrix in zip(
                answer.face_landmarks,
                answer.face_blendshapes,
                answer.facial_transformation_matrixes,
                strict=True,
            )
        ]

    def _second_look(self, image: Bgr) -> list[Found]:
        longest = max(image.shape[:2])
        confidence = DOUBTFUL if longest <= THUMBNAIL else CONFIDENCE
        if confidence not in self._engines:
            self._engines[confidence] = _open(self.max_faces, False, confidence)
        engine = self._engines[confidence]
        if longest < TILED:
            looks = (self._run_part(engine, with_margin(image, share)) for share in MARGINS)
            return next((faces for faces in looks if faces), [])
        found: list[Found] = []
        for tiles in tilings(image):
            self._search(tiles, found)
            if found:
                break
        return found

    def _search(self, tiles: list[Part], found: list[Found]) -> None:
        """Add to *found* the faces of the tiles that are not in it yet."""
        for part in tiles:
            for face in self._run_part(self._engines[CONFIDENCE], part):
                if not any(overlap(face.box, other.box) > 1 / 3 for other in found):
                    found.append(face)

    def _largest(self, found: list[Found]) -> list[Found]:
        return sorted(found, key=lambda face: -face.box[2] * face.box[3])[: self.max_faces]

    def _run_part(self, engine: Any, part: Part) -> list[Found]:
        return [
            Found(part.to_whole(f.points), f.blendshapes, f.matrix)
            for f in self._run(engine, part.image)
        ]


def _close(engines: dict[float, Any]) -> None:
    while engines:
        engine = engines.popitem()[1]
        try:
            engine.close()
        except RuntimeError:  # the interpreter is ending, and the process with it
            engine._handle = None


def _open(max_faces: int, live: bool, confidence: float) -> Any:
    from engine.media.native_stderr import quiet_stderr

    data = store.path(MODEL).read_bytes()  # not the path: MediaPipe chokes on some of them
    with quiet_stderr():
        import mediapipe as mp
        from mediapipe.tasks.python import vision
        from mediapipe.tasks.python.core.base_options import BaseOptions

        mode = vision.RunningMode.VIDEO if live else vision.RunningMode.IMAGE
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=data),
            running_mode=mode,
            num_faces=max_faces,
            min_face_detection_confidence=confidence,
            min_face_presence_confidence=confidence,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        try:
            engine = vision.FaceLandmarker.create_from_options(options)
            blank = mp.Image(mp.ImageFormat.SRGB, np.zeros((64, 64, 3), dtype=np.uint8))
            if live:  # the first call is slow and talks
                engine.detect_for_video(blank, 0)
            else:
                engine.detect(blank)
            return engine
        except (RuntimeError, ValueError) as error:
            raise ModelCorruptError(
                f"얼굴 모델을 불러올 수 없어요({MODEL}). 다시 설치해 주세요.",
                f"The model '{MODEL}' cannot be loaded: {error}. Install it again.",
            ) from error


def _found(points: Any, shapes: Any, matrix: Any, width: int, height: int) -> Found:
    raw = np.array([(p.x, p.y, p.z) for p in points], dtype=np.float32)
    return Found(
        points=raw * np.array([width, height, width], dtype=np.float32),
        blendshapes=np.array([shape.score for shape in shapes], dtype=np.float32),
        matrix=np.asarray(matrix, dtype=np.float32),
    )
