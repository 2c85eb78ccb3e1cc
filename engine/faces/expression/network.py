"""The expression network: crops and features -> embeddings, and the head that ships with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.learning.linear_head import LinearHead
from engine.media.images import Bgr
from engine.models import store

SIZE = 64
"""Side of the crop in pixels."""

EYE_SPAN = 24.0
"""Distance of the eyes' centres in the crop, in pixels."""

CENTRE = (32.0, 35.0)
"""Where the middle between eyes and mouth lies in the crop, (x, y) in pixels."""

MOUTH_RATIO = 1.05
"""Distance eyes to mouth over distance eye to eye in a frontal face."""

LEFT_EYE = (33, 133)
RIGHT_EYE = (362, 263)
MOUTH = (61, 291)

Crop: TypeAlias = npt.NDArray[np.uint8]
"""A grey picture (SIZE, SIZE) uint8."""


def transform(points: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the (2, 3) similarity that maps picture pixels to crop pixels.

    The rotation makes the line through the eyes level. The scale is the larger of the
    eyes' span and the eyes-to-mouth span, so that turned faces stay whole.

    Args:
        points: (478, 2 or more) landmarks in pixels.
    """
    left, right, mouth = (
        points[list(pair), :2].astype(np.float64).mean(axis=0)
        for pair in (LEFT_EYE, RIGHT_EYE, MOUTH)
    )
    eyes = (left + right) / 2
    across = right - left
    span = max(float(np.hypot(*across)), float(np.hypot(*(mouth - eyes))) / MOUTH_RATIO, 1e-3)
    angle = np.arctan2(across[1], across[0])
    scale = EYE_SPAN / span
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    turn = np.array([[cos, sin], [-sin, cos]])
    shift = np.array(CENTRE) - turn @ ((eyes + mouth) / 2)
    return np.hstack([turn, shift[:, None]])


def align(image: Bgr, points: npt.NDArray[np.float32]) -> Crop:
    """Return the aligned grey crop of the face at *points*; edges are repeated outside.

    Args:
        image: (H, W, 3) uint8 BGR.
        points: (478, 2 or more) landmarks in pixels of *image*.
    """
    import cv2

    matrix = transform(points)
    scale = float(np.hypot(matrix[0, 0], matrix[0, 1]))
    reach = SIZE / scale * 0.75  # half the crop's diagonal, and a little
    height, width = image.shape[:2]
    centre = np.linalg.inv(matrix[:, :2]) @ (np.array([SIZE / 2, SIZE / 2]) - matrix[:, 2])
    x0, y0 = (
        int(np.clip(c - reach, 0, top - 1)) for c, top in zip(centre, (width, height), strict=True)
    )
    x1, y1 = (
        int(np.clip(np.ceil(c + reach), low + 1, top))
        for c, low, top in zip(centre, (x0, y0), (width, height), strict=True)
    )
    grey = cv2.cvtColor(np.ascontiguousarray(image[y0:y1, x0:x1]), cv2.COLOR_BGR2GRAY)
    matrix[:, 2] += matrix[:, :2] @ np.array([x0, y0])
    shrink = int(1.0 / scale)
    if shrink > 1:  # averaging first: a plain warp would alias
        old = np.array([grey.shape[1], grey.shape[0]])
        new = np.maximum(old // shrink, 1)
        grey = cv2.resize(grey, (int(new[0]), int(new[1])), interpolation=cv2.INTER_AREA)
        ratio = old / new
        matrix[:, 2] += matrix[:, :2] @ ((ratio - 1) / 2)
        matrix[:, :2] *= ratio
    return np.asarray(
        cv2.warpAffine(
            grey, matrix, (SIZE, SIZE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
        dtype=np.uint8,
    )


MODEL = "face-expression"


@dataclass(frozen=True)
class Network:
    """The loaded network.

    Attributes:
        session: onnxruntime session; inputs ``crops`` uint8 (N, 64, 64) and ``features``
            float32 (N, 62), outputs ``embedding`` (N, F) and ``logits`` (N, 7).
        head: the last layer; its softmax is calibrated.
        anchors: (M, F) float32 embeddings of faces that were not trained on.
        anchor_labels: (M,) their classes.
    """

    session: Any
    head: LinearHead
    anchors: npt.NDArray[np.float32]
    anchor_labels: npt.NDArray[np.int64]

    def embed(
        self, crops: npt.NDArray[np.uint8], features: npt.NDArray[np.float32], both: bool = True
    ) -> npt.NDArray[np.float32]:
        """Return (N, F) embeddings of crops (N, 64, 64) and features (N, 62).

        Args:
            both: look at each crop as it is and mirrored, and take the mean: surer, but twice
                the time.
        """
        views = [crops, np.ascontiguousarray(crops[:, :, ::-1])] if both else [crops]
        found = [
            self.session.run(["embedding"], {"crops": view, "features": features})[0]
            for view in views
        ]
        return np.mean(found, axis=0, dtype=np.float32)


def network() -> Network:
    """Return the shipped network, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`.
    """
    return store.load(MODEL, _read)


def _read(folder: Path) -> Network:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # milliseconds a face: threads would only wait
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "expression.onnx"), options, providers=["CPUExecutionProvider"]
    )
    with np.load(folder / "head.npz", allow_pickle=False) as stored:
        return Network(
            session=session,
            head=LinearHead(stored["weights"], stored["bias"]),
            anchors=stored["anchor_features"].astype(np.float32),
            anchor_labels=stored["anchor_labels"].astype(np.int64),
        )
