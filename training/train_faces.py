"""Train the expression model on labelled face pictures and ship it as ONNX with its linear head.

Steps: landmarks and aligned crops (cached); one long training on the base sets for either of
two networks, the second of which is smaller in its view and learns from the first one's answers,
too; a short one that adapts them to other sets (in folds by person: the held-out folds are the
figures); their joined logits under one temperature; export.

    python -m training.train_faces --data fer2013_train.zip --adapt portraits_train.zip
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training import faces_adapt, track
from training.faces_augment import LIGHT
from training.faces_fit import Plan, fit, run
from training.faces_net import FIRST, SECOND, Exported, FaceNet, Shape
from training.faces_ship import figures, save, temperature
from training.faces_split import FOLDS, Data, read

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
    return replace(faces_adapt.PLAN, epochs=args.adapt_epochs, small=small, changes=plan.changes)


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
    parser.add_argument("--adapt-epochs", type=int, default=faces_adapt.PLAN.epochs)
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
            faces_adapt.adapt(net, data, _adapting(plan, args), args.seed, args.device)
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
