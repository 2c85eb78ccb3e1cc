"""Pretraining, second stage: tell the words that another network replaced from the true ones.

ELECTRA's task (Clark et al. 2020) learns from every piece of a text, not from the hidden
quarter alone. The network that guesses is the finished one of the first stage, kept as it is;
the one that tells begins with its weights (their "two-stage" variant).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.text.encoder.layout import SPECIAL
from training.text.encoder import loop as batches
from training.text.encoder.net import EncoderModel, Shape
from training.text.encoder.pack import Ints, Pack

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
    """The task for :class:`training.text.encoder.loop.Loop`."""

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


_PREFIX = "encoder."


class Teller(nn.Module):
    """The encoder with a head that says of each piece whether it was replaced.

    *shape* is what the saved weights are said to have: a later step drops out as before, even
    if this one does not.
    """

    def __init__(self, encoder: EncoderModel, shape: Shape) -> None:
        super().__init__()
        self.encoder, self.shape = encoder, shape
        width = encoder.shape.width
        self.head = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width), nn.Linear(width, 1)
        )

    @property
    def trunk(self) -> Any:
        """The encoder's trunk."""
        return self.encoder.trunk

    def forward(self, ids: Tensor, text: Tensor) -> Tensor:
        """Return the (P,) logits of "replaced" for the places where *text* (B, T) is true."""
        told: Tensor = self.head(self.encoder.trunk(ids)[text])
        return told[:, 0]


def only_encoder(weights: dict[str, Any]) -> dict[str, Any]:
    """Return a :class:`Teller`'s weights without its head, as the encoder names them."""
    return {
        name.removeprefix(_PREFIX): value
        for name, value in weights.items()
        if name.startswith(_PREFIX)
    }


class ReplacedWords(MaskedWords):
    """The task for :class:`training.text.encoder.loop.Loop`."""

    def __init__(
        self,
        guesser: EncoderModel,
        pack: Pack,
        hiding: Hiding,
        device: str,
        seed: int,
        limit: int | None,
    ):
        super().__init__(pack, hiding, device, seed, limit)
        self._guesser = guesser.eval().to(device)

    def loss(self, model: Any, batch: Any) -> Tensor:
        """Return the mean binary cross-entropy over all pieces of the texts."""
        told, replaced = self._told(model, batch, None)
        return functional.binary_cross_entropy_with_logits(told, replaced)

    def _told(
        self, model: Any, batch: Any, random: torch.Generator | None
    ) -> tuple[Tensor, Tensor]:
        """Return (P,) logits and truth of a batch whose hidden pieces were drawn anew."""
        ids, at, truth = (part.to(self._device, non_blocking=True) for part in batch)
        with torch.no_grad():
            chance = self._guesser.masked_logits(ids, at).float().softmax(1).cumsum(1)
            height = torch.rand((len(at), 1), generator=random, device=self._device)
            drawn = torch.searchsorted(chance, height * chance[:, -1:])[:, 0]
        filled = ids.flatten().index_copy(0, at, drawn).view(ids.shape)
        replaced = torch.zeros_like(ids, dtype=torch.float32)
        replaced.view(-1)[at] = (drawn != truth).float()
        text = filled >= SPECIAL
        return model(filled, text).float(), replaced[text]

    def look(self, model: Any) -> dict[str, float]:
        """Return nats a piece, and how much of the replaced and the true pieces is told, on
        the stop split."""
        if not len(self._stop):
            raise ValueError("the pack has no stop split")
        told: list[Tensor] = []
        truth: list[Tensor] = []
        rng, random = np.random.default_rng(0), torch.Generator(self._device).manual_seed(0)
        cut = self._hiding.tokens
        for rows in batches.plan(self._stop, self._width, cut, cut, (0, 0)):
            logits, replaced = self._told(model, self._masked(rows, rng), random)
            told.append(logits)
            truth.append(replaced)
        logits, replaced = torch.cat(told), torch.cat(truth)
        nats = float(functional.binary_cross_entropy_with_logits(logits, replaced))
        caught = float((logits[replaced > 0] > 0).float().mean())
        kept = float((logits[replaced == 0] <= 0).float().mean())
        return {"score": -nats, "replaced_told": caught, "true_kept": kept}
