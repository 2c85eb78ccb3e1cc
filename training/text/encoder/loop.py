"""The loop that pretraining and fine-tuning share: steps, schedule, checkpoints, log."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from engine.text.encoder.layout import FIRST, MASK, PAD, SPECIAL
from training.common import track
from training.text.encoder.net import EncoderModel
from training.text.encoder.pack import Bools, Ints, Pack

STEP = 8
"""Batches are padded to multiples of so many pieces, so that few widths occur."""

T = TypeVar("T")


@dataclass(frozen=True)
class Masked:
    """A batch to guess pieces in.

    Attributes:
        ids: (B, W) pieces, some of them masked or replaced.
        at: (M,) which places of the flattened ids are to be guessed; *truth*: (M,) by what.
    """

    ids: Ints
    at: Ints
    truth: Ints


def widths(pack: Pack, longest: int) -> Ints:
    """Return (N,) padded sizes of the texts, cut to *longest*, with the first piece."""
    return -(-(np.minimum(pack.length, longest) + 1) // STEP) * STEP


def plan(rows: Ints, width: Ints, tokens: int, most: int, seed: tuple[int, int]) -> list[Ints]:
    """Cut *rows* (they may repeat) into shuffled batches of alike width.

    Args:
        width: (N,) of every text of the pack.
        tokens: a batch's size times its width is at most this (but it has one row at least).
        most: rows a batch at most.
        seed: of the run, and the epoch.
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(rows)
    order = order[np.argsort(-width[order], kind="stable")]
    batches = []
    at = 0
    while at < len(order):
        count = max(1, min(most, tokens // int(width[order[at]])))
        batches.append(order[at : at + count])
        at += count
    return [batches[i] for i in rng.permutation(len(batches))]


def gather(pack: Pack, begin: Ints, rows: Ints, longest: int) -> Ints:
    """Return (B, W) ids of the *rows*: ``FIRST``, the text, and ``PAD``."""
    length = np.minimum(pack.length[rows], longest)
    wide = int(-(-(length.max() + 1) // STEP) * STEP)
    column = np.arange(wide - 1)
    at = np.minimum(begin[rows][:, None] + column, len(pack.ids) - 1)
    ids = np.full((len(rows), wide), FIRST, np.int64)
    ids[:, 1:] = np.where(column < length[:, None], pack.ids[at], PAD)
    return ids


def mask_words(
    ids: Ints, starts: Bools, share: float, rng: np.random.Generator, alone: bool = False
) -> Masked:
    """Hide a *share* of the words; of their pieces 80 % are masked, 10 % random, 10 % kept.

    Devlin et al. 2019 (BERT) with whole words.

    Args:
        alone: hide single pieces instead of whole words.
    """
    text = ids >= SPECIAL
    word = np.cumsum(starts[ids] | alone, axis=1)
    dice: NDArray[np.float64] = rng.random(ids.shape)
    chosen = text & (np.take_along_axis(dice, word % ids.shape[1], axis=1) < share)
    if not chosen.any():
        chosen[:, 1] = text[:, 1]
    at = np.flatnonzero(chosen)
    truth = ids.reshape(-1)[at]
    how = rng.random(len(at))
    noise = rng.integers(SPECIAL, len(starts), len(at))
    hidden = ids.copy()
    hidden.reshape(-1)[at] = np.where(how < 0.8, MASK, np.where(how < 0.9, noise, truth))
    return Masked(hidden, at, truth)


def ahead(jobs: Iterable[Callable[[], T]], depth: int = 4) -> Iterator[T]:
    """Yield the jobs' results in order while a thread works up to *depth* ahead."""
    waiting: list[Future[T]] = []
    with ThreadPoolExecutor(1) as pool:
        try:
            for job in jobs:
                waiting.append(pool.submit(job))
                if len(waiting) > depth:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


@dataclass(frozen=True)
class Recipe:
    """How a run learns.

    Attributes:
        steps: length of the schedule; a resumed run may shorten it, to cool down early.
        warmup: steps of rising rate; then it falls along a cosine to 2 %.
        every: steps between two looks at the stop split; *patience*: looks without a new
            best after which the run ends.
        minutes: of this call, after which it saves a checkpoint and stops (0: never).
        half: compute in bfloat16 where that is safe.
    """

    steps: int
    rate: float
    warmup: int
    decay: float = 0.01
    clip: float = 1.0
    every: int = 1000
    patience: int = 10
    minutes: float = 0.0
    half: bool = True
    seed: int = 0


class Task(Protocol):
    """What is learned."""

    def epoch(self, number: int) -> list[Ints]:
        """Return the rows of each batch of an epoch."""

    def prepare(self, rows: Ints, step: int) -> Any:
        """Return a batch, on the CPU; runs in a thread of its own."""

    def loss(self, model: EncoderModel, batch: Any) -> Any:
        """Return the loss to lower, as a tensor."""

    def look(self, model: EncoderModel) -> dict[str, float]:
        """Return the stop split's scores; ``score`` is what should rise."""


class Loop:
    """One run; its state lives in a checkpoint beside its log."""

    def __init__(
        self, model: EncoderModel, task: Task, recipe: Recipe, out: Path, device: str
    ) -> None:
        self._model, self._task, self._recipe, self._device = model, task, recipe, device
        self._checkpoint, self._log = out.with_suffix(".checkpoint.pt"), out.with_suffix(".jsonl")
        self._optimizer = _optimizer(model, recipe, device)
        self._step = self._epoch = self._at = self._bad = 0
        self._score = -math.inf
        self._best: dict[str, Any] = {}
        self._began = time.monotonic()
        self._losses: list[Any] = []

    @property
    def step(self) -> int:
        """Steps done, those before a checkpoint included."""
        return self._step

    @property
    def finished(self) -> bool:
        """Whether the schedule is through, or the stop split stopped improving."""
        return self._step >= self._recipe.steps or self._bad >= self._recipe.patience

    @property
    def best(self) -> dict[str, Any]:
        """Weights of the best look so far, on the CPU; before the first look, the newest."""
        return self._best or _on_cpu(self._model)

    def run(self) -> bool:
        """Train until finished (True) or out of minutes (False); a checkpoint is left.

        However few the minutes, one step is done.
        """
        self._began = time.monotonic()
        self._model.train()
        while not self.finished:
            self._run_epoch()
            if self._late():
                break
        self.save()
        return self.finished

    def _run_epoch(self) -> None:
        batches = self._task.epoch(self._epoch)
        for prepared in ahead(self._jobs(batches)):
            self._learn(prepared)
            self._at += 1
            if self._step % self._recipe.every == 0 or self._step == self._recipe.steps:
                self._look()
            if self.finished or self._late():
                break
        if self._at >= len(batches):
            self._epoch, self._at = self._epoch + 1, 0

    def _jobs(self, batches: list[Ints]) -> Iterator[Callable[[], Any]]:
        start = self._step - self._at
        for i in range(self._at, len(batches)):
            yield partial(self._task.prepare, batches[i], start + i)

    def _learn(self, batch: Any) -> None:
        recipe = self._recipe
        torch.manual_seed(recipe.seed * 1_000_003 + self._step)
        for group in self._optimizer.param_groups:
            group["lr"] = recipe.rate * warm_cosine(self._step, recipe.warmup, recipe.steps)
        with torch.autocast(self._device, dtype=torch.bfloat16, enabled=recipe.half):
            loss = self._task.loss(self._model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), recipe.clip)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._losses.append(loss.detach())
        self._step += 1

    def _look(self) -> None:
        self._model.eval()
        with (
            torch.no_grad(),
            torch.autocast(self._device, dtype=torch.bfloat16, enabled=self._recipe.half),
        ):
            scores = self._task.look(self._model)
        self._model.train()
        if scores["score"] > self._score:
            self._score, self._best, self._bad = scores["score"], _on_cpu(self._model), 0
        else:
            self._bad += 1
        loss = float(torch.stack(self._losses).float().mean()) if self._losses else math.nan
        self._losses = []
        row = {"step": self._step, "epoch": self._epoch, "loss": round(loss, 5)}
        row |= {name: round(value, 5) for name, value in scores.items()}
        track.measured(row, self._step)
        row["seconds"] = round(time.monotonic() - self._began, 1)
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)

    def _late(self) -> bool:
        minutes = self._recipe.minutes
        return minutes > 0 and time.monotonic() - self._began > minutes * 60

    def save(self) -> None:
        """Write everything that a later call needs to go on."""
        part = self._checkpoint.with_suffix(".part")
        torch.save(
            {
                "model": self._model.state_dict(),
                "optimizer": self._optimizer.state_dict(),
                "best": self._best,
                "score": self._score,
                "numbers": [self._step, self._epoch, self._at, self._bad],
            },
            part,
        )
        part.replace(self._checkpoint)

    def resume(self) -> None:
        """Go on from the checkpoint.

        Raises:
            FileNotFoundError: there is none.
        """
        found = torch.load(self._checkpoint, map_location=self._device, weights_only=True)
        self._model.load_state_dict(found["model"])
        self._optimizer.load_state_dict(found["optimizer"])
        self._best = {name: value.cpu() for name, value in found["best"].items()}
        self._score = found["score"]
        self._step, self._epoch, self._at, self._bad = found["numbers"]


def warm_cosine(step: int, warmup: int, steps: int) -> float:
    """Return the share of the rate at a step: a straight rise, then a cosine down to 2 %.

    >>> warm_cosine(0, 10, 100), warm_cosine(9, 10, 100), round(warm_cosine(100, 10, 100), 3)
    (0.1, 1.0, 0.02)
    """
    if step < warmup:
        return (step + 1) / warmup
    done = min((step - warmup) / max(1, steps - warmup), 1.0)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done))


def _optimizer(model: EncoderModel, recipe: Recipe, device: str) -> Any:
    """Return AdamW that decays matrices only."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": recipe.decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), fused=device == "cuda")


def _on_cpu(model: EncoderModel) -> dict[str, Any]:
    return {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}
