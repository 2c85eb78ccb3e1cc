"""The expression model's data: joined sets, their features, a split without shared people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from engine.faces import features as measured
from training import faces_data
from training.faces_data import Faces

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
    faces: Faces = faces_data.load([path], cache, limit)
    size = len(faces.labels)
    vectors = np.array([measured.vector(faces.found(row)) for row in range(size)])
    sizes = np.ptp(faces.points[:, :, :2], axis=1).min(axis=1)
    names, labels, crops = faces.names, faces.labels, faces.crops
    if base:
        more = faces_data.whole(path, faces.missed)
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
