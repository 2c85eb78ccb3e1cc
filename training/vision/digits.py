"""Train the digit CNN on MNIST digits and ship it as ONNX with its linear head.

Steps: stratified split (1,000 held out, 1,000 for validation), one training on the
rest that fixes epochs and temperature, one final training on all but the held-out
digits, export, report. `python -m training digits --data mnist_train10k.npz`
"""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as nnf
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.common import track
from training.common.register import register

SIDE = 28


def augment(images: Tensor, rng: torch.Generator) -> Tensor:
    """Return a changed copy of *images* (N, 1, 28, 28) float in 0..1.

    Elastic fields after Simard, Steinkraus and Platt, "Best practices for
    convolutional neural networks applied to visual document analysis" (2003).
    """
    warped = nnf.grid_sample(images, _grid(len(images), rng), align_corners=False)
    stroked = _stroke(warped, rng)
    return _disturb(stroked, rng).clamp_(0.0, 1.0)


def _uniform(count: int, low: float, high: float, rng: torch.Generator) -> Tensor:
    return torch.rand(count, generator=rng) * (high - low) + low


def _grid(count: int, rng: torch.Generator) -> Tensor:
    """Return sampling positions (N, 28, 28, 2): affine changes and an elastic field."""
    angle = _uniform(count, -0.30, 0.30, rng)
    shear = _uniform(count, -0.30, 0.30, rng)
    scale_x = _uniform(count, 0.80, 1.18, rng)
    scale_y = _uniform(count, 0.85, 1.18, rng)
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = cos / scale_x
    theta[:, 0, 1] = (shear * cos - sin) / scale_x
    theta[:, 1, 0] = sin / scale_y
    theta[:, 1, 1] = (shear * sin + cos) / scale_y
    theta[:, :, 2] = (torch.rand(count, 2, generator=rng) - 0.5) * (2 * 2.6 / SIDE)
    grid = nnf.affine_grid(theta, [count, 1, SIDE, SIDE], align_corners=False)
    return grid + _elastic(count, 7, 0.085, rng) + _elastic(count, 4, 0.10, rng)


def _elastic(count: int, knots: int, strength: float, rng: torch.Generator) -> Tensor:
    """Return a smooth random displacement (N, 28, 28, 2) from a coarse grid of knots."""
    coarse = torch.randn(count, 2, knots, knots, generator=rng)
    coarse *= (_uniform(count, 0.0, strength, rng) * 0.75)[:, None, None, None]
    field = nnf.interpolate(coarse, size=(SIDE, SIDE), mode="bicubic", align_corners=True)
    return field.permute(0, 2, 3, 1)


def _stroke(images: Tensor, rng: torch.Generator) -> Tensor:
    """Make strokes bolder (dilation), thinner (erosion) or softer, by a random amount each."""
    bold = nnf.max_pool2d(images, 3, 1, 1)
    thin = -nnf.max_pool2d(-images, (2, 2), 1, 1)[:, :, :SIDE, :SIDE]
    soft = nnf.avg_pool2d(images, 3, 1, 1, count_include_pad=False)
    kind = torch.rand(len(images), generator=rng)
    amount = _uniform(len(images), 0.0, 0.85, rng)[:, None, None, None]
    out = images
    for other, low, high in ((bold, 0.0, 0.25), (thin, 0.25, 0.45), (soft, 0.45, 0.55)):
        chosen = ((kind >= low) & (kind < high)).float()[:, None, None, None] * amount
        out = out + chosen * (other - out)
    contrast = torch.exp(_uniform(len(images), -math.log(1.6), math.log(1.6), rng))
    return out.clamp(0.0, 1.0).pow(contrast[:, None, None, None])


def _disturb(images: Tensor, rng: torch.Generator) -> Tensor:
    """Add slight noise to some images and wipe a small square out of others."""
    count = len(images)
    level = _uniform(count, -0.10, 0.06, rng).clamp(min=0.0)[:, None, None, None]
    noisy = images + level * torch.randn(images.shape, generator=rng)
    rows = torch.arange(SIDE)[None, :, None]
    columns = torch.arange(SIDE)[None, None, :]
    top, left = (torch.randint(2, 22, (2, count), generator=rng))[:, :, None, None]
    size = torch.randint(2, 6, (count,), generator=rng)[:, None, None]
    size = size * (torch.rand(count, generator=rng) < 0.25)[:, None, None]
    hole = (rows >= top) & (rows < top + size) & (columns >= left) & (columns < left + size)
    return noisy * (~hole)[:, None].float()


EMBEDDING = 64
HELD_OUT = 1000
VALIDATION = 1000
ANCHORS_A_CLASS = 30


class DigitNet(nn.Module):
    """Five convolutions and a 64-wide embedding under a linear head."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_conv(1, 16), *_conv(16, 32, 2), *_conv(32, 32), *_conv(32, 64, 2), *_conv(64, 64),
            nn.Flatten(), nn.Dropout(0.35), nn.Linear(64 * 7 * 7, EMBEDDING, bias=False),
            nn.BatchNorm1d(EMBEDDING), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Linear(EMBEDDING, 10)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Map (N, 1, 28, 28) in 0..1 to (embedding (N, 64), logits (N, 10))."""
        embedding = self.body(images)
        return embedding, self.head(embedding)


def _conv(inputs: int, outputs: int, stride: int = 1) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]


@dataclass(frozen=True)
class Split:
    """Row numbers of the three parts; the held-out part is only ever reported on."""

    train: npt.NDArray[np.int64]
    validation: npt.NDArray[np.int64]
    held_out: npt.NDArray[np.int64]


def split(labels: npt.NDArray[np.uint8], seed: int) -> Split:
    """Draw the stratified, seeded split; at most a fifth of the rows goes to each small part."""
    rng = np.random.default_rng(seed)
    fraction = min(HELD_OUT / len(labels), 0.2)
    parts: tuple[list[int], list[int], list[int]] = ([], [], [])
    for digit in range(10):
        rows = rng.permutation(np.flatnonzero(labels == digit))
        cut = max(1, round(len(rows) * fraction))
        for part, chosen in zip(
            parts, (rows[2 * cut :], rows[cut : 2 * cut], rows[:cut]), strict=True
        ):
            part.extend(chosen.tolist())
    return Split(*(np.sort(np.asarray(part, dtype=np.int64)) for part in parts))


def as_tensor(images: npt.NDArray[np.uint8]) -> Tensor:
    """Return (N, 28, 28) uint8 as (N, 1, 28, 28) float in 0..1."""
    return torch.from_numpy(images.astype(np.float32) / 255.0)[:, None]


def train(
    images: Tensor, labels: Tensor, epochs: int, seed: int, device: str, label: str = "trial"
) -> nn.Module:
    """Return the exponential moving average of a network trained on augmented digits."""
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    net = DigitNet().to(device, memory_format=torch.channels_last)
    batch = min(128, max(2, len(images) // 2))
    steps = max(1, len(images) // batch)
    total, step, started = epochs * steps, 0, time.process_time()
    decay = min(0.998, 1 - 4 / max(total, 8))  # a short training must outweigh its start
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(decay), use_buffers=True)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.02)
    for epoch in range(epochs):
        net.train()
        order = torch.randperm(len(images), generator=rng)
        seen = 0.0
        for start in range(0, steps * batch, batch):
            rate = 3e-3 * min(1.0, (step + 1) / (0.05 * total + 1))
            rate *= 0.5 * (1 + math.cos(math.pi * step / total))
            for group in optimizer.param_groups:
                group["lr"] = max(rate, 1e-6)
            rows = order[start : start + batch]
            inputs = augment(images[rows], rng).to(device, memory_format=torch.channels_last)
            logits = net(inputs)[1]
            loss = nnf.cross_entropy(logits, labels[rows].to(device), label_smoothing=0.03)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            average.update_parameters(net)
            seen += float(loss.detach())
            step += 1
        spent = time.process_time() - started
        print(f"epoch {epoch + 1}/{epochs} loss {seen / steps:.4f} cpu {spent:.0f} s", flush=True)
        track.measured({f"{label}.loss": seen / steps}, epoch + 1)
    return average.module.eval()


def run(net: nn.Module, images: Tensor, device: str) -> tuple[Tensor, Tensor]:
    """Return (embedding, logits) of all images on the CPU."""
    with torch.no_grad():
        parts = [net(chunk.to(device)) for chunk in images.split(500)]
    return torch.cat([p[0] for p in parts]).cpu(), torch.cat([p[1] for p in parts]).cpu()


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """Return the temperature with the least cross-entropy (Guo et al. 2017), by a fine grid."""
    grid = torch.exp(torch.linspace(math.log(0.2), math.log(5.0), 200))
    losses = torch.stack([nnf.cross_entropy(logits / t, labels) for t in grid])
    return float(grid[int(losses.argmin())])


def accuracy(logits: Tensor, labels: Tensor) -> float:
    """Return the share of rows whose largest logit is the label."""
    return float((logits.argmax(1) == labels).float().mean())


def anchors(
    net: nn.Module, images: Tensor, labels: Tensor, rng: np.random.Generator, device: str
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return features (M, 64) and labels (M,): for each class as many plain as changed digits."""
    changed = augment(images, torch.Generator().manual_seed(int(rng.integers(2**31))))
    both = torch.cat([images, changed])
    rows: list[int] = []
    for digit in range(10):
        of_class = rng.permutation(np.flatnonzero(labels.numpy() == digit))
        plain, other = of_class[:ANCHORS_A_CLASS], of_class[-ANCHORS_A_CLASS:] + len(images)
        rows.extend(np.concatenate([plain, other]).tolist())
    features = run(net, both[rows], device)[0].numpy()
    return features, labels.repeat(2)[rows].numpy().astype(np.int64)


def nearest_similarity(features: npt.NDArray[np.float32], known: npt.NDArray[np.float32],
                       ) -> npt.NDArray[np.float32]:  # fmt: skip
    """Return for each row of *features* its largest cosine similarity to a row of *known*."""
    unit = features / (np.linalg.norm(features, axis=1, keepdims=True) + 1e-6)
    others = known / (np.linalg.norm(known, axis=1, keepdims=True) + 1e-6)
    return np.asarray((unit @ others.T).max(axis=1), dtype=np.float32)


def export(net: nn.Module, path: Path) -> None:
    """Write the network as ONNX: input ``images``, outputs ``embedding`` and ``logits``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    net = net.cpu().to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        net, (torch.zeros(2, 1, 28, 28),), str(path), dynamo=False, opset_version=17,
        input_names=["images"], output_names=["embedding", "logits"],
        dynamic_axes={name: {0: "n"} for name in ("images", "embedding", "logits")},
    )  # fmt: skip


def main(argv: list[str] | None = None) -> None:
    """Train, export and register ``digits-cnn``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="npz with images and labels")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--limit", type=int, default=None, help="use only the first N digits")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=40, help="of the validated training")
    parser.add_argument("--final-epochs", type=int, default=120, help="of the final training")
    parser.add_argument("--write-held-out", type=Path, metavar="NPZ",
                        help="only write the held-out digits, for training.evaluate")  # fmt: skip
    track.add_option(parser)
    args = parser.parse_args(argv)
    torch.set_num_threads(1)  # the same sums in the same order on every machine

    with np.load(args.data) as stored:
        digits, truth = stored["images"][: args.limit], stored["labels"][: args.limit]
    parts = split(truth, args.seed)
    if args.write_held_out:
        kept = {"images": digits[parts.held_out], "labels": truth[parts.held_out]}
        np.savez_compressed(args.write_held_out, **kept)
        return
    labels = torch.from_numpy(truth.astype(np.int64))
    with track.logged(args, "digits-cnn", data=[args.data]):
        _run(args, as_tensor(digits), labels, parts)


def _run(args: argparse.Namespace, images: Tensor, labels: Tensor, parts: Split) -> None:
    trial = train(images[parts.train], labels[parts.train], args.epochs, args.seed, args.device)
    logits = run(trial, images[parts.validation], args.device)[1]
    temperature = fit_temperature(logits, labels[parts.validation])
    report = {"validation": accuracy(logits, labels[parts.validation]), "temperature": temperature}
    print(json.dumps(report), flush=True)
    track.measured(report)
    if not args.final_epochs:
        return

    rows = np.concatenate([parts.train, parts.validation])
    net = train(images[rows], labels[rows], args.final_epochs, args.seed + 1, args.device, "final")
    features, anchor_labels = anchors(
        net, images[rows], labels[rows], np.random.default_rng(args.seed), args.device
    )
    with torch.no_grad():  # calibrated logits straight from the network: softmax(logits) is P
        net.head.weight /= temperature
        net.head.bias /= temperature
    changed = augment(images[rows], torch.Generator().manual_seed(args.seed))
    likeness = nearest_similarity(run(net, changed, args.device)[0].numpy(), features)
    folder = args.out / "digits-cnn"
    export(net, folder / "digits.onnx")
    np.savez_compressed(
        folder / "head.npz",
        weights=net.head.weight.detach().numpy(), bias=net.head.bias.detach().numpy(),
        familiar=np.float32(np.percentile(likeness, 0.1)),
        anchor_features=features.astype(np.float16), anchor_labels=anchor_labels.astype(np.uint8),
    )  # fmt: skip
    register(
        args.out, "digits-cnn", version="1.0", task="digits", licence="AGPL-3.0-or-later",
        files=["digits.onnx", "head.npz"], folder="digits-cnn",
    )  # fmt: skip
    logits = run(net, images[parts.held_out], "cpu")[1]
    report["held_out"] = accuracy(logits, labels[parts.held_out])
    track.measured(report)
    track.made(folder / "digits.onnx", folder / "head.npz")
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
