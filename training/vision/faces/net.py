"""The expression network: a residual CNN on the aligned crop, fused with measured features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as nnf
from torch import Tensor, nn

from engine.faces.expression import network as crop
from engine.faces.measure.features import VECTOR_NAMES

MEASURED = 64
"""Width of what a hidden layer makes of the measured features."""


@dataclass(frozen=True)
class Shape:
    """Size of a network.

    Attributes:
        widths: channels at a half, a quarter, an eighth and a sixteenth of the side.
        blocks: residual blocks at each of these sizes.
        side: of the picture that the finished network looks at, in pixels.
    """

    widths: tuple[int, ...]
    blocks: tuple[int, ...]
    side: int

    @property
    def embedding(self) -> int:
        """Length of the embedding."""
        return self.widths[-1] + MEASURED + len(VECTOR_NAMES)


FIRST = Shape((32, 64, 128, 256), (0, 1, 2, 1), crop.SIZE)
SECOND = Shape((48, 96, 160, 256), (0, 1, 2, 1), 48)
"""Wider, and at the resolution of FER2013's own pictures."""

CLIP = 4.0
"""Standardised features are cut off at this many standard deviations."""


class Squeeze(nn.Module):
    """Channels weighed by what the whole map shows (Hu et al. 2018)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gate = nn.Sequential(
            nn.Linear(width, width // 8), nn.ReLU(), nn.Linear(width // 8, width), nn.Sigmoid()
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """Map (N, C, H, W) to the same shape."""
        weights: Tensor = self.gate(inputs.mean(dim=(2, 3)))
        return inputs * weights[:, :, None, None]


class Residual(nn.Module):
    """Two convolutions and a squeeze whose input is added to their output."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_conv(width, width),
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), Squeeze(width),
        )  # fmt: skip

    def forward(self, inputs: Tensor) -> Tensor:
        """Map (N, C, H, W) to the same shape."""
        return torch.relu(inputs + self.body(inputs))


class FaceNet(nn.Module):
    """Crop (N, S, S) and features (N, 62) -> embedding (N, E) -> logits (N, 7).

    The embedding is the CNN's values, 64 of a hidden layer on the features, and the 62
    standardised features; one linear layer on top of it decides, so that corrections can
    retrain just that layer. A feature that is not a number counts as its mean: a face
    without landmarks has 62 of them.
    """

    mean: Tensor
    scale: Tensor

    def __init__(
        self, mean: npt.NDArray[np.float32], scale: npt.NDArray[np.float32], shape: Shape = FIRST
    ) -> None:
        super().__init__()
        self.shape, widths = shape, shape.widths
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("scale", torch.from_numpy(scale))
        layers = [*_conv(1, widths[0], 2, 5), *_conv(widths[0], widths[0])]
        for before, width, blocks in zip(widths, widths[1:], shape.blocks[1:], strict=False):
            layers += [nn.MaxPool2d(2), *_conv(before, width)]
            layers += [Residual(width) for _ in range(blocks)]
        self.cnn = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.measured = nn.Sequential(nn.Linear(len(VECTOR_NAMES), MEASURED), nn.ReLU())
        self.picture_dropout = nn.Dropout(0.4)
        self.feature_dropout = nn.Dropout(0.2)
        self.head = nn.Linear(shape.embedding, 7)

    def forward(self, pictures: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return (embedding, logits) of float pictures in 0..255 and raw features."""
        pictures = pictures[:, None]
        centred = pictures - pictures.mean(dim=(2, 3), keepdim=True)
        deviation = (centred * centred).mean(dim=(2, 3), keepdim=True).sqrt()
        seen = self.cnn(centred / (deviation + 8.0))
        features = torch.where(torch.isnan(features), self.mean, features)
        known = ((features - self.mean) / self.scale).clamp(-CLIP, CLIP)
        known = self.feature_dropout(known)
        parts = [self.picture_dropout(seen), self.measured(known), known]
        embedding = torch.cat(parts, dim=1)
        return embedding, self.head(embedding)


def _conv(inputs: int, outputs: int, stride: int = 1, size: int = 3) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]


class Exported(nn.Module):
    """Networks as the engine calls them, on uint8 crops.

    The embedding is the networks' own, one after the other, the features once; the logits
    are the mean of theirs, still linear in it. Who calls may show a mirrored crop, too, and
    take the mean of both embeddings.
    """

    def __init__(self, *nets: FaceNet) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)
        self.head = joined_head(nets)

    def forward(self, crops: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return (embedding (N, E), logits (N, 7))."""
        pictures = crops.float()
        parts: list[Tensor] = []
        for net in self.nets:
            seen = pictures
            if net.shape.side != crop.SIZE:
                size = (net.shape.side, net.shape.side)
                seen = nnf.interpolate(pictures[:, None], size, mode="bilinear")[:, 0]
            own = net(seen, features)[0]
            parts.append(own if not parts else own[:, : -len(VECTOR_NAMES)])
        embedding = torch.cat(parts, dim=1)
        return embedding, self.head(embedding)


def joined_head(nets: Sequence[FaceNet]) -> nn.Linear:
    """Return one layer on the networks' joined embedding that gives their mean logits."""
    known, share = len(VECTOR_NAMES), 1 / len(nets)
    first = nets[0].head.weight.detach().clone()
    for net in nets[1:]:
        first[:, -known:] += net.head.weight.detach()[:, -known:]
    weights = [first, *(net.head.weight.detach()[:, :-known] for net in nets[1:])]
    weight = torch.cat(weights, dim=1) * share
    head = nn.Linear(weight.shape[1], weight.shape[0])
    head.weight.data = weight
    head.bias.data = torch.stack([net.head.bias.detach() for net in nets]).sum(0) * share
    return head


def export(network: Exported, path: Path) -> None:
    """Write the networks as ONNX: ``crops`` uint8 (N, 64, 64) and ``features`` (N, 62) in,
    ``embedding`` (N, E) and ``logits`` (N, 7) out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    network = network.cpu().eval().to(memory_format=torch.contiguous_format)
    example = (
        torch.zeros(2, crop.SIZE, crop.SIZE, dtype=torch.uint8),
        torch.zeros(2, len(VECTOR_NAMES)),
    )
    names = ["crops", "features", "embedding", "logits"]
    torch.onnx.export(
        network, example, str(path), dynamo=False, opset_version=17,
        input_names=names[:2], output_names=names[2:],
        dynamic_axes={name: {0: "n"} for name in names},
    )  # fmt: skip
