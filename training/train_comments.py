"""Train the comment writer: labels of a photo in, one Korean sentence or two out.

A small T5 or GPT-2 (about seven million parameters), from the weights and the pieces that
``training.comments_pretrain`` made or from scratch, exported to CTranslate2 in int8::

    python -m training.train_comments --data comments_train.json --out models --kind t5 \\
        --start out/comments/t5.pretrained.pt
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.comments.generate import NAMES
from engine.comments.labels import EXPRESSIONS, HIDDEN, split_labels
from training import track
from training.comments_augment import COMMON
from training.comments_data import SEEN, Pair, read_pairs, set_hash, split
from training.comments_export import export
from training.comments_fit import Batches, Recipe, coded, fit
from training.comments_nets import KINDS, Shape, build, saved_net
from training.comments_pieces import train_pieces
from training.register import register

VOCABULARY = {"t5": "shared_vocabulary.json", "gpt2": "vocabulary.json"}


def visible(pair: Pair) -> Pair:
    """Return the pair without the labels that never reach the prompt."""
    return Pair(tuple(label for label in pair.labels if label not in HIDDEN), pair.comment)


def familiar(pairs: Sequence[Pair], least: int = 7) -> list[str]:
    """Return the objects that at least so many pairs have, the commonest first."""
    counts = Counter(label for pair in pairs for label in pair.labels)
    return [name for name, n in counts.most_common() if n >= least and name not in EXPRESSIONS]


def object_names(data: Path) -> list[str]:
    """Return names to swap in: common ones, and those of a label_sets.txt beside *data*."""
    names = set(COMMON)
    beside = data.parent / "label_sets.txt"
    if beside.exists():
        for line in beside.read_text(encoding="utf-8").splitlines():
            names.update(split_labels(line))
    return sorted(names - HIDDEN - set(EXPRESSIONS))


def started(options: argparse.Namespace, pairs: Sequence[Pair], scratch: Path) -> tuple[Any, Path]:
    """Return the network to train and its file of pieces: pretrained ones, or fresh ones."""
    import sentencepiece

    if options.start is None:
        file = scratch / "pieces.model"
        train_pieces(pairs, object_names(options.data) * 3, options.pieces, file, weight=1)
    else:
        file = options.start.parent / "pieces.model"
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(file))
    if options.start is None:
        shape = Shape(width=options.width, inner=4 * options.width)
        model = build(options.kind, shape, len(pieces))
    else:
        model, _ = saved_net(options.start, options.kind, len(pieces))
    size = sum(p.numel() for p in model.parameters()) / 1e6
    print(f"{len(pairs)} pairs, {len(pieces)} pieces, {size:.2f} M parameters", flush=True)
    return model, file


def train(options: argparse.Namespace, recipe: Recipe) -> None:
    """Train on the fit part of the data and write the model ``comments-KIND``."""
    import sentencepiece
    import torch

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    parts = split(read_pairs(options.data))
    pairs = [visible(pair) for pair in parts["fit"][: options.limit]]
    stop = [visible(pair) for pair in parts["stop"][: options.limit]]
    folder = options.out / f"comments-{options.kind}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        model, file = started(options, pairs, Path(scratch))
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(file))
        names = object_names(options.data)
        batches = Batches(options.kind, pairs, names, pieces, recipe, options.seed)
        best = fit(model, batches, coded(stop, pieces), recipe)
        export(best, file, folder)
    (folder / NAMES).write_text("\n".join(familiar(pairs)) + "\n", encoding="utf-8")
    seen = sorted({set_hash(pair.labels) for pair in parts["fit"][: options.limit]})
    (folder / SEEN).write_text("\n".join(seen) + "\n", encoding="utf-8")
    files = ("config.json", "model.bin", VOCABULARY[options.kind], "pieces.model", NAMES, SEEN)
    register(
        options.out,
        folder.name,
        version="2.0",
        task="photo labels -> Korean social-media comment",
        licence="AGPL-3.0-or-later",
        files=files,
        folder=folder.name,
    )
    track.made(*(folder / name for name in files))


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m training.train_comments")
    parser.add_argument("--data", type=Path, required=True, help="comments_train.json")
    parser.add_argument("--out", type=Path, required=True, help="models folder")
    parser.add_argument("--kind", choices=KINDS, default="t5")
    parser.add_argument("--start", type=Path, help="KIND.pretrained.pt, pieces.model beside it")
    parser.add_argument("--device", default="cpu", choices=["cpu"])
    parser.add_argument("--limit", type=int, help="train on the first N pairs only")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--pieces", type=int, default=4000, help="without --start")
    parser.add_argument("--width", type=int, default=Shape.width, help="without --start")
    track.add_option(parser)
    options = parser.parse_args(argv)
    recipe = Recipe(epochs=options.epochs)
    with track.logged(options, f"comments-{options.kind}", data=[options.data]):
        train(options, recipe)
    return 0


if __name__ == "__main__":
    sys.exit(main())
