"""Labelled face pictures -> what the expression model is trained on, read once and cached."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from engine.errors import InputError
from engine.faces import crop
from engine.faces.landmarks import BLENDSHAPES, Found, Landmarker
from engine.faces.result import LABELS
from engine.images import Bgr, decode_image
from engine.reporting.sets.faces import CLASSES
from engine.reporting.sets.pictures import Picture, pictures, spread


@dataclass(frozen=True)
class Faces:
    """The faces found in a set of pictures, one row a picture with a face.

    Attributes:
        names: (N,) origin of each picture.
        labels: (N,) int64 index into ``LABELS``.
        crops: (N, 64, 64) uint8 aligned grey faces.
        points: (N, 478, 3) float32 landmarks in pixels.
        blendshapes: (N, 52) float32.
        matrices: (N, 4, 4) float32.
        missed: names of the pictures in which no face was found, or that cannot be read.
    """

    names: npt.NDArray[np.str_]
    labels: npt.NDArray[np.int64]
    crops: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float32]
    blendshapes: npt.NDArray[np.float32]
    matrices: npt.NDArray[np.float32]
    missed: tuple[str, ...]

    def found(self, row: int) -> Found:
        """Return row *row* as the landmarker gave it."""
        return Found(self.points[row], self.blendshapes[row], self.matrices[row])


def extract(rows: Sequence[Picture]) -> Faces:
    """Find the largest face of each picture; prints a line every 1,000 pictures."""
    kept: list[tuple[str, int, crop.Crop, Found]] = []
    missed: list[str] = []
    landmarker = Landmarker(max_faces=1)
    try:
        for number, row in enumerate(rows, start=1):
            if number % 1000 == 0:
                print(f"{number}/{len(rows)} pictures, {len(missed)} without a face", flush=True)
            try:
                image = decode_image(row.data, row.name)
            except InputError:
                missed.append(row.name)
                continue
            found = landmarker.find(image)
            if not found:
                missed.append(row.name)
                continue
            face = crop.align(image, found[0].points)
            kept.append((row.name, LABELS.index(row.label), face, found[0]))
    finally:
        landmarker.close()
    size = len(kept)
    return Faces(
        names=np.array([k[0] for k in kept], dtype=np.str_),
        labels=np.array([k[1] for k in kept], dtype=np.int64),
        crops=np.array([k[2] for k in kept], dtype=np.uint8).reshape(size, crop.SIZE, crop.SIZE),
        points=np.array([k[3].points for k in kept], dtype=np.float32).reshape(size, 478, 3),
        blendshapes=np.array([k[3].blendshapes for k in kept], dtype=np.float32).reshape(
            size, len(BLENDSHAPES)
        ),
        matrices=np.array([k[3].matrix for k in kept], dtype=np.float32).reshape(size, 4, 4),
        missed=tuple(missed),
    )


@dataclass(frozen=True)
class Whole:
    """Pictures without a face found that are faces themselves: names, labels, crops."""

    names: npt.NDArray[np.str_]
    labels: npt.NDArray[np.int64]
    crops: npt.NDArray[np.uint8]


def framed(image: Bgr) -> crop.Crop:
    """Return the middle square of a picture that is itself a face, grey, of a crop's size.

    An aligned crop shows 50 pixels of FER2013's 48: the whole picture is framed much alike.

    Args:
        image: (H, W, 3) uint8 BGR.
    """
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = np.ascontiguousarray(image[top : top + side, left : left + side])
    grey = cv2.cvtColor(square, cv2.COLOR_BGR2GRAY)
    how = cv2.INTER_AREA if side > crop.SIZE else cv2.INTER_LINEAR
    small = cv2.resize(grey, (crop.SIZE, crop.SIZE), interpolation=how)
    return np.asarray(small, dtype=np.uint8)


def whole(path: Path, names: Sequence[str]) -> Whole:
    """Return the pictures *names* of a set, each taken whole; unreadable ones are left out."""
    wanted = set(names)
    kept: list[tuple[str, int, crop.Crop]] = []
    for row in pictures([path], CLASSES):
        if row.name in wanted:
            try:
                picture = framed(decode_image(row.data, row.name))
            except InputError:
                continue
            kept.append((row.name, LABELS.index(row.label), picture))
    return Whole(
        names=np.array([k[0] for k in kept], dtype=np.str_),
        labels=np.array([k[1] for k in kept], dtype=np.int64),
        crops=np.array([k[2] for k in kept], np.uint8).reshape(len(kept), crop.SIZE, crop.SIZE),
    )


def load(paths: Sequence[Path], cache: Path | None, limit: int | None = None) -> Faces:
    """Return the faces of *paths*, from *cache* when it holds this very selection.

    Args:
        cache: folder for the extracted faces; ``None`` extracts anew.
        limit: use only this many pictures of each path, evenly spread over its classes.
    """
    key = "|".join(f"{p.name}:{p.stat().st_size if p.is_file() else ''}" for p in paths)
    digest = hashlib.sha256(f"{key}|{limit}|{crop.SIZE}".encode()).hexdigest()[:16]
    file = cache / f"faces-{digest}.npz" if cache else None
    if file is not None and file.exists():
        with np.load(file) as saved:
            return Faces(**{**{k: saved[k] for k in saved}, "missed": tuple(saved["missed"])})
    faces = extract(
        [row for path in paths for row in spread(list(pictures([path], CLASSES)), limit)]
    )
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, **{**vars(faces), "missed": np.array(faces.missed, dtype=np.str_)})
    return faces
