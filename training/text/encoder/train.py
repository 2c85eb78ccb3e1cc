"""Train our own small Korean encoder from nothing: pack, pretrain, replaced, finetune, teach, ship.

DATA is the data folder; everything else lies in OUT, here out/encoder. `pack` needs the
project's packages, `export` onnx and onnxruntime; the steps between need numpy and torch
only, so out/encoder/pack.npz is all that has to be carried to a machine with a GPU. Every
step prints its progress and appends it to OUT/NAME.jsonl and to MLflow (training/common/track.py).
`--minutes M` ends a call cleanly with OUT/NAME.checkpoint.pt; the same command with `--resume`
goes on, and a smaller `--steps` then cools the rate down early.

Anywhere, first (two minutes, one core)::

    python -m training encoder pack --data DATA --out out/encoder

Anywhere, then (a minute): noisy.npz is the pack with noisy copies of its texts and 25,000
made-up reviews that deny, contrast and concede. Fine-tune on it, `--data out/encoder/noisy.npz`
in `finetune` (and `teach`), for a model that typing errors and negations mislead less; the
stop split is the same, and pretraining needs none of it::

    python -m training encoder noise --data DATA --out out/encoder

GPU: a large teacher for each fold, their answers, and the small student that learns them::

    P="--data out/encoder/pack.npz --out out/encoder --device cuda"
    BIG="--width 512 --layers 12 --heads 8"
    E="python -m training encoder"
    $E pretrain $P --name big $BIG --tokens 65536 --steps 12000 --rate 6e-4 --compile --minutes 9
    $E finetune $P --name big0 --start out/encoder/big.pretrained.pt --folds 3 --fold 0 \
        --steps 6000 --batch 256 --rate 1e-4 --minutes 4
    $E teach $P --name big0 --folds 3 --fold 0        # and the same for folds 1 and 2
    $E pretrain $P --name small --tokens 65536 --steps 12000 --rate 1e-3 --compile --minutes 9
    $E finetune $P --name small --start out/encoder/small.pretrained.pt --batch 256 \
        --teacher out/encoder/big0.answers.npz out/encoder/big1.answers.npz \
        out/encoder/big2.answers.npz --steps 20000 --rate 4e-4 --minutes 8

CPU: no teachers, smaller batches; hours, in calls as long as one likes (`--minutes 60`, then the
same with `--resume`). `replaced` goes on from `pretrain` with ELECTRA's task, which learns from
every piece; it may come before `finetune` on a GPU, too::

    P="--data out/encoder/pack.npz --out out/encoder --threads 1 --compile"
    $E pretrain $P --name small --layers 4 --tokens 4096 --steps 6000 --warmup 400
    $E replaced $P --name small --start out/encoder/small.pretrained.pt --tokens 4096 \
        --share 0.2 --steps 5000
    $E finetune $P --name small --start out/encoder/small.replaced.pt --batch 64 \
        --steps 12000 --rate 4e-4

At last, anywhere: the model text-encoder in models/ (int8, calibrated with the n-gram models
that ship there, on the stop split), a few minutes; `export` only compares int8 with the whole::

    python -m training encoder ship --data DATA --out out/encoder --name small
    python -m training encoder export --data out/encoder/pack.npz --out out/encoder \
        --name small
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.text.encoder import layout
from training.common import track
from training.text.encoder import pack as encoder_pack
from training.text.encoder import ship as encoder_export
from training.text.encoder.finetune import Labels, Tuning, merged, parts
from training.text.encoder.loop import Loop, Recipe
from training.text.encoder.net import EncoderModel, Shape, load_weights, save_weights
from training.text.encoder.pack import Pack
from training.text.encoder.pretrain import Hiding, MaskedWords, ReplacedWords, Teller, only_encoder
from training.text.encoder.score import predict, scores


def parser(description: str) -> argparse.ArgumentParser:
    """Return the parser of all steps; ``step`` says which was chosen."""
    top = argparse.ArgumentParser(
        prog="python -m training encoder",
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run one step."""
    options = parser(__doc__ or "").parse_args(argv)
    if options.step == "pack":
        # A machine that only trains has no sentencepiece.
        from training.text.encoder.pack import make

        make(options.data, options.out, options.pieces, options.limit, options.seed)
        return 0
    if options.step == "ship":
        from training.text.encoder.ship import ship

        ship(options)
        return 0
    if options.step == "noise":
        from training.text.encoder.noise import make as make_noisy

        make_noisy(options.data, options.out, options.limit, options.seed)
        return 0
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if options.device == "cuda":
        torch.set_float32_matmul_precision("high")
    options.out.mkdir(parents=True, exist_ok=True)
    pack = encoder_pack.load(options.data)
    print(f"{len(pack):,} texts, {len(pack.ids):,} tokens", flush=True)
    steps = {
        "pretrain": pretrain,
        "replaced": replaced,
        "finetune": finetune,
        "teach": teach,
        "export": export,
    }
    with track.logged(options, "text-encoder", name=_run_name(options), data=_read(options)):
        steps[options.step](pack, options)
    return 0


def _run_name(options: argparse.Namespace) -> str:
    return f"{options.name} {options.step}"


def _read(options: argparse.Namespace) -> list[Path]:
    """Return the files that a step learns from."""
    start = [options.start] if options.step in ("replaced", "finetune") else []
    return [options.data, *start, *getattr(options, "teacher", [])]


def pretrain(pack: Pack, options: argparse.Namespace) -> None:
    """Guess hidden words; leave ``NAME.pretrained.pt``."""
    shape = Shape(
        pieces=len(pack.starts),
        width=options.width,
        layers=options.layers,
        heads=options.heads,
        inner=4 * options.width,
        dropout=options.dropout,
    )
    hiding = Hiding(options.share, options.alone, options.tokens, options.longest)
    task = MaskedWords(pack, hiding, options.device, options.seed, options.limit)
    model = EncoderModel(shape)
    size = sum(p.numel() for p in model.parameters()) / 1e6
    print(f"{size:.2f} M parameters, {len(task.epoch(0))} steps an epoch", flush=True)
    _learn(model, task, options, "pretrained")


def replaced(pack: Pack, options: argparse.Namespace) -> None:
    """Tell replaced words from true ones; leave ``NAME.replaced.pt``."""
    hiding = Hiding(options.share, options.alone, options.tokens, options.longest)
    guesser = load_weights(options.start)
    learner = EncoderModel(dataclasses.replace(guesser.shape, dropout=options.dropout))
    learner.load_state_dict(guesser.state_dict())
    model = Teller(learner, guesser.shape)
    task = ReplacedWords(guesser, pack, hiding, options.device, options.seed, options.limit)
    print(f"{len(task.epoch(0))} steps an epoch", flush=True)
    _learn(model, task, options, "replaced")


def finetune(pack: Pack, options: argparse.Namespace) -> None:
    """Learn the labels, and the teachers' answers; leave ``NAME.finetuned.pt``."""
    model = load_weights(options.start)
    train, stop = parts(pack, options.folds, options.fold)
    if options.limit is not None:
        train = np.sort(np.random.default_rng(options.seed).permutation(train)[: options.limit])
    answers = [_answers(path, len(pack)) for path in options.teacher]
    taught = merged(answers) if answers else None
    tuning = Tuning(batch=options.batch, longest=options.longest, taught=options.taught)
    task = Labels(pack, tuning, options.device, options.seed, train=train, stop=stop, taught=taught)
    print(f"{len(train):,} texts, {len(task.epoch(0))} steps an epoch", flush=True)
    _learn(model, task, options, "finetuned")


def _answers(path: Path, size: int) -> tuple[Any, Any]:
    with np.load(path) as found:
        if len(found["logits"]) != size:
            raise ValueError(f"{path} answers {len(found['logits'])} texts, the pack has {size}")
        return found["logits"], found["unseen"]


def _learn(
    model: EncoderModel | Teller, task: MaskedWords | Labels, options: argparse.Namespace, what: str
) -> None:
    recipe = Recipe(
        steps=options.steps,
        rate=options.rate,
        warmup=options.warmup,
        decay=options.decay,
        every=options.every,
        patience=options.patience,
        minutes=options.minutes,
        half=not options.full_precision,
        seed=options.seed,
    )
    model = model.to(options.device)
    if options.compile:
        model.trunk.compile(dynamic=True)
    loop = Loop(model, task, recipe, options.out / f"{options.name}-{what}", options.device)
    if options.resume:
        loop.resume()
    done = loop.run()
    path = options.out / f"{options.name}.{what}.pt"
    weights = only_encoder(loop.best) if isinstance(model, Teller) else loop.best
    save_weights(path, model.shape, weights)
    track.made(path)
    rest = "finished" if done else "not finished: go on with --resume"
    print(f"step {loop.step} of {options.steps}, {rest}; best weights so far in {path}", flush=True)


def teach(pack: Pack, options: argparse.Namespace) -> None:
    """Leave ``NAME.answers.npz``: the finetuned model's logits for every text."""
    model = load_weights(_finetuned(options)).to(options.device)
    rows = np.arange(len(pack))
    with torch.autocast(options.device, dtype=torch.bfloat16, enabled=not options.full_precision):
        logits = predict(model, pack, rows, options.longest, options.device)
    train, stop = parts(pack, options.folds, options.fold)
    unseen = np.ones(len(pack), bool)
    unseen[train] = False
    path = options.out / f"{options.name}.answers.npz"
    np.savez(path, logits=logits.astype(np.float16), unseen=unseen)
    report = scores(logits[stop], pack, stop)
    print(json.dumps(report), flush=True)
    track.measured(report)
    track.made(path)


def export(pack: Pack, options: argparse.Namespace) -> None:
    """Leave ``encoder.onnx`` and ``calibration.json``; print both precisions' scores."""
    model = load_weights(_finetuned(options))
    path = options.out / layout.ONNX
    encoder_export.export(model, path)
    _, stop = parts(pack, 0, 0)
    if options.limit is not None:
        stop = np.sort(np.random.default_rng(options.seed).permutation(stop)[: options.limit])
    report: dict[str, Any] = encoder_export.check(model, path, pack, stop, options.longest)
    report["megabytes"] = path.stat().st_size / 1e6
    report["milliseconds"] = encoder_export.milliseconds(path, options.threads)
    encoder_export.write_report(options.out / layout.CALIBRATION, report)
    print(json.dumps(report, indent=1), flush=True)
    track.measured(report)
    track.made(path, options.out / layout.CALIBRATION)


def _finetuned(options: argparse.Namespace) -> Path:
    return Path(options.out / f"{options.name}.finetuned.pt")


if __name__ == "__main__":
    sys.exit(main())
