"""What reading the faces of a picture gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.core.errors import Message
from engine.faces.measure.features import FaceFeatures, HeadPose

LABELS: tuple[str, ...] = ("행복", "슬픔", "분노", "공포", "놀람", "혐오", "중립")
"""The expressions, in the order of the model's outputs."""

Box: TypeAlias = tuple[float, float, float, float]
"""x, y, width, height in pixels."""


@dataclass(frozen=True, eq=False)
class Region:
    """One region of a face, in pixels of the picture.

    Attributes:
        name: ``left_eye``, ``right_eye``, ``nose`` or ``mouth``; sides are the picture's.
        centroid: mean of the points (x, y).
        box: bounding box of the points.
        points: (N, 2) float32.
    """

    name: str
    centroid: tuple[float, float]
    box: Box
    points: npt.NDArray[np.float32]

    def to_dict(self) -> dict[str, Any]:
        """Return plain types, to a tenth of a pixel."""
        return {
            "centroid": _tenths(self.centroid),
            "box": _tenths(self.box),
            "points": _tenths(self.points),
        }

    @classmethod
    def from_dict(cls, name: str, row: dict[str, Any]) -> Region:
        """Return the region that *row* was made of."""
        x, y = row["centroid"]
        points = np.asarray(row["points"], dtype=np.float32).reshape(-1, 2)
        return cls(name, (float(x), float(y)), _box(row["box"]), points)


@dataclass(frozen=True)
class Expression:
    """What a face expresses.

    Attributes:
        label: one of ``LABELS``.
        confidence: probability of *label* in 0..1; calibrated when *source* is the model.
        probabilities: of every label; they sum to 1.
        drowsy: whether the eyes are all but closed (by the eye aspect ratio).
        source: ``"model"``, or ``"rules"`` where the classic rules answered instead.
        model: name and version of what answered.
    """

    label: str
    confidence: float
    probabilities: dict[str, float]
    drowsy: bool
    source: Literal["model", "rules"]
    model: str


@dataclass(frozen=True, eq=False)
class Face:
    """One face.

    Attributes:
        box: bounding box of the landmarks in pixels.
        landmarks: (478, 3) float32 in pixels; z in the same scale, smaller is nearer.
        regions: by name, see :class:`Region`.
        features, pose, expression: what was measured and judged.
        blendshapes: the landmarker's 52 activations in 0..1, by name.
        payload: the bytes that a correction stores.
    """

    box: Box
    landmarks: npt.NDArray[np.float32]
    regions: dict[str, Region]
    features: FaceFeatures
    blendshapes: dict[str, float]
    pose: HeadPose
    expression: Expression
    payload: bytes

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON; pixels to a tenth."""
        return {
            "box": _tenths(self.box),
            "expression": asdict(self.expression),
            "features": asdict(self.features),
            "pose": asdict(self.pose),
            "regions": {name: region.to_dict() for name, region in self.regions.items()},
            "blendshapes": self.blendshapes,
            "landmarks": _tenths(self.landmarks),
        }

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Face:
        """Return the face that *row* was made of; it has no payload to correct it by."""
        landmarks = np.asarray(row.get("landmarks", ()), dtype=np.float32).reshape(-1, 3)
        return cls(
            box=_box(row["box"]),
            landmarks=landmarks,
            regions={name: Region.from_dict(name, part) for name, part in row["regions"].items()},
            features=FaceFeatures(**row["features"]),
            blendshapes=dict(row["blendshapes"]),
            pose=HeadPose(**row["pose"]),
            expression=Expression(**row["expression"]),
            payload=b"",
        )


@dataclass(frozen=True)
class FaceBox:
    """A face that was found without its landmarks, so that nothing of it is measured.

    Attributes:
        box: x, y, width, height in pixels of the picture, from the brows to the chin.
        score: the detector's, 0..1; not calibrated.
        reason: why there are no landmarks.
    """

    box: Box
    score: float
    reason: Message

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON; pixels to a tenth."""
        reason = self.reason._asdict()
        return {"box": _tenths(self.box), "score": round(self.score, 4), "reason": reason}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> FaceBox:
        """Return the box that *row* was made of."""
        return cls(_box(row["box"]), float(row["score"]), Message(**row["reason"]))


@dataclass(frozen=True, eq=False)
class FacesResult:
    """All faces of one picture, largest first.

    Attributes:
        image_size: (width, height) in pixels.
        faces: those with landmarks.
        model: name and version of what judged the expressions.
        milliseconds: time taken.
        warnings: why the answer is less than it could be, in words.
        faces_without_landmarks: found by the second look, but not measured.
    """

    image_size: tuple[int, int]
    faces: tuple[Face, ...]
    model: str
    milliseconds: float
    warnings: tuple[Message, ...] = ()
    faces_without_landmarks: tuple[FaceBox, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "image_size": list(self.image_size),
            "faces": [face.to_dict() for face in self.faces],
            "model": self.model,
            "milliseconds": self.milliseconds,
            "warnings": [warning._asdict() for warning in self.warnings],
            "faces_without_landmarks": [found.to_dict() for found in self.faces_without_landmarks],
        }

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> FacesResult:
        """Return the result that *row* was made of (landmarks and payloads may be missing).

        Raises:
            KeyError, TypeError, ValueError: *row* is not such a dict.
        """
        width, height = row["image_size"]
        return cls(
            image_size=(int(width), int(height)),
            faces=tuple(Face.from_dict(face) for face in row["faces"]),
            model=str(row["model"]),
            milliseconds=float(row["milliseconds"]),
            warnings=tuple(Message(**warning) for warning in row["warnings"]),
            faces_without_landmarks=tuple(
                FaceBox.from_dict(found) for found in row.get("faces_without_landmarks", ())
            ),
        )


def _box(values: Sequence[float]) -> Box:
    x, y, width, height = values
    return float(x), float(y), float(width), float(height)


def _tenths(values: npt.ArrayLike) -> Any:
    return np.round(np.asarray(values, dtype=np.float64), 1).tolist()
