"""Faces: landmarks, regions, features, head pose and expression of every face in a picture."""

from engine.faces.measure.features import FaceFeatures, HeadPose
from engine.faces.reader import FaceReader
from engine.faces.result import LABELS, Expression, Face, FaceBox, FacesResult, Region

__all__ = [
    "LABELS",
    "Expression",
    "Face",
    "FaceBox",
    "FaceFeatures",
    "FaceReader",
    "FacesResult",
    "HeadPose",
    "Region",
]
