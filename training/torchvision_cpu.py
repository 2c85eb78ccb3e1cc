"""Let a CUDA build of torchvision be imported beside a CPU build of torch.

PyPI's torchvision registers fake kernels for operators that a CPU-only machine never
defines; its import then raises RuntimeError and breaks transformers' and ultralytics'
lazy imports. Call :func:`prepare` before importing any of the three.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import Any

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

    from training import torchvision_pool

    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.impl(name, torchvision_pool.nms, "CPU")
    _LIBRARIES.append(library)
    extension = importlib.import_module("torchvision.extension")
    extension.__dict__["_has_ops"] = lambda: True  # its own check looks for the C++ library
    pooling = importlib.import_module("torchvision.ops.roi_align")
    pooling.__dict__["_roi_align"] = torchvision_pool.roi_align  # its own takes seconds a picture
