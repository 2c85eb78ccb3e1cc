"""Let a CUDA build of torchvision be imported beside a CPU build of torch.

PyPI's torchvision registers fake kernels for operators that a CPU-only machine never
defines; its import then raises RuntimeError and breaks transformers' and ultralytics'
lazy imports. Call :func:`prepare` before importing any of the three.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

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


def stands_in() -> bool:
    """Return whether :func:`prepare` had to define operators, so that Python stands in for C++."""
    return bool(_LIBRARIES)


def _define() -> None:
    import torch

    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.impl(name, nms, "CPU")
    _LIBRARIES.append(library)
    extension = importlib.import_module("torchvision.extension")
    extension.__dict__["_has_ops"] = lambda: True  # its own check looks for the C++ library


def nms(dets: Tensor, scores: Tensor, iou_threshold: float) -> Tensor:
    """Return the indices (K,) of the kept boxes, best first.

    Args:
        dets: boxes (N, 4) as x1, y1, x2, y2 in pixels.
        scores: (N,).
        iou_threshold: a box that overlaps a better one by more than this is dropped.
    """
    import torch

    x1, y1, x2, y2 = dets.float().unbind(1)
    areas = (x2 - x1) * (y2 - y1)
    order = scores.argsort(descending=True)
    kept: list[int] = []
    while order.numel():
        best, order = int(order[0]), order[1:]
        kept.append(best)
        width = (torch.minimum(x2[best], x2[order]) - torch.maximum(x1[best], x1[order])).clamp(0)
        height = (torch.minimum(y2[best], y2[order]) - torch.maximum(y1[best], y1[order])).clamp(0)
        inter = width * height
        order = order[inter / (areas[best] + areas[order] - inter) <= iou_threshold]
    return torch.tensor(kept, dtype=torch.int64, device=dets.device)
