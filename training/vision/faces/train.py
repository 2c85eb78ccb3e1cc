"""Train the expression model on labelled face pictures and ship it as ONNX with its linear head.

Steps: landmarks and aligned crops (cached); one long training on the base sets for either of
two networks, the second of which is smaller in its view and learns from the first one's answers,
too; a short one that adapts them to other sets (in folds by person: the held-out folds are the
figures); their joined logits under one temperature; export.

    python -m training faces --data fer2013_train.zip --adapt portraits_train.zip
"""

from __future__ import annotations

import argparse
import copy
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from engine.faces.measure.features import HeadPose
from engine.faces.result import LABELS
from engine.learning.metrics import classification_metrics
from training.common import onnx_weights, track
from training.common.register import register
from training.evaluate import faces as groups
from training.vision.faces.data import FOLDS, Data, read
from training.vision.faces.fit import LIGHT, Plan, fit, run
from training.vision.faces.net import FIRST, SECOND, Exported, FaceNet, Shape, export

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


# ----------------------------------------------------------------------------------------
# The trained expression network's last steps: calibration, ONNX, anchors, its figures.

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


TRACKED = ("n", "accuracy", "macro_f1", "ece")
SHAPES = (FIRST, SECOND)
PLANS = (
    Plan(epochs=54, rate=3e-3, small=0.55),
    Plan(epochs=82, rate=3e-3, small=1.0, changes=LIGHT, taught=0.4),
)
"""How either network learns: the second from lightly changed faces, and from the first."""


def base(
    data: Data, shape: Shape, plan: Plan, seed: int, device: str, answers: Tensor | None = None
) -> FaceNet:
    """Return a network trained on the base sets."""
    net, checked = _new(data, shape, seed), data.checked(0)

    def check(average: FaceNet) -> dict[str, float]:
        said = run(average, data, checked)[1].argmax(1)
        return {"validation": float((said == data.labels[checked]).float().mean())}

    return fit(net, data, data.base, plan, seed, check, device, answers)


def _new(data: Data, shape: Shape, seed: int) -> FaceNet:
    known = data.features[data.base].double()
    mean = torch.nanmean(known, 0)
    scale = torch.nanmean((known - mean) ** 2, 0).sqrt().clamp_min(1e-3)
    torch.manual_seed(seed)
    return FaceNet(mean.float().numpy(), scale.float().numpy(), shape)


def _bases(data: Data, args: argparse.Namespace) -> list[FaceNet]:
    """Return both networks before they are adapted; the second learned from the first, too."""
    nets: list[FaceNet] = []
    for number, (shape, plan, epochs) in enumerate(zip(SHAPES, PLANS, args.epochs, strict=True)):
        kept = args.base / f"{number + 1}.pt" if args.base is not None else None
        if kept is not None and kept.exists():
            net = _new(data, shape, args.seed)
            net.load_state_dict(torch.load(kept, weights_only=True))
            nets.append(net.eval())
            continue
        answers = None
        if nets:
            answers = run(nets[0], data, np.arange(len(data.labels)))[1].softmax(1)
        plan = replace(plan, epochs=epochs)
        nets.append(base(data, shape, plan, args.seed + number, args.device, answers))
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            torch.save(nets[-1].state_dict(), kept)
    return nets


def _adapting(plan: Plan, args: argparse.Namespace) -> Plan:
    """Return how a network that learned by *plan* is adapted."""
    small = 1.0 if plan.small == 1.0 else 0.0
    return replace(PLAN, epochs=args.adapt_epochs, small=small, changes=plan.changes)


def main(argv: list[str] | None = None) -> None:
    """Train, export and register ``face-expression``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="CLASS/NAME.jpg sets")
    parser.add_argument("--adapt", type=Path, nargs="*", default=[], help="sets to adapt to")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--device", default="cpu", help="cpu, cuda, mps …")
    parser.add_argument("--limit", type=int, default=None, help="use only N pictures of each set")
    parser.add_argument("--seed", type=int, default=0)
    epochs = [plan.epochs for plan in PLANS]
    parser.add_argument("--epochs", type=int, nargs=2, default=epochs, help="of either network")
    parser.add_argument("--adapt-epochs", type=int, default=PLAN.epochs)
    parser.add_argument("--cache", type=Path, help="folder that keeps the extracted faces")
    parser.add_argument("--base", type=Path, help="folder that keeps the unadapted networks")
    track.add_option(parser)
    args = parser.parse_args(argv)
    torch.set_num_threads(1)  # the same sums in the same order on every machine
    with track.logged(args, "face-expression", data=[*args.data, *args.adapt]):
        _run(args)


def _run(args: argparse.Namespace) -> None:
    data = read(args.data, args.adapt, args.cache, args.limit, args.seed)
    lacking = int(torch.isnan(data.features).any(1).sum())
    print(
        f"faces: {len(data.base)} to train on, {int((data.fold >= 0).sum())} to adapt to, "
        f"{int(data.validation.sum())} for validation; {lacking} without landmarks",
        flush=True,
    )
    nets = _bases(data, args)
    unseen: list[tuple[str, npt.NDArray[np.int64], Tensor]] = []
    if args.adapt:
        adapted = [
            adapt(net, data, _adapting(plan, args), args.seed, args.device)
            for net, plan in zip(nets, PLANS, strict=True)
        ]
        nets = [one.net for one in adapted]
        judged = torch.stack([one.logits for one in adapted]).mean(0)
        unseen.append((f"{FOLDS} folds", adapted[0].rows, judged))
    network = Exported(*nets)
    for number, path in enumerate([*args.data, *args.adapt]):
        rows = data.checked(number)
        unseen.append((f"validation of {path.name}", rows, run(network, data, rows)[1]))
    kept = unseen[-len([*args.data, *args.adapt]) :]  # a mean of networks is surer than each
    sharp = temperature([(logits, data.labels[rows]) for _, rows, logits in kept])
    with torch.no_grad():  # from here on the head's logits are calibrated
        network.head.weight /= sharp
        network.head.bias /= sharp
    save(network, data, args.out, args.seed)
    for name, rows, logits in unseen:
        metrics = figures(data, rows, logits / sharp)
        print(json.dumps({"unseen": name, **metrics}, ensure_ascii=False), flush=True)
        track.measured({f"unseen.{name}.{key}": metrics[key] for key in TRACKED})
    print(json.dumps({"temperature": sharp}), flush=True)
    track.measured({"temperature": sharp})
    track.made(*sorted((args.out / "face-expression").iterdir()))


if __name__ == "__main__":
    main()
