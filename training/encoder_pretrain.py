"""Pretraining: guess hidden words of every text, labelled or not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from training import encoder_batches as batches
from training.encoder_net import EncoderModel
from training.encoder_pack import Ints, Pack

_LOOKS = 2048


@dataclass(frozen=True)
class Hiding:
    """How much is hidden and how large a batch is.

    Attributes:
        share: of the words; *alone*: hide single pieces instead of whole words.
        tokens: pieces a batch, padding included; *longest*: where texts are cut.
    """

    share: float = 0.25
    alone: bool = False
    tokens: int = 16_384
    longest: int = 128


class MaskedWords:
    """The task for :class:`training.encoder_loop.Loop`."""

    def __init__(self, pack: Pack, hiding: Hiding, device: str, seed: int, limit: int | None):
        self._pack, self._hiding, self._device, self._seed = pack, hiding, device, seed
        self._begin = pack.begin
        self._width = batches.widths(pack, hiding.longest)
        self._rows = np.flatnonzero((pack.group != 0) & (pack.length > 0))[:limit]
        stop = np.flatnonzero((pack.group == 0) & (pack.length > 1))
        self._stop = np.random.default_rng(0).permutation(stop)[:_LOOKS]

    def epoch(self, number: int) -> list[Ints]:
        """Return the rows of each batch of an epoch."""
        tokens = self._hiding.tokens
        return batches.plan(self._rows, self._width, tokens, tokens, (self._seed, number))

    def prepare(self, rows: Ints, step: int) -> list[torch.Tensor]:
        """Return ids (B, W), hidden places (M,) and their truth (M,)."""
        return self._masked(rows, np.random.default_rng((self._seed, 1, step)))

    def _masked(self, rows: Ints, rng: np.random.Generator) -> list[torch.Tensor]:
        hiding = self._hiding
        ids = batches.gather(self._pack, self._begin, rows, hiding.longest)
        masked = batches.mask_words(ids, self._pack.starts, hiding.share, rng, hiding.alone)
        return [torch.from_numpy(part) for part in (masked.ids, masked.at, masked.truth)]

    def loss(self, model: EncoderModel, batch: Any) -> torch.Tensor:
        """Return the mean cross-entropy of the hidden pieces."""
        ids, at, truth = (part.to(self._device, non_blocking=True) for part in batch)
        return functional.cross_entropy(model.masked_logits(ids, at).float(), truth)

    def look(self, model: EncoderModel) -> dict[str, float]:
        """Return nats a hidden piece and the share guessed right on the stop split."""
        if not len(self._stop):
            raise ValueError("the pack has no stop split")
        total = right = 0.0
        count = 0
        rng = np.random.default_rng(0)
        cut = self._hiding.tokens
        for rows in batches.plan(self._stop, self._width, cut, cut, (0, 0)):
            ids, at, truth = (part.to(self._device) for part in self._masked(rows, rng))
            logits = model.masked_logits(ids, at).float()
            total += float(functional.cross_entropy(logits, truth, reduction="sum"))
            right += float((logits.argmax(1) == truth).sum())
            count += len(truth)
        nats = total / count
        return {"score": -nats, "perplexity": math.exp(min(nats, 50)), "guessed": right / count}
