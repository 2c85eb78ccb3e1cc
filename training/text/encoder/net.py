"""The encoder's network: a pre-norm transformer with rotary positions, in plain torch.

One trunk, a head that guesses masked pieces (tied to the embedding), and one linear head
whose columns are all tasks' logits. Runs alike in torch and, exported, in onnxruntime.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.text.encoder.layout import OUTPUTS, PAD
from training.text.encoder.pack import LONGEST


@dataclass(frozen=True)
class Shape:
    """Size of an encoder; the default is what ships, a teacher is wider and deeper."""

    pieces: int
    width: int = 256
    layers: int = 6
    heads: int = 4
    inner: int = 1024
    dropout: float = 0.1
    longest: int = LONGEST + 16


class Block(nn.Module):
    """Self-attention and a two-layer network, each behind a norm and around a residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.drop = shape.heads, shape.dropout
        self.before = nn.LayerNorm(shape.width)
        self.mixed = nn.Linear(shape.width, 3 * shape.width)
        self.joined = nn.Linear(shape.width, shape.width)
        self.between = nn.LayerNorm(shape.width)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Map (B, T, D) to the same; *mask* (B, 1, 1, T) is true where there is text."""
        size = (x.shape[0], x.shape[1], self.heads, x.shape[2] // self.heads)
        query, key, value = (
            part.view(size).transpose(1, 2) for part in self.mixed(self.before(x)).chunk(3, dim=-1)
        )
        attended = functional.scaled_dot_product_attention(
            _turned(query, cos, sin),
            _turned(key, cos, sin),
            value,
            attn_mask=mask,
            dropout_p=self.drop if self.training else 0.0,
        )
        x = x + self.dropout(self.joined(attended.transpose(1, 2).reshape(x.shape)))
        return x + self.dropout(self.down(functional.gelu(self.up(self.between(x)))))


def _turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions (Su et al. 2021, "RoFormer"), halves instead of neighbours."""
    first, second = x.chunk(2, dim=-1)
    turned = torch.cat([-second, first], dim=-1)
    return x * cos.to(x.dtype) + turned * sin.to(x.dtype)


class Trunk(nn.Module):
    """Pieces in, one vector a piece out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embedding = nn.Embedding(shape.pieces, shape.width, padding_idx=PAD)
        self.first = nn.LayerNorm(shape.width)
        self.dropout = nn.Dropout(shape.dropout)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last = nn.LayerNorm(shape.width)
        half = shape.width // shape.heads // 2
        angle = torch.arange(shape.longest)[:, None] * 10_000.0 ** (-torch.arange(half) / half)
        self.register_buffer("cos", torch.cat([angle, angle], 1).cos(), persistent=False)
        self.register_buffer("sin", torch.cat([angle, angle], 1).sin(), persistent=False)

    def forward(self, ids: Tensor) -> Tensor:
        """Map ids (B, T), the first of each row ``FIRST``, to (B, T, D)."""
        mask = (ids != PAD)[:, None, None, :]
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        x = self.dropout(self.first(self.embedding(ids)))
        for block in self.blocks:
            x = block(x, mask, cos, sin)
        return self.last(x)


class EncoderModel(nn.Module):
    """The trunk with both heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.trunk: Any = Trunk(shape)
        self.guess = nn.Linear(shape.width, shape.width)
        self.guess_norm = nn.LayerNorm(shape.width)
        self.guess_bias = nn.Parameter(torch.zeros(shape.pieces))
        self.dropout = nn.Dropout(shape.dropout)
        self.out = nn.Linear(2 * shape.width, OUTPUTS)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
        for block in self.trunk.blocks:
            for layer in (block.joined, block.down):
                nn.init.normal_(layer.weight, std=0.02 / (2 * shape.layers) ** 0.5)

    def masked_logits(self, ids: Tensor, at: Tensor) -> Tensor:
        """Return (M, V) guesses for the places *at* (M,) of the flattened (B, T) batch."""
        hidden = self.trunk(ids).flatten(0, 1)[at]
        hidden = self.guess_norm(functional.gelu(self.guess(hidden)))
        return functional.linear(hidden, self.trunk.embedding.weight, self.guess_bias)

    def pooled(self, ids: Tensor) -> Tensor:
        """Return (B, 2 D): the first piece's vector, and the mean over the text."""
        hidden = self.trunk(ids)
        there = (ids != PAD)[..., None].to(hidden.dtype)
        mean = (hidden * there).sum(1) / there.sum(1)
        return torch.cat([hidden[:, 0], mean], dim=1)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Return the (B, 61) logits and the (B, 2 D) vectors that they are linear in."""
        pooled = self.pooled(ids)
        return self.out(self.dropout(pooled)), pooled


def save_weights(path: Path, shape: Shape, weights: dict[str, Tensor]) -> None:
    """Write shape and weights in half precision (half the bytes; no optimizer)."""
    halves = {name: value.detach().cpu().half() for name, value in weights.items()}
    part = path.with_name(path.name + ".part")
    torch.save({"shape": dataclasses.asdict(shape), "weights": halves}, part)
    part.replace(path)


def load_weights(path: Path) -> EncoderModel:
    """Return the model that :func:`save_weights` wrote, on the CPU, in single precision."""
    found = torch.load(path, map_location="cpu", weights_only=True)
    model = EncoderModel(Shape(**found["shape"]))
    model.load_state_dict({name: value.float() for name, value in found["weights"].items()})
    return model
