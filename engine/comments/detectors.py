"""The detectors: which there are, what their classes are called, and their networks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import manifest, models
from engine.comments.names import COCO
from engine.errors import InputError, Message

COCO_MODEL = "objects-coco"
COCO_FILE = "objects_coco.onnx"

Names = tuple[tuple[str, str], ...]
"""(English, Korean) in the order of a network's classes."""


@dataclass(frozen=True)
class DetectorInfo:
    """One detector for a list to choose from.

    Attributes:
        name: as ``Detection.model`` takes it.
        title: as a person reads it.
        classes: how many kinds of things it knows.
        bytes: size of its file, 0 where it is not known yet.
        ready: whether it can be used now; if not, the model manager downloads it.
    """

    name: str
    title: Message
    classes: int
    bytes: int
    ready: bool


@dataclass(frozen=True)
class Network:
    """A loaded detector: image (1, 3, H, W) -> (1, 4 + classes, N) and the classes' names."""

    session: Any
    names: Names


def available() -> tuple[DetectorInfo, ...]:
    """Return every detector, the packaged one first; loads none.

    Raises:
        ModelMissingError: the manifest cannot be read.
    """
    entry = manifest.entry(COCO_MODEL)
    title = Message("기본 (80가지)", "Standard (80 kinds)")
    return (DetectorInfo(COCO_MODEL, title, len(COCO), entry.bytes, True),)


def names(model: str) -> Names:
    """Return the names of a detector's classes.

    Raises:
        InputError: there is no detector of that name.
    """
    if model == COCO_MODEL:
        return COCO
    raise InputError(f"'{model}'라는 사물 모델은 없어요.", f"There is no detector '{model}'.")


def label(model: str) -> str:
    """Return name and version of a detector, as results show them.

    Raises:
        InputError: there is no detector of that name.
    """
    names(model)
    return manifest.entry(model).label


def network(model: str) -> Network:
    """Return a detector's network, loaded once.

    Raises:
        InputError: there is no detector of that name, or it was not downloaded.
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`.
    """
    known = names(model)
    return Network(models.load(model, _load), known)


def session(weights: str | bytes) -> Any:
    """Return an onnxruntime session of a file or of a model's bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _load(path: Path) -> Any:
    return session(str(path))
