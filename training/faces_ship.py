"""The trained expression network's last steps: calibration, ONNX, anchors, its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from engine.faces.features import HeadPose
from engine.faces.result import LABELS
from engine.metrics import classification_metrics
from training import onnx_weights
from training.evaluation import faces_groups as groups
from training.faces_fit import run
from training.faces_net import Exported, export
from training.faces_split import Data
from training.register import register

ANCHORS_A_CLASS = 120
"""At most, of each set."""

VERSION = "3.0"


def temperature(parts: Sequence[tuple[Tensor, Tensor]]) -> float:
    """Return the temperature at which the mean confidence is nearest to the accuracy, by a grid.

    The one of least cross-entropy (Guo et al. 2017) leaves a network that was trained on
    smoothed labels too sure of its first answer.

    Args:
        parts: logits (N, 7) and labels (N,) of several sets that weigh the same.
    """
    grid = torch.exp(torch.linspace(math.log(0.2), math.log(5.0), 400))
    right = [float((logits.argmax(1) == labels).float().mean()) for logits, labels in parts]
    sure = [
        [float((logits / t).softmax(1).max(1).values.mean()) for logits, _ in parts] for t in grid
    ]
    gaps = (np.array(sure) - np.array(right)).mean(axis=1)
    return float(grid[int(np.abs(gaps).argmin())])


def figures(data: Data, rows: npt.NDArray[np.int64], logits: Tensor) -> dict[str, object]:
    """Return the metrics of *rows* by their calibrated *logits* (N, 7), with groups of faces."""
    chances = logits.softmax(1)
    truth = [LABELS[i] for i in data.labels[rows].tolist()]
    said = [LABELS[i] for i in chances.argmax(1).tolist()]
    features = data.features[rows].numpy()
    seen = [
        groups.Seen(label, chance, HeadPose(*row[-3:] * 45), size, crop)
        for label, chance, row, size, crop in zip(
            truth, chances.tolist(), features, data.sizes[rows], data.pictures[rows].numpy(),
            strict=True,
        )
    ]  # fmt: skip
    return {
        **classification_metrics(truth, said, chances.max(1).values.tolist(), LABELS),
        "groups": groups.grouped(seen),
        "confusions": groups.confusions(seen),
        "doubtful_labels": groups.doubtful(seen),
    }


def save(network: Exported, data: Data, out: Path, seed: int) -> None:
    """Write ``face-expression/`` into *out* and enter it into the manifest.

    The anchors are embeddings of the sets' validation faces, which were never trained on.
    """
    folder = out / "face-expression"
    rng = np.random.default_rng(seed)
    sets = range(int(data.source.max()) + 1)
    rows = np.concatenate([_some(data, data.checked(number), rng) for number in sets])
    rng.shuffle(rows)
    features = run(network, data, rows)[0].numpy()
    export(network, folder / "expression.onnx")
    onnx_weights.quarter(folder / "expression.onnx")
    np.savez_compressed(
        folder / "head.npz",
        weights=network.head.weight.detach().numpy(), bias=network.head.bias.detach().numpy(),
        anchor_features=features.astype(np.float16),
        anchor_labels=data.labels[rows].numpy().astype(np.uint8),
    )  # fmt: skip
    register(
        out, "face-expression", version=VERSION, task="faces: seven expressions",
        licence="AGPL-3.0-or-later", files=["expression.onnx", "head.npz"],
        folder="face-expression",
    )  # fmt: skip


def _some(
    data: Data, rows: npt.NDArray[np.int64], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return up to ``ANCHORS_A_CLASS`` of *rows* for each class."""
    labels = data.labels.numpy()[rows]
    return np.concatenate(
        [rng.permutation(rows[labels == c])[:ANCHORS_A_CLASS] for c in range(len(LABELS))]
    )
