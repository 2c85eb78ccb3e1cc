"""The expression network: a residual CNN on the aligned crop, fused with measured features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from engine.faces import crop
from engine.faces.features import VECTOR_NAMES

WIDTHS = (32, 64, 128, 256)
"""Channels at a half, a quarter, an eighth and a sixteenth of the crop's side."""

BLOCKS = (0, 1, 2, 1)
"""Residual blocks at each of these sizes."""

MEASURED = 64
"""Width of what a hidden layer makes of the measured features."""

EMBEDDING = WIDTHS[-1] + MEASURED + len(VECTOR_NAMES)
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
    """Crop (N, S, S) and features (N, 62) -> embedding (N, 382) -> logits (N, 7).

    The embedding is the CNN's 256 values, 64 of a hidden layer on the features, and the 62
    standardised features; one linear layer on top of it decides, so that corrections can
    retrain just that layer. A feature that is not a number counts as its mean: a face
    without landmarks has 62 of them.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, mean: npt.NDArray[np.float32], scale: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("scale", torch.from_numpy(scale))
        layers = [*_conv(1, WIDTHS[0], 2, 5), *_conv(WIDTHS[0], WIDTHS[0])]
        for before, width, blocks in zip(WIDTHS, WIDTHS[1:], BLOCKS[1:], strict=False):
            layers += [nn.MaxPool2d(2), *_conv(before, width)]
            layers += [Residual(width) for _ in range(blocks)]
        self.cnn = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.measured = nn.Sequential(nn.Linear(len(VECTOR_NAMES), MEASURED), nn.ReLU())
        self.picture_dropout = nn.Dropout(0.4)
        self.feature_dropout = nn.Dropout(0.2)
        self.head = nn.Linear(EMBEDDING, 7)

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
    """The network as the engine calls it: uint8 crops, each seen as it is and mirrored."""

    def __init__(self, net: FaceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crops: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return (embedding (N, 382), logits (N, 7))."""
        pictures = crops.float()
        both = torch.cat([pictures, pictures.flip(2)])
        embedding, _ = self.net(both, torch.cat([features, features]))
        embedding = embedding.reshape(2, -1, EMBEDDING).mean(dim=0)
        return embedding, self.net.head(embedding)


def export(net: FaceNet, path: Path) -> None:
    """Write the network as ONNX: ``crops`` uint8 (N, 64, 64) and ``features`` (N, 62) in,
    ``embedding`` (N, 382) and ``logits`` (N, 7) out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    net = net.cpu().eval().to(memory_format=torch.contiguous_format)
    example = (
        torch.zeros(2, crop.SIZE, crop.SIZE, dtype=torch.uint8),
        torch.zeros(2, len(VECTOR_NAMES)),
    )
    names = ["crops", "features", "embedding", "logits"]
    torch.onnx.export(
        Exported(net).eval(), example, str(path), dynamo=False, opset_version=17,
        input_names=names[:2], output_names=names[2:],
        dynamic_axes={name: {0: "n"} for name in names},
    )  # fmt: skip
