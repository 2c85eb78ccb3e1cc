"""A small T5 that answers where no question is alike: fitted on questions and answers.

It uses the comment writer's network (``comments_nets``) with pieces and weights of its own.
"""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.common import track
from training.writing.chat.data import Pair
from training.writing.comments.nets import (
    EOS,
    PAD,
    START,
    UNKNOWN,
    Row,
    Shape,
    build,
    held_out_loss,
    loss_of,
    tensors,
)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the generator besides the data.

    Attributes:
        pieces: upper limit of the sentencepiece vocabulary.
        minutes: processor time after which no further epoch begins.
        average: decay of the running mean of the weights, which is what is kept.
    """

    shape: Shape = field(default_factory=lambda: Shape(192, 2, 4, 768, 0.15))
    pieces: int = 3000
    epochs: int = 24
    minutes: float = 12.0
    batch: int = 64
    rate: float = 1.5e-3
    warmup: int = 150
    smoothing: float = 0.05
    average: float = 0.997


def train_pieces(pairs: Sequence[Pair], size: int, out: Path) -> Any:
    """Write the sentencepiece model *out* and return its processor; other letters are bytes."""
    import sentencepiece

    lines = [text for pair in pairs for text in (pair.question, pair.answer)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(out.with_suffix("")),
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        hard_vocab_limit=False,
        character_coverage=0.9995,
        normalization_rule_name="identity",
        pad_id=PAD,
        eos_id=EOS,
        unk_id=UNKNOWN,
        bos_id=START,
        num_threads=1,
        minloglevel=1,
    )
    return sentencepiece.SentencePieceProcessor(model_file=str(out))


def coded(pairs: Sequence[Pair], pieces: Any) -> list[Row]:
    """Return (pieces of the question, pieces of the answer) of each pair."""
    return [(pieces.encode(pair.question), pieces.encode(pair.answer)) for pair in pairs]


def fit(rows: Sequence[Row], stop: Sequence[Row], size: int, recipe: Recipe, seed: int) -> Any:
    """Train and return the averaged network of the epoch with the lowest loss on *stop*."""
    import torch

    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = build("t5", recipe.shape, size)
    mean = copy.deepcopy(model)
    steps = math.ceil(len(rows) / recipe.batch) * recipe.epochs
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.05)
    best: tuple[float, Any] = (math.inf, mean.state_dict())
    done, start = 0, time.process_time()
    model.train()
    for epoch in range(recipe.epochs):
        for batch in _batches(rows, recipe.batch, rng):
            # The schedule follows the clock where that ends sooner than the epochs.
            spent = (time.process_time() - start) / (60 * recipe.minutes)
            share = min(1.0, max(done / steps, spent))
            fall = 0.5 * (1 + math.cos(math.pi * share))
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * min((done + 1) / recipe.warmup, 0.03 + 0.97 * fall)
            loss = loss_of(model, tensors("t5", batch), recipe.smoothing)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            done += 1
            _follow(mean, model, min(recipe.average, done / (done + 10)))
            if share >= 1.0:
                break
        held = held_out_loss(mean, stop)
        if held < best[0]:
            best = (held, copy.deepcopy(mean.state_dict()))
        minutes = (time.process_time() - start) / 60
        print(f"epoch {epoch + 1}: {done} steps, stop {held:.4f}, {minutes:.1f} min", flush=True)
        track.measured({"stop": held}, epoch + 1)
        if minutes >= recipe.minutes:
            break
    mean.load_state_dict(best[1])
    return mean


def _follow(mean: Any, model: Any, decay: float) -> None:
    import torch

    with torch.no_grad():
        for kept, new in zip(mean.parameters(), model.parameters(), strict=True):
            kept.lerp_(new, 1 - decay)


def _batches(rows: Sequence[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """Return the rows in batches of alike length, in random order."""
    mixed = sorted(rows, key=lambda row: (len(row[1]), rng.random()))
    cut = [list(mixed[i : i + size]) for i in range(0, len(mixed), size)]
    rng.shuffle(cut)
    return cut
