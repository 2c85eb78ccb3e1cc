"""The detectors: which there are, what their classes are called, and their networks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.errors import InputError, Message
from engine.models import downloads, manifest, store
from engine.text.korean.object_names import COCO, open_images

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
        StorageError: the records of downloads or the table of names cannot be read.
    """
    entry = manifest.entry(COCO_MODEL)
    title = Message("사물 80가지 · 기본", "80 kinds of objects · standard")
    found = [DetectorInfo(COCO_MODEL, title, len(COCO), entry.bytes, True)]
    for item in downloads.catalogue():
        now = downloads.state(item)
        size = now.record.bytes if now.record else 0
        found.append(
            DetectorInfo(item.name, item.title, len(open_images()), size, now.place is not None)
        )
    return tuple(found)


def names(model: str) -> Names:
    """Return the names of a detector's classes.

    Raises:
        InputError: there is no detector of that name.
    """
    if model == COCO_MODEL:
        return COCO
    if downloads.find(model) is not None:
        return tuple((name.english, name.korean) for name in open_images())
    raise InputError(f"'{model}'라는 사물 모델은 없어요.", f"There is no detector '{model}'.")


def label(model: str) -> str:
    """Return name and version of a detector, as results show them.

    Raises:
        InputError: there is no detector of that name.
    """
    names(model)
    item = downloads.find(model)
    return manifest.entry(model).label if item is None else item.label


def network(model: str) -> Network:
    """Return a detector's network, loaded once.

    Raises:
        InputError: there is no detector of that name.
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`; the first
            also for one that was not downloaded.
    """
    known = names(model)
    loader = _load if downloads.find(model) is None else _load_checkpoint
    return Network(store.load(model, loader), known)


def session(weights: str | bytes) -> Any:
    """Return an onnxruntime session of a file or of a model's bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _load(path: Path) -> Any:
    return session(str(path))


def _load_checkpoint(path: Path) -> Any:
    from engine.comments.detect import yolov8

    return session(yolov8.convert(path, tuple(name.english for name in open_images())))
