"""Labelled pictures as the network sees them: what a personal version goes on knowing."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

HASH = 32
"""Bytes of a SHA-256."""

DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
"""What :meth:`Lessons.load` raises of a file that is missing or damaged."""


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
        """Read what :meth:`save` wrote; raises one of ``DAMAGED``."""
        with np.load(path, allow_pickle=False) as saved:
            read = cls(saved["features"], saved["truth"], saved["hashes"])
        if not len(read.features) == len(read.truth) == len(read.hashes):
            raise ValueError(f"the arrays of {path} do not belong together")
        return read
