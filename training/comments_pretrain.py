"""Pretrain a comment writer on Korean texts that are no comments::

    python -m training.comments_pretrain --data DATA --out out/comments --kind t5

Writes ``pieces.model`` (once; both kinds share it) and ``KIND.pretrained.pt``. Half of the rows
are "some of a text's words -> the text", which is what a photo's labels are to its comment; of
the others T5 learns span corruption and GPT-2 the text alone.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.comments.labels import prompt
from training import track
from training.comments_data import sentences
from training.comments_nets import (
    KINDS,
    PAD,
    Row,
    Shape,
    build,
    held_out_loss,
    kind_of,
    loss_of,
    saved_net,
    tensors,
)
from training.comments_pieces import sentinels, train_pieces
from training.comments_texts import corrupted, fit_pairs, keywords, mixed

PIECES = "pieces.model"
HELD_OUT = 600
LONGEST = 64


def rows_of(kind: str, texts: Sequence[str], pieces: Any, rng: random.Random) -> Iterator[Row]:
    """Yield one row a text: words to text, or a corrupted text to mend."""
    hidden = sentinels(pieces)
    for text in texts:
        ids = pieces.encode(text)[:LONGEST]
        if rng.random() < 0.5:
            yield pieces.encode(prompt(keywords(text, rng))), ids
        elif kind == "t5":
            yield corrupted(ids, hidden, rng)
        else:
            yield (), ids


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield batches of about *size* pieces, of rows alike in length."""
    done = False
    while not done:
        pool: list[Row] = []
        for row in rows:
            pool.append(row)
            if len(pool) == 2048:
                break
        done = len(pool) < 2048
        pool.sort(key=lambda row: (len(row[1]), len(row[0])))
        cut: list[list[Row]] = [[]]
        for row in pool:
            if sum(len(r[0]) + len(r[1]) + 2 for r in cut[-1]) > size:
                cut.append([])
            cut[-1].append(row)
        random.Random(len(cut)).shuffle(cut)
        yield from filter(None, cut)


def pretrain(options: argparse.Namespace) -> None:
    """Train for ``options.steps`` batches and save the weights."""
    import sentencepiece
    import torch

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / PIECES
    if options.start is not None and not file.exists():
        shutil.copy(options.start.parent / PIECES, file)
    pairs = fit_pairs(options.data)
    texts = mixed(options.data, options.texts, options.seed)
    if not file.exists():
        train_pieces(pairs, texts[: options.texts // 6], options.pieces, file)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(file))
    held, texts = texts[:HELD_OUT], texts[HELD_OUT:]
    texts += [sentence for pair in pairs for sentence in sentences(pair.comment)]
    rng = random.Random(options.seed)
    rng.shuffle(texts)
    stop = list(rows_of(options.kind, held, pieces, random.Random(0)))
    if options.start is None:
        shape = Shape(width=options.width, inner=4 * options.width)
        model = build(options.kind, shape, len(pieces))
    else:
        model, shape = saved_net(options.start, options.kind, len(pieces))
    size = sum(weights.numel() for weights in model.parameters()) / 1e6
    print(f"{len(texts)} texts, {len(pieces)} pieces, {size:.2f} M parameters", flush=True)

    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    warm = max(1, options.steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.1, 1 - s / options.steps))
    )
    model.train()
    step, seen, start = 0, 0, time.perf_counter()
    losses: list[float] = []
    while step < options.steps:
        for rows in batches(rows_of(options.kind, texts, pieces, rng), options.batch):
            batch = tensors(options.kind, rows)
            loss = loss_of(model, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            seen += int((batch[0] != PAD).sum()) + int((batch[2] >= 0).sum())
            losses.append(float(loss.item()))
            if step % options.every == 0 or step == options.steps:
                report(step, losses, held_out_loss(model, stop), seen, time.perf_counter() - start)
                losses.clear()
                save(model, shape, options.out / f"{options.kind}.pretrained.pt")
            if step == options.steps:
                break
    track.made(options.out / f"{options.kind}.pretrained.pt", file)


def save(model: Any, shape: Shape, out: Path) -> None:
    """Write the weights with what is needed to build the network again."""
    import torch

    torch.save({"kind": kind_of(model), "shape": asdict(shape), "weights": model.state_dict()}, out)


def report(step: int, losses: Sequence[float], stop: float, seen: int, seconds: float) -> None:
    """Print and log how far it is."""
    mean = sum(losses) / len(losses)
    print(
        f"step {step}  loss {mean:.4f}  stop {stop:.4f}  {seen / seconds:.0f} pieces/s", flush=True
    )
    track.measured({"loss": mean, "stop": stop}, step)


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and pretrain."""
    parser = argparse.ArgumentParser(prog="python -m training.comments_pretrain")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--out", type=Path, default=Path("out/comments"))
    parser.add_argument("--kind", choices=KINDS, default="t5")
    parser.add_argument("--start", type=Path, help="go on from KIND.pretrained.pt")
    parser.add_argument("--texts", type=int, default=300_000, help="how many are read")
    parser.add_argument("--pieces", type=int, default=5000, help="size of the vocabulary")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=4096, help="pieces a batch")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--every", type=int, default=200, help="steps between two looks")
    parser.add_argument("--width", type=int, default=Shape.width)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    track.add_option(parser)
    options = parser.parse_args(argv)
    with track.logged(options, f"comments-{options.kind}", data=[]):
        pretrain(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
