"""Labelled pictures as the network sees them: what a personal version goes on knowing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.core.state import read_arrays

HASH = 32
"""Bytes of a SHA-256."""


@dataclass(frozen=True, eq=False)
class Lessons:
    """Features of pictures that were learned, with their classes; no picture is kept.

    Attributes:
        features: (N, F) float32, by the shipped network.
        truth: (N,) int64 class indices.
        hashes: (N, 32) uint8, the SHA-256 of each picture's file.
    """

    features: npt.NDArray[np.float32]
    truth: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.truth)

    def chosen(self, which: npt.NDArray[np.bool_]) -> Lessons:
        """Return those that (N,) *which* names."""
        return Lessons(self.features[which], self.truth[which], self.hashes[which])

    def without(self, hashes: npt.NDArray[np.uint8]) -> Lessons:
        """Return those whose file is none of (M, 32) *hashes*."""
        known = {row.tobytes() for row in hashes}
        return self.chosen(np.array([row.tobytes() not in known for row in self.hashes], bool))

    def joined(self, other: Lessons) -> Lessons:
        """Return these and *other* in one."""
        return Lessons(
            np.concatenate([self.features, other.features]),
            np.concatenate([self.truth, other.truth]),
            np.concatenate([self.hashes, other.hashes]),
        )

    def save(self, path: Path) -> None:
        """Write them to an .npz file."""
        np.savez_compressed(path, features=self.features, truth=self.truth, hashes=self.hashes)

    @classmethod
    def load(cls, path: Path) -> Lessons:
        """Read what :meth:`save` wrote.

        Raises:
            OSError, ValueError: it is missing or damaged.
        """
        features, truth, hashes = read_arrays(path, "features", "truth", "hashes")
        shapes = features.ndim, truth.shape, hashes.shape
        if shapes != (2, (len(features),), (len(features), HASH)):
            raise ValueError(f"the arrays of {path} do not belong together")
        kinds = [array.dtype.name for array in (features, truth, hashes)]
        if kinds != ["float32", "int64", "uint8"]:
            raise ValueError(f"the arrays of {path} are of other types")
        return cls(features, truth, hashes)
