"""Linear models over hashed n-grams, kept small: one byte a weight, no pickle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import ngrams
from engine.ngrams import Floats, NgramSpec

_LEVELS = 127


@dataclass(frozen=True)
class NgramModel:
    """Heads that answer with ``features @ weights + bias``.

    Attributes:
        spec: which n-grams the features are.
        weights: (spec.size, H) float32, one column a head.
        bias: (H,) float32.
        extra: further arrays of the model (its own calibration, anchors …) by name.
    """

    spec: NgramSpec
    weights: Floats
    bias: Floats
    extra: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def logits(self, folded: Sequence[str]) -> Floats:
        """Return (N, H) scores of texts that went through ``ngrams.fold``."""
        return ngrams.scores(folded, self.weights, self.spec) + self.bias


def save(path: Path, model: NgramModel) -> None:
    """Write *model* as a compressed npz with one signed byte a weight.

    The byte is a square-root scale, fine around zero where most weights lie and coarse
    at the few large ones: ``weight = sign(q) * (q / 127)**2 * largest of the head``.
    """
    largest = np.maximum(np.abs(model.weights).max(axis=0), 1e-9).astype(np.float32)
    share = np.sqrt(np.abs(model.weights) / largest)
    packed = (np.sign(model.weights) * np.rint(share * _LEVELS)).astype(np.int8)
    extra: dict[str, Any] = {f"extra_{name}": array for name, array in model.extra.items()}
    np.savez_compressed(
        path,
        packed=np.ascontiguousarray(packed.T),
        largest=largest,
        bias=model.bias.astype(np.float32),
        characters=np.array(model.spec.characters, np.int64),
        words=np.array(model.spec.words, np.int64),
        bits=np.array(model.spec.bits, np.int64),
        **extra,
    )


def read(path: Path) -> NgramModel:
    """Read what :func:`save` wrote.

    Raises:
        OSError, ValueError, KeyError: the file is not such a model.
    """
    with np.load(path, allow_pickle=False) as saved:
        spec = NgramSpec(
            tuple(int(n) for n in saved["characters"]),
            tuple(int(n) for n in saved["words"]),
            int(saved["bits"]),
        )
        table = np.square(np.arange(-128, 128, dtype=np.float32) / _LEVELS)
        table *= np.sign(np.arange(-128, 128, dtype=np.float32))
        packed = saved["packed"].T
        weights = np.empty(packed.shape, np.float32)
        for head, largest in enumerate(saved["largest"]):
            weights[:, head] = (table * largest)[packed[:, head].view(np.uint8) ^ 0x80]
        if packed.shape != (spec.size, len(saved["bias"])):
            raise ValueError(f"{packed.shape} weights do not fit {spec}")
        extra = {
            name.removeprefix("extra_"): saved[name]
            for name in saved.files
            if name.startswith("extra_")
        }
        return NgramModel(spec, weights, saved["bias"], extra)
