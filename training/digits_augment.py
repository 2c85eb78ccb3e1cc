"""Other hands for 10,000 digits: affine, elastic, stroke and noise changes, batch-wise in torch."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as nnf
from torch import Tensor

SIDE = 28


def augment(images: Tensor, rng: torch.Generator) -> Tensor:
    """Return a changed copy of *images* (N, 1, 28, 28) float in 0..1.

    Elastic fields after Simard, Steinkraus and Platt, "Best practices for
    convolutional neural networks applied to visual document analysis" (2003).
    """
    warped = nnf.grid_sample(images, _grid(len(images), rng), align_corners=False)
    stroked = _stroke(warped, rng)
    return _disturb(stroked, rng).clamp_(0.0, 1.0)


def _uniform(count: int, low: float, high: float, rng: torch.Generator) -> Tensor:
    return torch.rand(count, generator=rng) * (high - low) + low


def _grid(count: int, rng: torch.Generator) -> Tensor:
    """Return sampling positions (N, 28, 28, 2): affine changes and an elastic field."""
    angle = _uniform(count, -0.30, 0.30, rng)
    shear = _uniform(count, -0.30, 0.30, rng)
    scale_x = _uniform(count, 0.80, 1.18, rng)
    scale_y = _uniform(count, 0.85, 1.18, rng)
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = cos / scale_x
    theta[:, 0, 1] = (shear * cos - sin) / scale_x
    theta[:, 1, 0] = sin / scale_y
    theta[:, 1, 1] = (shear * sin + cos) / scale_y
    theta[:, :, 2] = (torch.rand(count, 2, generator=rng) - 0.5) * (2 * 2.6 / SIDE)
    grid = nnf.affine_grid(theta, [count, 1, SIDE, SIDE], align_corners=False)
    return grid + _elastic(count, 7, 0.085, rng) + _elastic(count, 4, 0.10, rng)


def _elastic(count: int, knots: int, strength: float, rng: torch.Generator) -> Tensor:
    """Return a smooth random displacement (N, 28, 28, 2) from a coarse grid of knots."""
    coarse = torch.randn(count, 2, knots, knots, generator=rng)
    coarse *= (_uniform(count, 0.0, strength, rng) * 0.75)[:, None, None, None]
    field = nnf.interpolate(coarse, size=(SIDE, SIDE), mode="bicubic", align_corners=True)
    return field.permute(0, 2, 3, 1)


def _stroke(images: Tensor, rng: torch.Generator) -> Tensor:
    """Make strokes bolder (dilation), thinner (erosion) or softer, by a random amount each."""
    bold = nnf.max_pool2d(images, 3, 1, 1)
    thin = -nnf.max_pool2d(-images, (2, 2), 1, 1)[:, :, :SIDE, :SIDE]
    soft = nnf.avg_pool2d(images, 3, 1, 1, count_include_pad=False)
    kind = torch.rand(len(images), generator=rng)
    amount = _uniform(len(images), 0.0, 0.85, rng)[:, None, None, None]
    out = images
    for other, low, high in ((bold, 0.0, 0.25), (thin, 0.25, 0.45), (soft, 0.45, 0.55)):
        chosen = ((kind >= low) & (kind < high)).float()[:, None, None, None] * amount
        out = out + chosen * (other - out)
    contrast = torch.exp(_uniform(len(images), -math.log(1.6), math.log(1.6), rng))
    return out.clamp(0.0, 1.0).pow(contrast[:, None, None, None])


def _disturb(images: Tensor, rng: torch.Generator) -> Tensor:
    """Add slight noise to some images and wipe a small square out of others."""
    count = len(images)
    level = _uniform(count, -0.10, 0.06, rng).clamp(min=0.0)[:, None, None, None]
    noisy = images + level * torch.randn(images.shape, generator=rng)
    rows = torch.arange(SIDE)[None, :, None]
    columns = torch.arange(SIDE)[None, None, :]
    top, left = (torch.randint(2, 22, (2, count), generator=rng))[:, :, None, None]
    size = torch.randint(2, 6, (count,), generator=rng)[:, None, None]
    size = size * (torch.rand(count, generator=rng) < 0.25)[:, None, None]
    hole = (rows >= top) & (rows < top + size) & (columns >= left) & (columns < left + size)
    return noisy * (~hole)[:, None].float()
