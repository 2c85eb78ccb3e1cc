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
from training.faces_augment import augment, mix
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
    """

    epochs: int
    rate: float
    small: float = 0.0
    small_side: int = 48
    balance: float = 0.25
    decay: float = 0.998


def fit(
    net: FaceNet, data: Data, rows: npt.NDArray[np.int64], plan: Plan, seed: int,
    check: Callable[[FaceNet], dict[str, float]] | None = None, device: str = "cpu",
) -> FaceNet:  # fmt: skip
    """Train *net* on *rows* (a row may come several times); return its moving average.

    Args:
        check: told about the average after each epoch; what it returns is printed.
    """
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    net = net.to(device, memory_format=torch.channels_last)
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(plan.decay), use_buffers=True)
    counts = torch.bincount(data.labels[rows], minlength=len(LABELS)).clamp_min(1)
    weights = counts.float() ** -plan.balance
    weights = weights / weights[data.labels[rows]].mean()
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
            loss = _loss(net, data, chosen, side, weights, rng, device)
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


def _loss(
    net: FaceNet, data: Data, chosen: Tensor, side: int | None, weights: Tensor,
    rng: torch.Generator, device: str,
) -> Tensor:  # fmt: skip
    """Return the cross-entropy of a changed and mixed batch, smoothed and weighed by class."""
    pictures, features = augment(data.pictures[chosen].float(), data.features[chosen], rng, side)
    targets = nnf.one_hot(data.labels[chosen], len(LABELS)).float()
    targets = (targets * (1 - SMOOTHING) + SMOOTHING / len(LABELS)) * weights[
        data.labels[chosen], None
    ]
    pictures, features, targets = mix(pictures, features, targets, rng)
    with torch.autocast(torch.device(device).type, dtype=torch.bfloat16):
        logits = net(pictures.to(device), features.to(device))[1].float()
    return -(targets.to(device) * logits.log_softmax(1)).sum(1).mean()


def run(net: FaceNet, data: Data, rows: npt.NDArray[np.int64]) -> tuple[Tensor, Tensor]:
    """Return (embedding, logits) of *rows* as the exported network gives them."""
    net.eval()
    shipped, device = Exported(net).eval(), net.head.weight.device
    with torch.no_grad():
        parts = [
            shipped(data.pictures[chunk].to(device), data.features[chunk].to(device))
            for chunk in torch.from_numpy(rows).split(256)
        ]
    return torch.cat([p[0] for p in parts]).cpu(), torch.cat([p[1] for p in parts]).cpu()
