"""What the comments domain answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.comments.detect import objects
from engine.comments.detect.objects import Box, DetectedObject
from engine.comments.labels import LeftOut
from engine.core.errors import Message
from engine.text.korean import counting


@dataclass(frozen=True)
class PhotoFace:
    """One face of a photo.

    Attributes:
        box: x, y, width, height in pixels of the photo.
        expression: one of the seven classes of ``engine.faces``, in Korean.
        confidence: of the expression, in 0..1.
        label: the expression as the comment writer knows it; None when neutral.
    """

    box: Box
    expression: str
    confidence: float
    label: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "box": [round(value, 1) for value in self.box],
            "expression": self.expression,
            "confidence": round(self.confidence, 4),
            "label": self.label,
        }


@dataclass(frozen=True)
class PhotoResult:
    """What was found in a photo.

    Attributes:
        image_size: width and height in pixels.
        faces, objects: largest face first; surest object first.
        labels: Korean, expressions first, without repeats: the prompt's material.
        left_out: what was found and is left out of the prompt, with the reason.
        warnings: what the reader of faces has to say, for example that rules answered.
        models: name and version of each model that looked.
        milliseconds: time of the look.
    """

    image_size: tuple[int, int]
    faces: tuple[PhotoFace, ...]
    objects: tuple[DetectedObject, ...]
    labels: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Message, ...]
    models: tuple[str, ...]
    milliseconds: float

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each object there are: Korean name -> number, surest first."""
        return objects.counts(self.objects)

    @property
    def counted(self) -> tuple[str, ...]:
        """The objects as one counts them aloud, for example 고양이 두 마리."""
        return tuple(counting.counted(name, n) for name, n in self.counts.items())

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "image_size": list(self.image_size),
            "faces": [face.to_dict() for face in self.faces],
            "objects": [item.to_dict() for item in self.objects],
            "counts": dict(self.counts),
            "labels": list(self.labels),
            "photo_left_out": [item.to_dict() for item in self.left_out],
            "warnings": [warning.en for warning in self.warnings],
            "detectors": list(self.models),
            "detect_milliseconds": round(self.milliseconds, 1),
        }


@dataclass(frozen=True)
class CommentResult:
    """Comments written for a set of labels.

    Attributes:
        labels: the prompt's, as the model read them.
        comments: different from one another, the most fitting first.
        left_out: labels that are not in the prompt, with the reason.
        model: name and version; with ``writing.BY_HAND`` where sentences by hand take part.
        milliseconds: time of writing, loading included where it was the first call.
        tone: the tone that they are in (one of ``tone.TONES``).
        hashtags: suggested from the labels, each with its #.
        replaced: candidates that the kindness filter took out.
        seed: writes the same comments again, where the same were shown before.
        repeated: how many of the comments were shown before, since no new ones were left.
    """

    labels: tuple[str, ...]
    comments: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    model: str
    milliseconds: float
    tone: str = "기본"
    hashtags: tuple[str, ...] = ()
    replaced: int = 0
    seed: int = 0
    repeated: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "labels": list(self.labels),
            "comments": list(self.comments),
            "left_out": [item.to_dict() for item in self.left_out],
            "model": self.model,
            "milliseconds": round(self.milliseconds, 1),
            "tone": self.tone,
            "hashtags": list(self.hashtags),
            "replaced": self.replaced,
            "seed": self.seed,
            "repeated": self.repeated,
        }
