"""Train the expression model on labelled face pictures and ship it as ONNX with its linear head.

Steps: landmarks and aligned crops (cached), a split by person and class, one training of the
fused network, a temperature fitted on the validation part, export, report on the held-out part.

    python -m training.train_faces --data fer2013_train.zip portraits_train.zip --repeat 1 2
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as nnf
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from engine.faces.result import LABELS
from training import track
from training.faces_augment import augment
from training.faces_net import Exported, FaceNet, export
from training.faces_report import report
from training.faces_split import Data, read
from training.register import register

ANCHORS_A_CLASS = 300


def train(
    data: Data, repeat: Sequence[int], epochs: int, seed: int, device: str = "cpu"
) -> FaceNet:
    """Return the moving average of a network trained on the training part.

    Args:
        repeat: how often each source's faces are seen an epoch.
        device: where the network is trained, for example ``cpu`` or ``cuda``.
    """
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    rows = np.repeat(data.rows(0), [repeat[s] for s in data.source[data.rows(0)]])
    known = data.features[rows]
    net = FaceNet(known.mean(0).numpy(), known.std(0).clamp_min(1e-3).numpy())
    net = net.to(device, memory_format=torch.channels_last)
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    counts = torch.bincount(data.labels[rows], minlength=len(LABELS)).clamp_min(1)
    weights = counts.float().rsqrt()
    weights = (weights / weights[data.labels[rows]].mean()).to(device)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.03)
    batch = min(128, max(2, len(rows) // 2))
    steps = max(1, len(rows) // batch)
    total, step, started = epochs * steps, 0, time.process_time()
    for epoch in range(epochs):
        net.train()
        order = torch.from_numpy(rows)[torch.randperm(len(rows), generator=rng)]
        seen = 0.0
        for start in range(0, steps * batch, batch):
            chosen = order[start : start + batch]
            rate = 3e-3 * min(1.0, (step + 1) / (0.08 * total + 1))
            rate *= 0.5 * (1 + math.cos(math.pi * step / total))
            for group in optimizer.param_groups:
                group["lr"] = max(rate, 1e-6)
            pictures, features = augment(data.pictures[chosen].float(), data.features[chosen], rng)
            with torch.autocast(torch.device(device).type, dtype=torch.bfloat16):
                logits = net(pictures.to(device), features.to(device))[1].float()
            truth = data.labels[chosen].to(device)
            loss = nnf.cross_entropy(logits, truth, weights, label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            average.update_parameters(net)
            seen += float(loss.detach())
            step += 1
        right = accuracy(average.module, data, data.rows(1))
        spent = time.process_time() - started
        print(
            f"epoch {epoch + 1}/{epochs} loss {seen / steps:.4f} validation {right:.4f} "
            f"cpu {spent:.0f} s",
            flush=True,
        )
        track.measured({"loss": seen / steps, "validation": right}, epoch + 1)
    return average.module.cpu().eval()


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


def accuracy(net: FaceNet, data: Data, rows: npt.NDArray[np.int64]) -> float:
    """Return the share of *rows* whose largest logit is the label."""
    return float((run(net, data, rows)[1].argmax(1) == data.labels[rows]).float().mean())


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """Return the temperature with the least cross-entropy (Guo et al. 2017), by a fine grid."""
    grid = torch.exp(torch.linspace(math.log(0.2), math.log(5.0), 200))
    losses = torch.stack([nnf.cross_entropy(logits / t, labels) for t in grid])
    return float(grid[int(losses.argmin())])


def save(net: FaceNet, data: Data, out: Path, seed: int) -> None:
    """Write ``face-expression/`` into *out* and enter it into the manifest.

    The anchors are features of validation faces, which the network never trained on.
    """
    folder = out / "face-expression"
    rng = np.random.default_rng(seed)
    rows = np.concatenate(
        [
            rng.permutation([r for r in data.rows(1) if data.labels[r] == label])[:ANCHORS_A_CLASS]
            for label in range(len(LABELS))
        ]
    ).astype(np.int64)
    rng.shuffle(rows)
    features = run(net, data, rows)[0].numpy()
    export(net, folder / "expression.onnx")
    np.savez_compressed(
        folder / "head.npz",
        weights=net.head.weight.detach().numpy(), bias=net.head.bias.detach().numpy(),
        anchor_features=features.astype(np.float16),
        anchor_labels=data.labels[rows].numpy().astype(np.uint8),
    )  # fmt: skip
    register(
        out, "face-expression", version="1.0", task="faces: seven expressions",
        licence="AGPL-3.0-or-later", files=["expression.onnx", "head.npz"],
        folder="face-expression",
    )  # fmt: skip


def main(argv: list[str] | None = None) -> None:
    """Train, export and register ``face-expression``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="CLASS/NAME.jpg sets")
    parser.add_argument("--repeat", type=int, nargs="+", help="times each set is seen an epoch")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--device", default="cpu", help="cpu, cuda, mps …")
    parser.add_argument("--limit", type=int, default=None, help="use only N pictures of each set")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=36)
    parser.add_argument("--cache", type=Path, help="folder that keeps the extracted faces")
    track.add_option(parser)
    args = parser.parse_args(argv)
    torch.set_num_threads(1)  # the same sums in the same order on every machine
    repeat = args.repeat or [1] * len(args.data)
    if len(repeat) != len(args.data):
        parser.error("--repeat needs one number a set of --data")
    with track.logged(args, "face-expression", data=args.data):
        _run(args, repeat)


def _run(args: argparse.Namespace, repeat: Sequence[int]) -> None:
    data = read(args.data, args.cache, args.limit, args.seed)
    sizes = [len(data.rows(part)) for part in range(3)]
    print(f"faces: {sizes} train/validation/held out; {len(data.faces.missed)} without", flush=True)
    net = train(data, repeat, args.epochs, args.seed, args.device)
    rows = data.rows(1)
    temperature = fit_temperature(run(net, data, rows)[1], data.labels[rows])
    with torch.no_grad():  # from here on the head's logits are calibrated
        net.head.weight /= temperature
        net.head.bias /= temperature
    save(net, data, args.out, args.seed)
    for number, path in enumerate(args.data):
        rows = data.rows(2)[data.source[data.rows(2)] == number]
        logits = run(net, data, rows)[1]
        found = [data.faces.found(row) for row in rows]
        metrics = report(found, data.labels[rows].numpy(), logits.softmax(1).numpy())
        print(json.dumps({"held_out": path.name, **metrics}, ensure_ascii=False), flush=True)
        track.measured({f"held_out.{path.name}": metrics})
    print(json.dumps({"temperature": temperature}), flush=True)
    track.measured({"temperature": temperature})
    track.made(*sorted((args.out / "face-expression").iterdir()))


if __name__ == "__main__":
    main()
