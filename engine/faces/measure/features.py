"""What is measured on the landmarks: the classic seven features, head pose, and the vector
that the expression model reads beside the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.faces.detect.landmarks import BLENDSHAPES, Found

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


EYE_CORNERS = (33, 263)
MOUTH_CORNERS = (61, 291)
LIP_TOP, LIP_BOTTOM = 13, 14
INNER_BROWS = (55, 285)
FACE_SIDES = (234, 454)

FURROW_GAP = 0.22
"""Inner brows nearer than this share of the face's width count as drawn together."""

FURROW_HEIGHT = 0.09
"""Inner brows nearer to the eyes than this (in eye spans) count as lowered."""

DROWSY_EAR = 0.11
"""Eyes narrower than this count as drowsy: of the hundredths the one that agrees best with both
blendshapes eyeBlink above 0.4 (F1 0.82 on FER2013's training faces and on the portraits)."""


@dataclass(frozen=True)
class FaceFeatures:
    """The classic features; every length is in eye spans (outer corner to outer corner).

    They are measured after the line through the eyes has been made level, so that neither
    the size of the face nor a tilted head changes them.

    Attributes:
        ear: eye aspect ratio, mean of both eyes (Soukupova and Cech 2016).
        mouth_open: height of the mouth's opening over the mouth's width.
        smile_lift: how far the mouth's corners lie above the upper lip's inner edge.
        normalized_mouth_width: width of the mouth.
        smile_score: ``normalized_mouth_width * max(smile_lift, 0)``.
        brow_raise: how far the inner brows lie above the eyes' outer corners.
        furrow: 1.0 where the brows are drawn together and lowered, else 0.0.
    """

    ear: float
    mouth_open: float
    smile_lift: float
    normalized_mouth_width: float
    smile_score: float
    brow_raise: float
    furrow: float

    @property
    def drowsy(self) -> bool:
        """Whether the eyes are all but closed."""
        return self.ear < DROWSY_EAR


@dataclass(frozen=True)
class HeadPose:
    """Head rotation in degrees, all 0 when the face looks straight into the camera.

    Attributes:
        yaw: turned towards the picture's right (positive) or left.
        pitch: looking up (positive) or down.
        roll: tilted counter-clockwise in the picture (positive) or clockwise.
    """

    yaw: float
    pitch: float
    roll: float


def measure(points: npt.NDArray[np.float32]) -> FaceFeatures:
    """Return the classic features of landmarks (478, 2 or more) in pixels."""
    flat = _level(points)
    span = max(_distance(flat, *EYE_CORNERS), 1e-6)
    width = _distance(flat, *MOUTH_CORNERS)
    top = flat[LIP_TOP, 1]
    lift = float(np.mean([top - flat[corner, 1] for corner in MOUTH_CORNERS])) / span
    eye_line = float(np.mean([flat[corner, 1] for corner in EYE_CORNERS]))
    brow_line = float(np.mean([flat[brow, 1] for brow in INNER_BROWS]))
    raised = (eye_line - brow_line) / span
    gap = _distance(flat, *INNER_BROWS) / max(_distance(flat, *FACE_SIDES), 1e-6)
    mouth_width = width / span
    return FaceFeatures(
        ear=openness(points),
        mouth_open=_distance(flat, LIP_TOP, LIP_BOTTOM) / max(width, 1e-6),
        smile_lift=lift,
        normalized_mouth_width=mouth_width,
        smile_score=mouth_width * max(lift, 0.0),
        brow_raise=raised,
        furrow=float(gap < FURROW_GAP and raised < FURROW_HEIGHT),
    )


def head_pose(matrix: npt.NDArray[np.float32]) -> HeadPose:
    """Return the head's rotation from the landmarker's (4, 4) transformation.

    The matrix maps the canonical face (x right, y up, z towards the viewer) to the camera;
    its rotation is read as yaw after pitch after roll.
    """
    turn = matrix[:3, :3].astype(np.float64)
    turn = turn / max(float(np.cbrt(abs(np.linalg.det(turn)))), 1e-9)
    return HeadPose(
        yaw=float(np.degrees(np.arctan2(turn[0, 2], turn[2, 2]))),
        pitch=float(np.degrees(np.arcsin(np.clip(turn[1, 2], -1.0, 1.0)))),
        roll=float(np.degrees(np.arctan2(turn[1, 0], turn[1, 1]))),
    )


def rotation(pose: HeadPose) -> npt.NDArray[np.float64]:
    """Return the (3, 3) rotation of a pose, what :func:`head_pose` reads.

    Its columns are the head's axes (to the picture's right, up, out of the face) in the
    camera's (x right, y up, z towards the viewer).
    """
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll])
    around = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    nod = np.array(
        [[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]]
    )
    tilt = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    return np.asarray(around @ nod @ tilt)


def vector(
    found: Found, features: FaceFeatures | None = None, pose: HeadPose | None = None
) -> npt.NDArray[np.float32]:
    """Return the (62,) features of the expression model: see ``VECTOR_NAMES``."""
    features = measure(found.points) if features is None else features
    pose = head_pose(found.matrix) if pose is None else pose
    classic = [getattr(features, name) for name in CLASSIC_NAMES]
    return np.array(
        [*found.blendshapes, *classic, pose.yaw / 45, pose.pitch / 45, pose.roll / 45],
        dtype=np.float32,
    )


CLASSIC_NAMES = tuple(FaceFeatures.__dataclass_fields__)

VECTOR_NAMES = (*BLENDSHAPES, *CLASSIC_NAMES, "yaw/45", "pitch/45", "roll/45")
"""Names of the model's features: 52 blendshapes, 7 classic features, 3 angles."""


def _level(points: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the points' x and y turned so that the line through the eyes is level."""
    flat = points[:, :2].astype(np.float64)
    across = flat[EYE_CORNERS[1]] - flat[EYE_CORNERS[0]]
    angle = np.arctan2(across[1], across[0])
    cos, sin = np.cos(angle), np.sin(angle)
    return flat @ np.array([[cos, -sin], [sin, cos]])


def _distance(points: npt.NDArray[np.float64], one: int, two: int) -> float:
    return float(np.hypot(*(points[one] - points[two])))
