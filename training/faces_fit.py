"""The expression network's training loop: cosine learning rate, mixed faces, moving average."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as nnf
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from engine.faces.result import LABELS
from training import track
from training.faces_augment import STRONG, Changes, augment, mix
from training.faces_net import Exported, FaceNet
from training.faces_split import Data

SMOOTHING = 0.1
BATCH = 128


@dataclass(frozen=True)
class Plan:
    """How long and how fast a network learns.

    Attributes:
        epochs: passes over the rows.
        rate: highest learning rate of AdamW.
        small: share of the epochs in which the crops have ``small_side`` pixels a side.
        small_side: pixels.
        balance: a class weighs its count to the power of minus this.
        decay: of the weights' moving average.
        changes: how much copies are changed.
        taught: share of a label that another network's answer takes.
    """

    epochs: int
    rate: float
    small: float = 0.0
    small_side: int = 48
    balance: float = 0.25
    decay: float = 0.998
    changes: Changes = STRONG
    taught: float = 0.0


def fit(
    net: FaceNet, data: Data, rows: npt.NDArray[np.int64], plan: Plan, seed: int,
    check: Callable[[FaceNet], dict[str, float]] | None = None, device: str = "cpu",
    answers: Tensor | None = None,
) -> FaceNet:  # fmt: skip
    """Train *net* on *rows* (a row may come several times); return its moving average.

    Args:
        check: told about the average after each epoch; what it returns is printed.
        answers: (N, 7) another network's chances for every row of *data*.
    """
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    net = net.to(device, memory_format=torch.channels_last)
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(plan.decay), use_buffers=True)
    counts = torch.bincount(data.labels[rows], minlength=len(LABELS)).clamp_min(1)
    weights = counts.float() ** -plan.balance
    targets = _targets(data.labels, weights / weights[data.labels[rows]].mean(), plan, answers)
    optimizer = torch.optim.AdamW(net.parameters(), lr=plan.rate, weight_decay=0.05)
    batch = min(BATCH, max(2, len(rows) // 2))
    steps = max(1, len(rows) // batch)
    total, step, started = plan.epochs * steps, 0, time.process_time()
    for epoch in range(plan.epochs):
        net.train()
        order = torch.from_numpy(rows)[torch.randperm(len(rows), generator=rng)]
        side = plan.small_side if epoch < plan.small * plan.epochs else None
        lost = 0.0
        for chosen in order[: steps * batch].split(batch):
            rate = plan.rate * min(1.0, (step + 1) / (0.05 * total + 1))
            for group in optimizer.param_groups:
                group["lr"] = max(rate * 0.5 * (1 + math.cos(math.pi * step / total)), 1e-6)
            loss = _loss(net, data, chosen, side, targets, plan.changes, rng, device)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            average.update_parameters(net)
            lost += float(loss.detach())
            step += 1
        told = {"loss": lost / steps, **(check(average.module) if check else {})}
        spent = time.process_time() - started
        figures = " ".join(f"{name} {value:.4f}" for name, value in told.items())
        print(f"epoch {epoch + 1}/{plan.epochs} {figures} cpu {spent:.0f} s", flush=True)
        track.measured(told, epoch + 1)
    return average.module.cpu().eval()


def _targets(labels: Tensor, weights: Tensor, plan: Plan, answers: Tensor | None) -> Tensor:
    """Return (N, 7) what each class counts: smoothed labels, in part another network's answers
    (Hinton et al. 2015), weighed by class."""
    targets = nnf.one_hot(labels, len(LABELS)).float()
    targets = targets * (1 - SMOOTHING) + SMOOTHING / len(LABELS)
    if answers is not None:
        targets += plan.taught * (answers - targets)
    return targets * weights[labels, None]


def _loss(
    net: FaceNet, data: Data, chosen: Tensor, side: int | None, targets: Tensor,
    changes: Changes, rng: torch.Generator, device: str,
) -> Tensor:  # fmt: skip
    """Return the cross-entropy of a changed and mixed batch."""
    pictures, features = data.pictures[chosen].float(), data.features[chosen]
    pictures, features = augment(pictures, features, rng, side, changes)
    pictures, features, wanted = mix(pictures, features, targets[chosen], rng, changes.mixed)
    with torch.autocast(torch.device(device).type, dtype=torch.bfloat16):
        logits = net(pictures.to(device), features.to(device))[1].float()
    return -(wanted.to(device) * logits.log_softmax(1)).sum(1).mean()


def run(
    network: FaceNet | Exported, data: Data, rows: npt.NDArray[np.int64]
) -> tuple[Tensor, Tensor]:
    """Return (embedding, logits) of *rows* as the engine has them, each seen in both ways."""
    shipped = network if isinstance(network, Exported) else Exported(network)
    shipped, device = shipped.eval(), next(network.parameters()).device
    shipped.head.to(device)
    parts = []
    with torch.no_grad():
        for chunk in torch.from_numpy(rows).split(256):
            crops, features = data.pictures[chunk].to(device), data.features[chunk].to(device)
            views = [shipped(seen, features)[0] for seen in (crops, crops.flip(2))]
            embedding = torch.stack(views).mean(0)
            parts.append((embedding, shipped.head(embedding)))
    return torch.cat([p[0] for p in parts]).cpu(), torch.cat([p[1] for p in parts]).cpu()
