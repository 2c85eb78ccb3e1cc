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

from engine.faces.measure.features import VECTOR_NAMES
from engine.faces.result import LABELS
from training.common import track
from training.vision.faces.data import Data
from training.vision.faces.net import Exported, FaceNet


def _mirror_order() -> list[int]:
    """Return where each feature's value comes from in a mirrored picture (mouthLeft and
    mouthRight change places, and so on)."""
    swap = {"Left": "Right", "Right": "Left"}
    order = []
    for name in VECTOR_NAMES:
        side = next((s for s in swap if name.endswith(s)), None)
        other = name if side is None else name.removesuffix(side) + swap[side]
        order.append(VECTOR_NAMES.index(other))
    return order


MIRROR_ORDER = torch.tensor(_mirror_order())
MIRROR_SIGN = torch.tensor([-1.0 if n in ("yaw/45", "roll/45") else 1.0 for n in VECTOR_NAMES])


TURN = math.pi / 12
"""Largest turn of a changed copy, in radians."""


@dataclass(frozen=True)
class Changes:
    """How much copies are changed.

    Attributes:
        strength: factor of all moves, turns and changes of light.
        blurred: share of the copies reduced to half resolution.
        patched: share with a grey patch.
        mixed: largest share of another face in a copy.
    """

    strength: float = 1.0
    blurred: float = 0.33
    patched: float = 0.33
    mixed: float = 0.5


STRONG = Changes()
LIGHT = Changes(strength=0.6, blurred=0.15, mixed=0.0)


def augment(
    pictures: Tensor, features: Tensor, rng: torch.Generator, side: int | None = None,
    changes: Changes = STRONG,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Return changed copies of pictures (N, 64, 64) in 0..255 and features (N, 62).

    Mirrored half of the time; at strength 1 turned by up to 15 degrees, scaled by up to 15 %,
    stretched by up to 8 %, moved by up to 5 pixels; contrast, brightness and gamma changed;
    some reduced to half resolution; some with a grey patch; noise. A twelfth loses its
    features, as a face without landmarks.

    Args:
        side: side of the copies in pixels, that of *pictures* if not given.
    """
    count, before = len(pictures), pictures.shape[-1]
    side, much = before if side is None else side, changes.strength

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=rng)

    flipped = torch.rand(count, generator=rng) < 0.5
    mirrored = features[:, MIRROR_ORDER] * MIRROR_SIGN
    features = torch.where(flipped[:, None], mirrored, features)
    lost = torch.rand(count, generator=rng) < 1 / 12
    features = torch.where(lost[:, None], torch.nan, features)

    def around(one: float, below: float, above: float) -> Tensor:
        return uniform(one - below * much, one + above * much)

    angle, zoom, stretch = around(0, TURN, TURN), around(1, 0.15, 0.15), around(1, 0.04, 0.04)
    sign = torch.where(flipped, -1.0, 1.0)
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    move = 2 * 5 / before * much
    rows = [
        torch.stack([sign * cos * stretch, -sin, uniform(-move, move)], 1),
        torch.stack([sign * sin, cos / stretch, uniform(-move, move)], 1),
    ]
    grid = nnf.affine_grid(torch.stack(rows, 1), [count, 1, side, side], align_corners=False)
    moved = nnf.grid_sample(pictures[:, None], grid, padding_mode="border", align_corners=False)
    coarse = nnf.interpolate(nnf.avg_pool2d(moved, 2), scale_factor=2, mode="bilinear")
    blurred = torch.rand(count, generator=rng) < changes.blurred
    moved = torch.where(blurred[:, None, None, None], coarse, moved)[:, 0] / 255

    relit = moved.clamp(1e-3, 1) ** around(1, 0.4, 0.6)[:, None, None]
    contrast, light = around(1, 0.4, 0.3), around(0, 0.2, 0.2)
    relit = (relit - 0.5) * contrast[:, None, None] + 0.5 + light[:, None, None]
    relit = relit + 0.02 * much * torch.randn(relit.shape, generator=rng)
    return _patched(relit.clamp(0, 1) * 255, rng, changes.patched), features


def mix(
    pictures: Tensor, features: Tensor, targets: Tensor, rng: torch.Generator, most: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Return faces blended with others of the batch, and the targets in the same share
    (mixup, Zhang et al. 2018); the share is drawn once for all, near 0 most of the time.

    Args:
        targets: (N, 7) what each class counts.
        most: largest share.
    """
    share = float(torch.rand(1, generator=rng) ** 2 * most)
    order = torch.randperm(len(pictures), generator=rng)
    mixed = [t + share * (t[order] - t) for t in (pictures, features, targets)]
    return mixed[0], mixed[1], mixed[2]


def _patched(pictures: Tensor, rng: torch.Generator, share: float) -> Tensor:
    """Lay a grey patch of up to three eighths of the side on a *share* of the pictures."""
    side = pictures.shape[-1]
    for row in torch.nonzero(torch.rand(len(pictures), generator=rng) < share)[:, 0].tolist():
        height, width = torch.randint(side // 8, side * 3 // 8, (2,), generator=rng).tolist()
        y = int(torch.randint(0, side - height, (1,), generator=rng))
        x = int(torch.randint(0, side - width, (1,), generator=rng))
        pictures[row, y : y + height, x : x + width] = 128.0
    return pictures


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
