"""Changed copies of faces that keep their expression: mirrored, moved, relit, blurred, mixed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as nnf
from torch import Tensor

from engine.faces.features import VECTOR_NAMES


def _mirror_order() -> list[int]:
    """Return where each feature's value comes from in a mirrored picture (mouthLeft and
    mouthRight change places, and so on)."""
    swap = {"Left": "Right", "Right": "Left"}
    order = []
    for name in VECTOR_NAMES:
        side = next((s for s in swap if name.endswith(s)), None)
        other = name if side is None else name.removesuffix(side) + swap[side]
        order.append(VECTOR_NAMES.index(other))
    return order


MIRROR_ORDER = torch.tensor(_mirror_order())
MIRROR_SIGN = torch.tensor([-1.0 if n in ("yaw/45", "roll/45") else 1.0 for n in VECTOR_NAMES])


TURN = math.pi / 12
"""Largest turn of a changed copy, in radians."""


@dataclass(frozen=True)
class Changes:
    """How much copies are changed.

    Attributes:
        strength: factor of all moves, turns and changes of light.
        blurred: share of the copies reduced to half resolution.
        patched: share with a grey patch.
        mixed: largest share of another face in a copy.
    """

    strength: float = 1.0
    blurred: float = 0.33
    patched: float = 0.33
    mixed: float = 0.5


STRONG = Changes()
LIGHT = Changes(strength=0.6, blurred=0.15, mixed=0.0)


def augment(
    pictures: Tensor, features: Tensor, rng: torch.Generator, side: int | None = None,
    changes: Changes = STRONG,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Return changed copies of pictures (N, 64, 64) in 0..255 and features (N, 62).

    Mirrored half of the time; at strength 1 turned by up to 15 degrees, scaled by up to 15 %,
    stretched by up to 8 %, moved by up to 5 pixels; contrast, brightness and gamma changed;
    some reduced to half resolution; some with a grey patch; noise. A twelfth loses its
    features, as a face without landmarks.

    Args:
        side: side of the copies in pixels, that of *pictures* if not given.
    """
    count, before = len(pictures), pictures.shape[-1]
    side, much = before if side is None else side, changes.strength

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=rng)

    flipped = torch.rand(count, generator=rng) < 0.5
    mirrored = features[:, MIRROR_ORDER] * MIRROR_SIGN
    features = torch.where(flipped[:, None], mirrored, features)
    lost = torch.rand(count, generator=rng) < 1 / 12
    features = torch.where(lost[:, None], torch.nan, features)

    def around(one: float, below: float, above: float) -> Tensor:
        return uniform(one - below * much, one + above * much)

    angle, zoom, stretch = around(0, TURN, TURN), around(1, 0.15, 0.15), around(1, 0.04, 0.04)
    sign = torch.where(flipped, -1.0, 1.0)
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    move = 2 * 5 / before * much
    rows = [
        torch.stack([sign * cos * stretch, -sin, uniform(-move, move)], 1),
        torch.stack([sign * sin, cos / stretch, uniform(-move, move)], 1),
    ]
    grid = nnf.affine_grid(torch.stack(rows, 1), [count, 1, side, side], align_corners=False)
    moved = nnf.grid_sample(pictures[:, None], grid, padding_mode="border", align_corners=False)
    coarse = nnf.interpolate(nnf.avg_pool2d(moved, 2), scale_factor=2, mode="bilinear")
    blurred = torch.rand(count, generator=rng) < changes.blurred
    moved = torch.where(blurred[:, None, None, None], coarse, moved)[:, 0] / 255

    relit = moved.clamp(1e-3, 1) ** around(1, 0.4, 0.6)[:, None, None]
    contrast, light = around(1, 0.4, 0.3), around(0, 0.2, 0.2)
    relit = (relit - 0.5) * contrast[:, None, None] + 0.5 + light[:, None, None]
    relit = relit + 0.02 * much * torch.randn(relit.shape, generator=rng)
    return _patched(relit.clamp(0, 1) * 255, rng, changes.patched), features


def mix(
    pictures: Tensor, features: Tensor, targets: Tensor, rng: torch.Generator, most: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Return faces blended with others of the batch, and the targets in the same share
    (mixup, Zhang et al. 2018); the share is drawn once for all, near 0 most of the time.

    Args:
        targets: (N, 7) what each class counts.
        most: largest share.
    """
    share = float(torch.rand(1, generator=rng) ** 2 * most)
    order = torch.randperm(len(pictures), generator=rng)
    mixed = [t + share * (t[order] - t) for t in (pictures, features, targets)]
    return mixed[0], mixed[1], mixed[2]


def _patched(pictures: Tensor, rng: torch.Generator, share: float) -> Tensor:
    """Lay a grey patch of up to three eighths of the side on a *share* of the pictures."""
    side = pictures.shape[-1]
    for row in torch.nonzero(torch.rand(len(pictures), generator=rng) < share)[:, 0].tolist():
        height, width = torch.randint(side // 8, side * 3 // 8, (2,), generator=rng).tolist()
        y = int(torch.randint(0, side - height, (1,), generator=rng))
        x = int(torch.randint(0, side - width, (1,), generator=rng))
        pictures[row, y : y + height, x : x + width] = 128.0
    return pictures
