"""The expression model's data: joined sets, their features, a split without shared people."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from engine.core.errors import InputError
from engine.faces.detect.landmarks import BLENDSHAPES, Found, Landmarker
from engine.faces.expression import network
from engine.faces.measure import features as measured
from engine.faces.result import LABELS
from engine.media.images import Bgr, decode_image
from engine.reports.sets.faces import CLASSES
from engine.reports.sets.pictures import Picture, pictures, spread


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
    kept: list[tuple[str, int, network.Crop, Found]] = []
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
            face = network.align(image, found[0].points)
            kept.append((row.name, LABELS.index(row.label), face, found[0]))
    finally:
        landmarker.close()
    size = len(kept)
    return Faces(
        names=np.array([k[0] for k in kept], dtype=np.str_),
        labels=np.array([k[1] for k in kept], dtype=np.int64),
        crops=np.array([k[2] for k in kept], dtype=np.uint8).reshape(
            size, network.SIZE, network.SIZE
        ),
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


def framed(image: Bgr) -> network.Crop:
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
    how = cv2.INTER_AREA if side > network.SIZE else cv2.INTER_LINEAR
    small = cv2.resize(grey, (network.SIZE, network.SIZE), interpolation=how)
    return np.asarray(small, dtype=np.uint8)


def whole(path: Path, names: Sequence[str]) -> Whole:
    """Return the pictures *names* of a set, each taken whole; unreadable ones are left out."""
    wanted = set(names)
    kept: list[tuple[str, int, network.Crop]] = []
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
        crops=np.array([k[2] for k in kept], np.uint8).reshape(
            len(kept), network.SIZE, network.SIZE
        ),
    )


def load(paths: Sequence[Path], cache: Path | None, limit: int | None = None) -> Faces:
    """Return the faces of *paths*, from *cache* when it holds this very selection.

    Args:
        cache: folder for the extracted faces; ``None`` extracts anew.
        limit: use only this many pictures of each path, evenly spread over its classes.
    """
    key = "|".join(f"{p.name}:{p.stat().st_size if p.is_file() else ''}" for p in paths)
    digest = hashlib.sha256(f"{key}|{limit}|{network.SIZE}".encode()).hexdigest()[:16]
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


VALIDATION = 0.04
ADAPT_VALIDATION = 0.08
FOLDS = 3
NONE = -1
"""The fold of faces that are in none."""


@dataclass(frozen=True)
class Data:
    """All faces as tensors, with what each row is for.

    Attributes:
        names: (N,) origin of each picture.
        source: (N,) number of the data path of each row.
        pictures: (N, 64, 64) uint8.
        features: (N, 62) float32, not a number where the landmarker found no face.
        sizes: (N,) float32, shorter side of each face in its picture's pixels.
        labels: (N,) int64.
        validation: (N,) bool; rows that are never trained on.
        fold: (N,) which fold of the adapted sets a row is in, ``NONE`` for the base sets
            and for validation.
    """

    names: npt.NDArray[np.str_]
    source: npt.NDArray[np.int64]
    pictures: Tensor
    features: Tensor
    sizes: npt.NDArray[np.float32]
    labels: Tensor
    validation: npt.NDArray[np.bool_]
    fold: npt.NDArray[np.int64]

    @property
    def base(self) -> npt.NDArray[np.int64]:
        """Rows of the base sets that are trained on."""
        return np.flatnonzero((self.fold == NONE) & ~self.validation)

    def checked(self, source: int) -> npt.NDArray[np.int64]:
        """Rows of one set's validation part."""
        return np.flatnonzero(self.validation & (self.source == source))


def person(name: str) -> str:
    """Return whom a picture shows, as far as its name says (``Al_Gore_0002`` -> ``Al_Gore``)."""
    return re.sub(r"_\d{1,4}$", "", Path(name).stem)


def parts(
    names: Sequence[str], labels: npt.NDArray[np.int64], shares: Sequence[float], seed: int
) -> npt.NDArray[np.int64]:
    """Return a part for every row: stratified by class, no person in two parts.

    The rarest classes choose first; each person goes to the part that lacks most of the
    class, and every part gets one of each class as long as there are people for it.

    Args:
        shares: the parts' sizes; they add up to 1.
    """
    rng = np.random.default_rng(seed)
    groups: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        groups.setdefault(person(name), []).append(row)
    part = np.full(len(labels), -1, dtype=np.int64)
    counts = np.bincount(labels)
    for label in np.argsort(counts, kind="stable"):
        members = [
            rows for rows in groups.values()
            if part[rows[0]] < 0 and any(labels[row] == label for row in rows)
        ]  # fmt: skip
        have = np.array(
            [int(((part == p) & (labels == label)).sum()) for p in range(len(shares))], dtype=float
        )
        wanted = np.maximum(1.0, np.array(shares) * counts[label])
        for number in rng.permutation(len(members)):
            rows = members[int(number)]
            chosen = int(np.argmin(have / wanted))
            part[rows] = chosen
            have[chosen] += int((labels[rows] == label).sum())
    return part


def read(
    base: Sequence[Path], adapt: Sequence[Path], cache: Path | None, limit: int | None, seed: int
) -> Data:
    """Return the faces of the *base* and the *adapt* sets with features and split.

    Pictures of the base sets in which no face is found are whole faces themselves: they
    come without features.
    """
    rows: list[_Set] = []
    for number, path in enumerate([*base, *adapt]):
        rows.append(_read(path, cache, limit, number < len(base), seed))
    return Data(
        names=np.concatenate([r.names for r in rows]),
        source=np.repeat(np.arange(len(rows)), [len(r.names) for r in rows]),
        pictures=torch.from_numpy(np.concatenate([r.crops for r in rows])),
        features=torch.from_numpy(np.concatenate([r.vectors for r in rows])),
        sizes=np.concatenate([r.sizes for r in rows]),
        labels=torch.from_numpy(np.concatenate([r.labels for r in rows])),
        validation=np.concatenate([r.validation for r in rows]),
        fold=np.concatenate([r.fold for r in rows]),
    )


@dataclass(frozen=True)
class _Set:
    names: npt.NDArray[np.str_]
    labels: npt.NDArray[np.int64]
    crops: npt.NDArray[np.uint8]
    vectors: npt.NDArray[np.float32]
    sizes: npt.NDArray[np.float32]
    validation: npt.NDArray[np.bool_]
    fold: npt.NDArray[np.int64]


def _read(path: Path, cache: Path | None, limit: int | None, base: bool, seed: int) -> _Set:
    faces: Faces = load([path], cache, limit)
    size = len(faces.labels)
    vectors = np.array([measured.vector(faces.found(row)) for row in range(size)])
    sizes = np.ptp(faces.points[:, :, :2], axis=1).min(axis=1)
    names, labels, crops = faces.names, faces.labels, faces.crops
    if base:
        more = whole(path, faces.missed)
        names = np.concatenate([names, more.names])
        labels = np.concatenate([labels, more.labels])
        crops = np.concatenate([crops, more.crops])
        nothing = np.full((len(more.names), vectors.shape[1]), np.nan, dtype=np.float32)
        vectors = np.concatenate([vectors, nothing])
        sizes = np.concatenate([sizes, np.full(len(more.names), np.nan, dtype=np.float32)])
    kept = VALIDATION if base else ADAPT_VALIDATION
    rest = 1 if base else FOLDS
    shares = [*[(1 - kept) / rest] * rest, kept]
    part = parts([str(name) for name in names], labels, shares, seed)
    fold = np.where((part == rest) | base, NONE, part)
    return _Set(names, labels, crops, vectors.astype(np.float32), sizes, part == rest, fold)
