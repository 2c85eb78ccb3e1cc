"""Train the comment writer: labels of a photo in, one Korean sentence or two out.

A small T5 (relative positions, about six million parameters) from scratch, with its own
sentencepiece pieces, exported to CTranslate2 in int8::

    python -m training.train_comments --data comments_train.json --out models
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.comments.generate import MODEL, NAMES
from engine.comments.labels import EXPRESSIONS, HIDDEN, split_labels
from training import track
from training.comments_augment import COMMON, calm_pairs, vary
from training.comments_data import Pair, read_pairs, split
from training.comments_model import (
    Shape,
    build,
    export,
    held_out_loss,
    loss_of,
    tensors,
    train_pieces,
)
from training.register import register

FILES = ("config.json", "model.bin", "shared_vocabulary.json", "pieces.model", NAMES)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome besides the data.

    Attributes:
        pieces: upper limit of the sentencepiece vocabulary.
        calm: share that pairs without an expression add to an epoch.
        early, late: share of the pairs that are varied, before and after *turn* (a share
            of the epochs).
        average: decay of the running mean of the weights, which is what is kept.
    """

    shape: Shape = field(default_factory=Shape)
    pieces: int = 4000
    epochs: int = 28
    batch: int = 48
    rate: float = 1e-3
    warmup: int = 200
    smoothing: float = 0.05
    calm: float = 0.12
    early: float = 0.7
    late: float = 0.3
    turn: float = 0.75
    average: float = 0.998


class Batches:
    """Endless varied epochs of the training pairs, cut into batches of alike length."""

    def __init__(
        self, pairs: Sequence[Pair], names: Sequence[str], pieces: Any, recipe: Recipe, seed: int
    ) -> None:
        self._pairs, self._names, self._pieces = pairs, names, pieces
        self._size = recipe.batch
        self._calm = calm_pairs(pairs)
        self._extra = round(len(pairs) * recipe.calm) if self._calm else 0
        self._rng = random.Random(seed)

    def __len__(self) -> int:
        return math.ceil((len(self._pairs) + self._extra) / self._size)

    def epoch(self, share: float) -> Iterator[tuple[Any, Any, Any]]:
        """Yield (inputs, mask, targets); *share* of the pairs are varied."""
        rng = self._rng
        rows = [
            vary(pair, self._names, rng) if rng.random() < share else pair for pair in self._pairs
        ]
        rows += [vary(rng.choice(self._calm), self._names, rng) for _ in range(self._extra)]
        rng.shuffle(rows)
        window = self._size * 20
        chunks: list[list[Pair]] = []
        for start in range(0, len(rows), window):
            part = sorted(rows[start : start + window], key=lambda pair: len(pair.comment))
            chunks += [part[i : i + self._size] for i in range(0, len(part), self._size)]
        rng.shuffle(chunks)
        for chunk in chunks:
            yield tensors(chunk, self._pieces)


class Trainer:
    """Optimises a model and keeps the running mean of its weights."""

    def __init__(self, model: Any, recipe: Recipe, steps: int) -> None:
        import torch

        self._model, self._recipe, self._steps = model, recipe, steps
        self.mean = copy.deepcopy(model)
        self._done = 0
        self._optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._rate)

    def _rate(self, step: int) -> float:
        """Rise straight, then fall along a cosine to 3 % of the rate."""
        fall = 0.5 * (1 + math.cos(math.pi * min(step / self._steps, 1.0)))
        return min((step + 1) / self._recipe.warmup, 0.03 + 0.97 * fall)

    def step(self, batch: tuple[Any, Any, Any]) -> float:
        """Learn from one batch and return its loss."""
        import torch

        loss = loss_of(self._model, batch, self._recipe.smoothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._schedule.step()
        self._done += 1
        decay = min(self._recipe.average, self._done / (self._done + 10))
        with torch.no_grad():
            pairs = zip(self.mean.parameters(), self._model.parameters(), strict=True)
            for kept, new in pairs:
                kept.lerp_(new, 1 - decay)
        return float(loss.item())


def fit(model: Any, batches: Batches, stop: Sequence[Pair], pieces: Any, recipe: Recipe) -> Any:
    """Train and return the averaged model of the epoch with the lowest held-out loss."""
    trainer = Trainer(model, recipe, len(batches) * recipe.epochs)
    best: tuple[float, Any] = (math.inf, None)
    model.train()
    for epoch in range(recipe.epochs):
        share = recipe.late if epoch >= recipe.epochs * recipe.turn else recipe.early
        losses = [trainer.step(batch) for batch in batches.epoch(share)]
        held = held_out_loss(trainer.mean, stop, pieces)
        if held < best[0]:
            best = (held, copy.deepcopy(trainer.mean.state_dict()))
        print(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {sum(losses) / len(losses):.4f}"
            f"  stop {held:.4f}  {time.process_time():.0f} s CPU",
            flush=True,
        )
        track.measured({"loss": sum(losses) / len(losses), "stop": held}, epoch + 1)
    trainer.mean.load_state_dict(best[1])
    return trainer.mean


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


def train(
    data: Path, out: Path, recipe: Recipe, limit: int | None, seed: int, threads: int
) -> None:
    """Train on the fit part of *data* and write the model ``comments-t5`` into *out*."""
    import sentencepiece
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    parts = split(read_pairs(data))
    pairs = [visible(pair) for pair in parts["fit"][:limit]]
    stop = [visible(pair) for pair in parts["stop"][:limit]]
    names = object_names(data)
    folder = out / MODEL
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        pieces_file = Path(scratch) / "pieces.model"
        train_pieces(pairs, names, recipe.pieces, pieces_file)
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(pieces_file))
        model = build(recipe.shape, len(pieces))
        size = sum(p.numel() for p in model.parameters()) / 1e6
        print(f"{len(pairs)} pairs, {len(pieces)} pieces, {size:.2f} M parameters", flush=True)
        best = fit(model, Batches(pairs, names, pieces, recipe, seed), stop, pieces, recipe)
        export(best, pieces_file, folder)
    (folder / NAMES).write_text("\n".join(familiar(pairs)) + "\n", encoding="utf-8")
    register(
        out,
        MODEL,
        version="1.0",
        task="photo labels -> Korean social-media comment",
        licence="AGPL-3.0-or-later",
        files=FILES,
        folder=MODEL,
    )
    track.made(*(folder / name for name in FILES))


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m training.train_comments")
    parser.add_argument("--data", type=Path, required=True, help="comments_train.json")
    parser.add_argument("--out", type=Path, required=True, help="models folder")
    parser.add_argument("--device", default="cpu", choices=["cpu"])
    parser.add_argument("--limit", type=int, help="train on the first N pairs only")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--pieces", type=int, default=Recipe.pieces)
    parser.add_argument("--width", type=int, default=Shape.width)
    track.add_option(parser)
    options = parser.parse_args(argv)
    shape = Shape(width=options.width, inner=4 * options.width)
    recipe = Recipe(shape=shape, epochs=options.epochs, pieces=options.pieces)
    with track.logged(options, MODEL, data=[options.data]):
        train(options.data, options.out, recipe, options.limit, options.seed, options.threads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
