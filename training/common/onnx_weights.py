"""Store an ONNX file's weights in fewer bits; they are widened again when the file is loaded.

What is computed stays in 32 bits, so a smaller file is neither faster nor slower.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SMALL = 256
"""Tensors of fewer values stay as they are."""


def halve(path: Path) -> None:
    """Store the big float32 weights as float16."""
    _store(path, int8=False)


def quarter(path: Path) -> None:
    """Store the kernels of convolutions as int8 with a scale for each output channel (Jacob et
    al. 2018, symmetric), other big float32 weights as float16."""
    _store(path, int8=True)


def _store(path: Path, *, int8: bool) -> None:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    wideners: list[Any] = []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT:
            continue
        values, name = numpy_helper.to_array(tensor), tensor.name
        if values.size < SMALL:
            continue
        if int8 and values.ndim == 4:
            whole, scale = quantised(values)
            tensor.CopyFrom(numpy_helper.from_array(whole, name + ".int8"))
            graph.initializer.append(numpy_helper.from_array(scale, name + ".scale"))
            parts = [name + ".int8", name + ".scale"]
            wideners.append(helper.make_node("DequantizeLinear", parts, [name], axis=0))
        else:
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + ".half"))
            to = TensorProto.FLOAT
            wideners.append(helper.make_node("Cast", [name + ".half"], [name], to=to))
    for node in reversed(wideners):
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def quantised(
    kernels: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return kernels (C, ...) in -127..127 and the scale (C,) that widens them again."""
    largest = np.abs(kernels).reshape(len(kernels), -1).max(axis=1)
    scale = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    whole = np.rint(kernels / scale.reshape(-1, *[1] * (kernels.ndim - 1)))
    return whole.astype(np.int8), scale
