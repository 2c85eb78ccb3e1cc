"""The finished expression network adapted to another kind of picture, in folds by person.

Each fold's network learns from the other folds, so that together they judge every face
unseen: the honest figures of a set that is too small to hold a part out. What is shipped
is the mean of their weights (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.faces_fit import Plan, fit, run
from training.faces_net import FaceNet
from training.faces_split import FOLDS, Data

PLAN = Plan(epochs=2, rate=8e-4, decay=0.98)

BASE_SHARE = 0.5
"""Faces of the base sets that are seen again an epoch, so that they are not forgotten."""

LEAST_SHARE = 0.5
"""Power of how many times rarer than the commonest a class is: so often it is repeated."""


@dataclass(frozen=True)
class Adapted:
    """What adapting gave.

    Attributes:
        net: mean of the folds' networks.
        rows: (N,) rows of the adapted sets.
        logits: (N, 7) of the network that had not learned from the row's person.
    """

    net: FaceNet
    rows: npt.NDArray[np.int64]
    logits: Tensor


def adapt(net: FaceNet, data: Data, plan: Plan, seed: int, device: str) -> Adapted:
    """Adapt *net* to the rows that have a fold."""
    rows = np.flatnonzero(data.fold >= 0)
    logits = torch.zeros(len(rows), 7)
    nets = []
    for fold in range(FOLDS):
        learned = _repeated(rows[data.fold[rows] != fold], data, np.random.default_rng(seed))
        print(f"fold {fold + 1}/{FOLDS}: {len(learned)} faces an epoch", flush=True)
        nets.append(fit(copy.deepcopy(net), data, learned, plan, seed + fold, device=device))
        unseen = np.flatnonzero(data.fold[rows] == fold)
        logits[torch.from_numpy(unseen)] = run(nets[-1], data, rows[unseen])[1]
    return Adapted(mean(nets), rows, logits)


def mean(nets: list[FaceNet]) -> FaceNet:
    """Return a network whose weights and buffers are the mean of *nets*'."""
    states = [net.state_dict() for net in nets]
    made = copy.deepcopy(nets[0])
    made.load_state_dict(
        {
            key: torch.stack([s[key].double() for s in states]).mean(0).to(value.dtype)
            for key, value in states[0].items()
        }
    )
    return made.eval()


def _repeated(
    rows: npt.NDArray[np.int64], data: Data, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return *rows*, rare classes several times, beside some rows of the base sets."""
    labels = data.labels.numpy()[rows]
    counts = np.bincount(labels, minlength=7)
    times = (counts.max() / np.maximum(counts, 1)) ** LEAST_SHARE
    again = rng.permutation(data.base)[: round(len(data.base) * BASE_SHARE)]
    return np.concatenate([np.repeat(rows, np.round(times[labels]).astype(int)), again])
