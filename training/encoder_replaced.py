"""Pretraining, second stage: tell the words that another network replaced from the true ones.

ELECTRA's task (Clark et al. 2020) learns from every piece of a text, not from the hidden
quarter alone. The network that guesses is the finished one of the first stage, kept as it is;
the one that tells begins with its weights (their "two-stage" variant).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.encoder.layout import SPECIAL
from training import encoder_batches as batches
from training.encoder_net import EncoderModel, Shape
from training.encoder_pack import Pack
from training.encoder_pretrain import Hiding, MaskedWords

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
    """The task for :class:`training.encoder_loop.Loop`."""

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
