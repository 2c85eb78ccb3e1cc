"""Train the expression model on labelled face pictures and ship it as ONNX with its linear head.

Steps: landmarks and aligned crops (cached), one long training on the base sets, a short one
that adapts the network to other sets (in five folds by person: the held-out folds are the
figures), a temperature, export.

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
from training.faces_fit import Plan, fit, run
from training.faces_net import FaceNet
from training.faces_ship import figures, save, temperature
from training.faces_split import FOLDS, Data, read

TRACKED = ("n", "accuracy", "macro_f1", "ece")
BASE_PLAN = Plan(epochs=54, rate=3e-3, small=0.55)


def base(data: Data, plan: Plan, seed: int, device: str) -> FaceNet:
    """Return a network trained on the base sets."""
    net, checked = _new(data, seed), data.checked(0)

    def check(average: FaceNet) -> dict[str, float]:
        said = run(average, data, checked)[1].argmax(1)
        return {"validation": float((said == data.labels[checked]).float().mean())}

    return fit(net, data, data.base, plan, seed, check, device)


def _new(data: Data, seed: int) -> FaceNet:
    known = data.features[data.base].double()
    mean = torch.nanmean(known, 0)
    scale = torch.nanmean((known - mean) ** 2, 0).sqrt().clamp_min(1e-3)
    torch.manual_seed(seed)
    return FaceNet(mean.float().numpy(), scale.float().numpy())


def main(argv: list[str] | None = None) -> None:
    """Train, export and register ``face-expression``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="CLASS/NAME.jpg sets")
    parser.add_argument("--adapt", type=Path, nargs="*", default=[], help="sets to adapt to")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--device", default="cpu", help="cpu, cuda, mps …")
    parser.add_argument("--limit", type=int, default=None, help="use only N pictures of each set")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=BASE_PLAN.epochs)
    parser.add_argument("--adapt-epochs", type=int, default=faces_adapt.PLAN.epochs)
    parser.add_argument("--cache", type=Path, help="folder that keeps the extracted faces")
    parser.add_argument("--base", type=Path, help="file that keeps the unadapted network")
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
    if args.base is not None and args.base.exists():
        net = _new(data, args.seed)
        net.load_state_dict(torch.load(args.base, weights_only=True))
        net.eval()
    else:
        plan = replace(BASE_PLAN, epochs=args.epochs)
        net = base(data, plan, args.seed, args.device)
        if args.base is not None:
            torch.save(net.state_dict(), args.base)
    unseen: list[tuple[str, npt.NDArray[np.int64], Tensor]] = []
    if args.adapt:
        plan = replace(faces_adapt.PLAN, epochs=args.adapt_epochs)
        adapted = faces_adapt.adapt(net, data, plan, args.seed, args.device)
        net = adapted.net
        unseen.append((f"{FOLDS} folds", adapted.rows, adapted.logits))
    for number, path in enumerate([*args.data, *args.adapt]):
        rows = data.checked(number)
        unseen.append((f"validation of {path.name}", rows, run(net, data, rows)[1]))
    kept = unseen[-len([*args.data, *args.adapt]) :]  # a mean of networks is surer than each
    sharp = temperature([(logits, data.labels[rows]) for _, rows, logits in kept])
    with torch.no_grad():  # from here on the head's logits are calibrated
        net.head.weight /= sharp
        net.head.bias /= sharp
    save(net, data, args.out, args.seed)
    for name, rows, logits in unseen:
        metrics = figures(data, rows, logits / sharp)
        print(json.dumps({"unseen": name, **metrics}, ensure_ascii=False), flush=True)
        track.measured({f"unseen.{name}.{key}": metrics[key] for key in TRACKED})
    print(json.dumps({"temperature": sharp}), flush=True)
    track.measured({"temperature": sharp})
    track.made(*sorted((args.out / "face-expression").iterdir()))


if __name__ == "__main__":
    main()
