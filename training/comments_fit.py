"""The comment writer learns: varied batches, AdamW, a running mean, an early end."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.comments.labels import prompt
from training import track
from training.comments_augment import calm_pairs, joined, vary
from training.comments_data import Pair
from training.comments_nets import Row, held_out_loss, loss_of, tensors


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
