"""RoIAlign and non-maximum suppression for a torchvision whose C++ operators are missing.

Torchvision's own stand-in for RoIAlign keeps every bin of every region as a tensor; this one
looks the same points up as a weighted sum of rows, some hundred times faster on a CPU.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import Any

import cv2
import torch
from torch import Tensor
from torch.nn import functional

_LIBRARIES: list[Any] = []  # torch drops the operators when their Library object dies


def prepare() -> None:
    """Define the two missing operators (nms on the CPU, qnms) if torchvision needs them.

    Does nothing where torchvision is absent, already imported or sound.
    """
    if _LIBRARIES or "torchvision" in sys.modules or not importlib.util.find_spec("torchvision"):
        return
    try:
        importlib.import_module("torchvision")
    except RuntimeError:  # built for CUDA: undo the half import and supply the operators
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        _define()


def _define() -> None:
    import torch

    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.impl(name, nms, "CPU")
    _LIBRARIES.append(library)
    extension = importlib.import_module("torchvision.extension")
    extension.__dict__["_has_ops"] = lambda: True  # its own check looks for the C++ library
    pooling = importlib.import_module("torchvision.ops.roi_align")
    pooling.__dict__["_roi_align"] = roi_align  # its own takes seconds a picture


def nms(dets: Tensor, scores: Tensor, iou_threshold: float) -> Tensor:
    """Return the indices (K,) of the kept boxes, best first.

    Args:
        dets: boxes (N, 4) as x1, y1, x2, y2 in pixels.
        scores: (N,).
        iou_threshold: a box that overlaps a better one by more than this is dropped.
    """
    if not len(dets):
        return torch.zeros(0, dtype=torch.int64, device=dets.device)
    boxes = dets.detach().double()
    rows = torch.cat([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], dim=1).cpu().numpy()
    ranks = torch.empty(len(boxes))  # cv2 wants scores above nought: their order says enough
    best_first = scores.detach().argsort(descending=True, stable=True).cpu()
    ranks[best_first] = torch.arange(len(boxes), 0, -1, dtype=torch.float32)
    kept = cv2.dnn.NMSBoxes(rows, ranks.numpy(), 0.0, iou_threshold)  # type: ignore[arg-type]
    return torch.as_tensor(kept, dtype=torch.int64, device=dets.device).reshape(-1)


def roi_align(
    features: Tensor,
    rois: Tensor,
    scale: float,
    high: int,
    wide: int,
    ratio: int,
    aligned: bool,
) -> Tensor:
    """Return the regions (K, C, high, wide), as ``torchvision.ops.roi_align``.

    He et al. (2017), "Mask R-CNN", https://arxiv.org/abs/1703.06870: each bin is the mean of
    ``ratio`` x ``ratio`` points, each read between its four neighbours.

    Args:
        features: (N, C, H, W).
        rois: (K, 5): the picture's index, then x1, y1, x2, y2 in the picture's pixels.
        scale: pixels of *features* in one of the picture.
        aligned: half a pixel is taken off, and a region may be smaller than one pixel.

    Raises:
        ValueError: *ratio* is not positive; points by each region's size are not made here.
    """
    if ratio <= 0:
        raise ValueError("RoIAlign needs a fixed number of points in a bin.")
    count, channels, tall, broad = features.shape
    corners = rois[:, 1:].detach().float() * scale - (0.5 if aligned else 0.0)
    sides = corners[:, 2:] - corners[:, :2]
    sides = sides if aligned else sides.clamp(min=1.0)
    rows = _points(corners[:, 1], sides[:, 1], high * ratio, tall)
    columns = _points(corners[:, 0], sides[:, 0], wide * ratio, broad)
    picture = rois[:, 0].long().view(-1, 1, 1, 1, 1) * (tall * broad)
    places = picture + rows[0][:, :, None, :, None] * broad + columns[0][:, None, :, None, :]
    shares = rows[1][:, :, None, :, None] * columns[1][:, None, :, None, :] / ratio**2
    table = features.permute(0, 2, 3, 1).reshape(count * tall * broad, channels)
    bags = (_bins(places, high, wide, ratio), _bins(shares, high, wide, ratio).to(table.dtype))
    found = functional.embedding_bag(bags[0], table, per_sample_weights=bags[1], mode="sum")
    return found.view(-1, high, wide, channels).permute(0, 3, 1, 2).contiguous()


def _points(start: Tensor, length: Tensor, count: int, size: int) -> tuple[Tensor, Tensor]:
    """Return each point's two neighbours (K, count, 2) along one axis, and their shares."""
    steps = (torch.arange(count, device=start.device) + 0.5) / count
    at = start[:, None] + length[:, None] * steps
    inside = (at >= -1) & (at <= size)
    at = at.clamp(0, size - 1)
    low = at.floor()
    neighbours = torch.stack([low, (low + 1).clamp(max=size - 1)], dim=-1).long()
    shares = torch.stack([1 - (at - low), at - low], dim=-1) * inside[..., None]
    return neighbours, shares


def _bins(points: Tensor, high: int, wide: int, ratio: int) -> Tensor:
    """Return (K, high * ratio, wide * ratio, 2, 2) as (K * high * wide, ratio**2 * 4)."""
    parted = points.reshape(-1, high, ratio, wide, ratio, 4)
    return parted.permute(0, 1, 3, 2, 4, 5).reshape(-1, ratio * ratio * 4)
