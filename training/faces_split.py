"""The expression model's data: joined sets, their features, and a split without shared people."""

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

HELD_OUT, VALIDATION = 0.08, 0.06


@dataclass(frozen=True)
class Data:
    """All faces as tensors, with the part that each row belongs to.

    Attributes:
        faces: where the rows came from.
        source: (N,) number of the data path of each row.
        pictures: (N, 64, 64) uint8.
        features: (N, 62) float32.
        labels: (N,) int64.
        part: (N,) 0 for training, 1 validation, 2 held out.
    """

    faces: Faces
    source: npt.NDArray[np.int64]
    pictures: Tensor
    features: Tensor
    labels: Tensor
    part: npt.NDArray[np.int64]

    def rows(self, part: int) -> npt.NDArray[np.int64]:
        """Return the row numbers of one part."""
        return np.flatnonzero(self.part == part)


def person(name: str) -> str:
    """Return whom a picture shows, as far as its name says (``Al_Gore_0002`` -> ``Al_Gore``)."""
    return re.sub(r"_\d{1,4}$", "", Path(name).stem)


def split(faces: Faces, source: npt.NDArray[np.int64], seed: int) -> npt.NDArray[np.int64]:
    """Draw the parts: stratified by source and class, no person in two parts.

    The rarest strata choose first, and each has at least one face in every part.
    """
    rng = np.random.default_rng(seed)
    groups: dict[str, list[int]] = {}
    for row, name in enumerate(faces.names):
        groups.setdefault(f"{source[row]}/{person(str(name))}", []).append(row)
    part = np.full(len(faces.labels), -1, dtype=np.int64)
    strata = list(zip(source.tolist(), faces.labels.tolist(), strict=True))
    for stratum in sorted(set(strata), key=strata.count):
        size = strata.count(stratum)
        open_groups = [
            rows for rows in groups.values()
            if part[rows[0]] < 0 and any(strata[row] == stratum for row in rows)
        ]  # fmt: skip
        order = [open_groups[i] for i in rng.permutation(len(open_groups))]
        for number, share in ((2, HELD_OUT), (1, VALIDATION)):
            wanted = max(1, round(size * share))
            have = sum(1 for r, s in enumerate(strata) if s == stratum and part[r] == number)
            while order and have < wanted:
                rows = order.pop()
                part[rows] = number
                have += sum(strata[row] == stratum for row in rows)
        for rows in order:
            part[rows] = 0
    return part


def read(paths: Sequence[Path], cache: Path | None, limit: int | None, seed: int) -> Data:
    """Return the faces of *paths* with their features and split."""
    sets = [faces_data.load([path], cache, limit) for path in paths]
    joined = Faces(
        **{
            name: np.concatenate([getattr(item, name) for item in sets])
            for name in ("names", "labels", "crops", "points", "blendshapes", "matrices")
        },
        missed=tuple(name for item in sets for name in item.missed),
    )
    source = np.repeat(np.arange(len(sets)), [len(item.labels) for item in sets])
    vectors = np.stack([measured.vector(joined.found(row)) for row in range(len(joined.labels))])
    return Data(
        faces=joined,
        source=source,
        pictures=torch.from_numpy(joined.crops),
        features=torch.from_numpy(vectors),
        labels=torch.from_numpy(joined.labels),
        part=split(joined, source, seed),
    )
