"""The command line of ``training.train_encoder``."""

from __future__ import annotations

import argparse
from pathlib import Path

from training import track


def parser(description: str) -> argparse.ArgumentParser:
    """Return the parser of all steps; ``step`` says which was chosen."""
    top = argparse.ArgumentParser(
        prog="python -m training.train_encoder",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    steps = top.add_subparsers(dest="step", required=True)
    pack = steps.add_parser("pack", help="data folder -> pieces.model and pack.npz")
    _common(pack, data="the data folder", limit="texts a file")
    pack.add_argument("--pieces", type=int, default=10_000, help="size of the vocabulary")
    noise = steps.add_parser("noise", help="pack.npz -> noisy.npz, with noisy and made-up texts")
    _common(noise, data="the data folder that the pack was made from", limit="texts a file")
    _pretrain(steps.add_parser("pretrain", help="guess hidden words"))
    _replaced(steps.add_parser("replaced", help="tell replaced words from true ones"))
    _finetune(steps.add_parser("finetune", help="learn the labels"))
    for name, what in (("teach", "answer every text for a student"), ("export", "int8 ONNX")):
        step = steps.add_parser(name, help=what)
        _common(step, data="pack.npz", limit="texts of the stop split (export)")
        _running(step)
        _folds(step)
    _ship(steps.add_parser("ship", help="calibrated int8 model text-encoder in models/"))
    return top


def _pretrain(step: argparse.ArgumentParser) -> None:
    _common(step, data="pack.npz", limit="texts to train on")
    _running(step)
    _learning(step, steps=12_000, rate=1e-3, warmup=1000, patience=1000)
    step.add_argument("--width", type=int, default=256)
    step.add_argument("--layers", type=int, default=6)
    step.add_argument("--heads", type=int, default=4)
    step.add_argument("--dropout", type=float, default=0.1)
    _hiding(step)


def _replaced(step: argparse.ArgumentParser) -> None:
    _common(step, data="pack.npz", limit="texts to train on")
    _running(step)
    _learning(step, steps=8000, rate=6e-4, warmup=300, patience=1000)
    step.add_argument("--start", type=Path, required=True, help="NAME.pretrained.pt")
    step.add_argument("--dropout", type=float, default=0.0, help="while this step learns")
    _hiding(step)


def _hiding(step: argparse.ArgumentParser) -> None:
    step.add_argument("--tokens", type=int, default=16_384, help="pieces a batch, padding too")
    step.add_argument("--share", type=float, default=0.25, help="of the words is hidden")
    step.add_argument("--alone", action="store_true", help="hide pieces, not whole words")


def _finetune(step: argparse.ArgumentParser) -> None:
    _common(step, data="pack.npz", limit="texts to train on")
    _running(step)
    _learning(step, steps=12_000, rate=3e-4, warmup=500, patience=12)
    _folds(step)
    step.add_argument(
        "--start", type=Path, required=True, help="NAME.pretrained.pt or NAME.replaced.pt"
    )
    step.add_argument("--batch", type=int, default=128, help="texts a batch")
    step.add_argument("--teacher", type=Path, nargs="*", default=[], help="NAME.answers.npz")
    step.add_argument("--taught", type=float, default=0.7, help="share that follows teachers")


def _ship(step: argparse.ArgumentParser) -> None:
    _common(step, data="the data folder", limit="texts a file")
    step.add_argument("--name", default="small", help="of the finetuned weights in OUT")
    step.add_argument("--pieces", type=Path, help="pieces.model (OUT/pieces.model)")
    step.add_argument("--models", type=Path, default=Path("models"), help="the models folder")
    step.add_argument("--threads", type=int, default=1, help="of the timing")


def _common(step: argparse.ArgumentParser, *, data: str, limit: str) -> None:
    step.add_argument("--data", type=Path, required=True, help=data)
    step.add_argument("--out", type=Path, default=Path("out/encoder"))
    step.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    step.add_argument("--limit", type=int, help=f"at most so many {limit}")
    step.add_argument("--seed", type=int, default=0)


def _running(step: argparse.ArgumentParser) -> None:
    step.add_argument("--name", default="small", help="of the run's files")
    step.add_argument("--threads", type=int, default=1)
    step.add_argument("--longest", type=int, default=128, help="pieces; longer texts are cut")
    step.add_argument("--full-precision", action="store_true", help="no bfloat16")
    track.add_option(step)


def _learning(
    step: argparse.ArgumentParser, *, steps: int, rate: float, warmup: int, patience: int
) -> None:
    step.add_argument("--steps", type=int, default=steps, help="length of the schedule")
    step.add_argument("--rate", type=float, default=rate)
    step.add_argument("--warmup", type=int, default=warmup)
    step.add_argument("--decay", type=float, default=0.01)
    step.add_argument("--every", type=int, default=500, help="steps between two looks")
    step.add_argument("--patience", type=int, default=patience, help="looks without a new best")
    step.add_argument("--minutes", type=float, default=0.0, help="stop with a checkpoint")
    step.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    step.add_argument("--compile", action="store_true", help="torch.compile the trunk")


def _folds(step: argparse.ArgumentParser) -> None:
    step.add_argument("--folds", type=int, default=0, help="0: stop by the stop split")
    step.add_argument("--fold", type=int, default=0, help="which fold is left out")
