"""Train the comment writer: labels of a photo in, one Korean sentence or two out.

A small T5 or GPT-2 (about seven million parameters), from the weights and the pieces that
``training.writing.comments.pretrain`` made or from scratch, exported to CTranslate2 in int8::

    python -m training comments --data comments_train.json --out models --kind t5 \
        --start out/comments/t5.pretrained.pt
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.comments.labels import EXPRESSIONS, HIDDEN, prompt, split_labels
from engine.comments.write.generate import NAMES
from training.common import track
from training.common.register import register
from training.writing.comments.data import (
    COMMON,
    SEEN,
    Pair,
    calm_pairs,
    joined,
    read_pairs,
    set_hash,
    split,
    vary,
)
from training.writing.comments.nets import (
    KINDS,
    Row,
    Shape,
    build,
    export,
    held_out_loss,
    loss_of,
    saved_net,
    tensors,
    train_pieces,
)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome besides the data.

    Attributes:
        pieces: upper limit of the sentencepiece vocabulary.
        patience: epochs without a lower held-out loss before training ends.
        calm: share that pairs without an expression add to an epoch.
        early, late: share of the pairs that are varied, before and after *turn* (a share
            of the epochs).
        average: decay of the running mean of the weights, which is what is kept.
    """

    epochs: int = 28
    patience: int = 10
    batch: int = 48
    rate: float = 1e-3
    warmup: int = 200
    smoothing: float = 0.05
    calm: float = 0.2
    early: float = 0.7
    late: float = 0.3
    turn: float = 0.75
    average: float = 0.998


def coded(pairs: Sequence[Pair], pieces: Any) -> list[Row]:
    """Return the pairs as rows of pieces: prompt, comment."""
    return [(pieces.encode(prompt(pair.labels)), pieces.encode(pair.comment)) for pair in pairs]


class Batches:
    """Endless varied epochs of the training pairs, cut into batches of alike length."""

    def __init__(
        self,
        kind: str,
        pairs: Sequence[Pair],
        names: Sequence[str],
        pieces: Any,
        recipe: Recipe,
        seed: int,
    ) -> None:
        self._kind, self._pairs, self._names, self._pieces = kind, pairs, names, pieces
        self._size = recipe.batch
        self._calm = calm_pairs(pairs)
        self._extra = round(len(pairs) * recipe.calm) if self._calm else 0
        self._rng = random.Random(seed)

    def __len__(self) -> int:
        return math.ceil((len(self._pairs) + self._extra) / self._size)

    def epoch(self, share: float) -> Iterator[tuple[Any, Any, Any]]:
        """Yield ids, mask and truth; *share* of the pairs are varied."""
        rng = self._rng
        rows = [
            vary(pair, self._names, rng) if rng.random() < share else pair for pair in self._pairs
        ]
        rows += [vary(joined(self._calm, rng), self._names, rng) for _ in range(self._extra)]
        rng.shuffle(rows)
        window = self._size * 20
        chunks: list[list[Pair]] = []
        for start in range(0, len(rows), window):
            part = sorted(rows[start : start + window], key=lambda pair: len(pair.comment))
            chunks += [part[i : i + self._size] for i in range(0, len(part), self._size)]
        rng.shuffle(chunks)
        for chunk in chunks:
            yield tensors(self._kind, coded(chunk, self._pieces))


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


def fit(model: Any, batches: Batches, stop: Sequence[Row], recipe: Recipe) -> Any:
    """Train and return the averaged model of the epoch with the lowest held-out loss."""
    trainer = Trainer(model, recipe, len(batches) * recipe.epochs)
    best: tuple[float, int, Any] = (math.inf, 0, None)
    model.train()
    for epoch in range(recipe.epochs):
        share = recipe.late if epoch >= recipe.epochs * recipe.turn else recipe.early
        losses = [trainer.step(batch) for batch in batches.epoch(share)]
        held = held_out_loss(trainer.mean, stop)
        if held < best[0]:
            best = (held, epoch, copy.deepcopy(trainer.mean.state_dict()))
        print(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {sum(losses) / len(losses):.4f}"
            f"  stop {held:.4f}  {time.process_time():.0f} s CPU",
            flush=True,
        )
        track.measured({"loss": sum(losses) / len(losses), "stop": held}, epoch + 1)
        if epoch - best[1] >= recipe.patience:
            break
    trainer.mean.load_state_dict(best[2])
    return trainer.mean


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
    parser = argparse.ArgumentParser(prog="python -m training comments")
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
