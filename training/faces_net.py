"""The expression network: a small CNN on the aligned crop, fused with measured features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from engine.faces import crop
from engine.faces.features import VECTOR_NAMES

PICTURE = 160
"""Width of the picture's part of the embedding."""

EMBEDDING = PICTURE + len(VECTOR_NAMES)
CLIP = 4.0
"""Standardised features are cut off at this many standard deviations."""


class Residual(nn.Module):
    """A convolution whose input is added to its output."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """Map (N, C, H, W) to the same shape."""
        return torch.relu(inputs + self.body(inputs))


class FaceNet(nn.Module):
    """Crop (N, 64, 64) and features (N, 62) -> embedding (N, 222) -> logits (N, 7).

    The embedding is the CNN's 160 values beside the 62 standardised features; one linear
    layer on top of it decides, so that corrections can retrain just that layer.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, mean: npt.NDArray[np.float32], scale: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("scale", torch.from_numpy(scale))
        self.cnn = nn.Sequential(
            *_conv(1, 32, 2, 5), *_conv(32, 32), nn.MaxPool2d(2),
            *_conv(32, 64), Residual(64), nn.MaxPool2d(2),
            *_conv(64, 128), Residual(128), nn.MaxPool2d(2),
            *_conv(128, PICTURE), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        )  # fmt: skip
        self.picture_dropout = nn.Dropout(0.3)
        self.feature_dropout = nn.Dropout(0.2)
        self.head = nn.Linear(EMBEDDING, 7)

    def forward(self, pictures: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return (embedding, logits) of float pictures in 0..255 and raw features."""
        pictures = pictures[:, None]
        centred = pictures - pictures.mean(dim=(2, 3), keepdim=True)
        deviation = (centred * centred).mean(dim=(2, 3), keepdim=True).sqrt()
        seen = self.cnn(centred / (deviation + 8.0))
        known = ((features - self.mean) / self.scale).clamp(-CLIP, CLIP)
        parts = [self.picture_dropout(seen), self.feature_dropout(known)]
        embedding = torch.cat(parts, dim=1)
        return embedding, self.head(embedding)


def _conv(inputs: int, outputs: int, stride: int = 1, size: int = 3) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]


class Exported(nn.Module):
    """The network as the engine calls it: uint8 crops, each seen as it is and mirrored."""

    def __init__(self, net: FaceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crops: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return (embedding (N, 222), logits (N, 7))."""
        pictures = crops.float()
        both = torch.cat([pictures, pictures.flip(2)])
        embedding, _ = self.net(both, torch.cat([features, features]))
        embedding = embedding.reshape(2, -1, EMBEDDING).mean(dim=0)
        return embedding, self.net.head(embedding)


def export(net: FaceNet, path: Path) -> None:
    """Write the network as ONNX: ``crops`` uint8 (N, 64, 64) and ``features`` (N, 62) in,
    ``embedding`` (N, 222) and ``logits`` (N, 7) out."""
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
