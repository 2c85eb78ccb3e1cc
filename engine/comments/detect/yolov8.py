"""YOLOv8 as an ONNX graph, built from a checkpoint's modules: convolutions fused, any size.

The layers and the head follow Jocher, Chaurasia and Qiu, *Ultralytics YOLOv8* (2023): C2f
blocks, SPPF, and a head that gives each side of a box as a distribution over 16 distances.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engine.comments.detect import checkpoint
from engine.comments.detect.checkpoint import Part
from engine.models.onnx import GraphWriter

_STRIDES = (8, 16, 32)
_SAME_NAMES = 0.95


def convert(path: Path, names: tuple[str, ...]) -> bytes:
    """Return the detector in *path* (.pt) as ONNX: image (1, 3, H, W) -> (1, 4 + classes, N).

    H and W are multiples of 32 and free; a column of the output is the box's centre, width
    and height in pixels of the input, then the class scores in 0..1.

    Args:
        names: the English class names that the detector must have (19 of 20), in order.

    Raises:
        ModelCorruptError: the file is no YOLOv8 detector of these classes.
    """
    found = checkpoint.read(path)
    try:
        model = found.get("ema") or found["model"]
        _same_classes(model.value("names"), names)
        return _graph(model, len(names))
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        why = f"no YOLOv8 detector: {type(error).__name__}: {error}"
        raise checkpoint.corrupt(path.name, why) from error


def _same_classes(own: Any, names: tuple[str, ...]) -> None:
    """Refuse another set of classes; a name or two may be spelt in another way."""
    given = list(own.values() if isinstance(own, dict) else own)
    same = sum(str(a).lower() == b.lower() for a, b in zip(given, names, strict=False))
    if len(given) != len(names) or same < _SAME_NAMES * len(names):
        raise ValueError(f"{len(given)} classes, {same} of them the expected ones")


def _graph(model: Part, classes: int) -> bytes:
    writer = GraphWriter()
    made: list[str] = []
    for layer in model.child("model").children():
        sources = layer.value("f", -1)
        asked = [sources] if isinstance(sources, int) else list(sources)
        inputs = [(made[at] if made else "image") for at in asked]
        made.append(_LAYERS[layer.kind](writer, layer, inputs))
    rows = 4 + classes
    return writer.finish(
        ("image", (1, 3, "height", "width")), ("found", made[-1], (1, rows, "count"))
    )


def fused(layer: Part) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return weights (out, in, k, k) and biases (out,) of a convolution and its batch norm.

    With mean m, variance v, scale g and shift b of the norm: w' = w * g / sqrt(v + eps),
    b' = b - m * g / sqrt(v + eps).

    Raises:
        KeyError: the layer is no convolution.
    """
    conv, norm = layer.child("conv"), layer.child("bn")
    weight, mean, var, scale, shift = (
        _floats(part, name)
        for part, name in (
            (conv, "weight"), (norm, "running_mean"), (norm, "running_var"),
            (norm, "weight"), (norm, "bias"),
        )
    )  # fmt: skip
    factor = scale / np.sqrt(var + float(norm.value("eps")))
    return weight * factor[:, None, None, None], shift - mean * factor


def _floats(part: Part, name: str) -> np.ndarray[Any, Any]:
    values = part.tensor(name)
    if values is None:
        raise KeyError(name)
    return values.astype(np.float32)


def _convolve(writer: GraphWriter, conv: Part, weight: Any, bias: Any, source: str) -> str:
    kernel, steps, pads = (list(conv.value(k)) for k in ("kernel_size", "stride", "padding"))
    return writer.node(
        "Conv",
        source,
        writer.constant(weight.astype(np.float32)),
        writer.constant(bias.astype(np.float32)),
        kernel_shape=kernel,
        strides=steps,
        pads=pads * 2,
        dilations=list(conv.value("dilation")),
        group=int(conv.value("groups")),
    )


def _conv(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    out = _convolve(writer, layer.child("conv"), *fused(layer), inputs[0])
    act = layer.child("act").kind
    if act not in ("SiLU", "Identity"):
        raise ValueError(f"unknown activation {act}")
    return out if act == "Identity" else writer.node("Mul", out, writer.node("Sigmoid", out))


def _plain(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    weight, bias = _floats(layer, "weight"), _floats(layer, "bias")
    return _convolve(writer, layer, weight, bias, inputs[0])


def _bottleneck(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    inner = _conv(writer, layer.child("cv1"), inputs)
    out = _conv(writer, layer.child("cv2"), [inner])
    return writer.node("Add", inputs[0], out) if layer.value("add") else out


def _c2f(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    whole = _conv(writer, layer.child("cv1"), inputs)
    half = int(layer.value("c"))
    sizes = writer.constant(np.array([half, half], np.int64))
    parts = list(writer.split_node("Split", (whole, sizes), 2, axis=1))
    for block in layer.child("m").children():
        parts.append(_bottleneck(writer, block, [parts[-1]]))
    return _conv(writer, layer.child("cv2"), [writer.node("Concat", *parts, axis=1)])


def _sppf(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    parts = [_conv(writer, layer.child("cv1"), inputs)]
    size = int(layer.child("m").value("kernel_size"))
    for _ in range(int(layer.value("n", 3))):
        pooled = writer.node(
            "MaxPool", parts[-1], kernel_shape=[size] * 2, strides=[1, 1], pads=[size // 2] * 4
        )
        parts.append(pooled)
    out = _conv(writer, layer.child("cv2"), [writer.node("Concat", *parts, axis=1)])
    return writer.node("Add", inputs[0], out) if layer.value("add") else out


def _upsample(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    factor = float(layer.value("scale_factor"))
    scales = writer.constant(np.array([1, 1, factor, factor], np.float32))
    return writer.node(
        "Resize", inputs[0], "", scales,
        mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor",
    )  # fmt: skip


def _concat(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    return writer.node("Concat", *inputs, axis=int(layer.value("d", 1)))


def _sequence(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    for part in layer.children():
        inputs = [_LAYERS[part.kind](writer, part, inputs)]
    return inputs[0]


def _detect(writer: GraphWriter, layer: Part, inputs: list[str]) -> str:
    if len(inputs) != len(_STRIDES):
        raise ValueError(f"{len(inputs)} scales")
    bins = int(layer.value("reg_max"))
    flat = {"cv2": 4 * bins, "cv3": int(layer.value("nc"))}
    columns = {
        name: writer.node(
            "Concat",
            *(
                _reshape(writer, _sequence(writer, branch, [source]), (1, rows, -1))
                for branch, source in zip(layer.child(name).children(), inputs, strict=True)
            ),
            axis=2,
        )
        for name, rows in flat.items()
    }
    distances = _distances(writer, columns["cv2"], bins)
    boxes = _boxes(writer, distances, inputs)
    return writer.node("Concat", boxes, writer.node("Sigmoid", columns["cv3"]), axis=1)


def _reshape(writer: GraphWriter, source: str, shape: tuple[int, ...]) -> str:
    return writer.node("Reshape", source, writer.constant(np.array(shape, np.int64)))


def _distances(writer: GraphWriter, sides: str, bins: int) -> str:
    """Return the expected distance (1, 4, N) of each side, in cells, from its distribution."""
    shaped = _reshape(writer, sides, (1, 4, bins, -1))
    share = writer.node("Softmax", shaped, axis=2)
    steps = writer.constant(np.arange(bins, dtype=np.float32).reshape(1, 1, bins, 1))
    summed = writer.node("ReduceSum", writer.node("Mul", share, steps), _axes(writer, 2))
    return _reshape(writer, summed, (1, 4, -1))


def _axes(writer: GraphWriter, axis: int) -> str:
    return writer.constant(np.array([axis], np.int64))


def _boxes(writer: GraphWriter, distances: str, maps: list[str]) -> str:
    """Return centre, width and height (1, 4, N) in pixels from distances to cell centres."""
    anchors, steps = zip(
        *(_cells(writer, one, stride) for one, stride in zip(maps, _STRIDES, strict=True)),
        strict=True,
    )
    centre, step = (writer.node("Concat", *each, axis=2) for each in (anchors, steps))
    two = writer.constant(np.array([2, 2], np.int64))
    near, far = writer.split_node("Split", (distances, two), 2, axis=1)
    half = writer.constant(np.array(0.5, np.float32))
    moved = writer.node("Mul", writer.node("Sub", far, near), half)
    boxes = writer.node(
        "Concat", writer.node("Add", centre, moved), writer.node("Add", near, far), axis=1
    )
    return writer.node("Mul", boxes, step)


def _cells(writer: GraphWriter, source: str, stride: int) -> tuple[str, str]:
    """Return the cells' centres (1, 2, n) in cells and their stride (1, 1, n) of one map."""
    bounds = [writer.constant(np.array([at], np.int64)) for at in (2, 4)]
    size = writer.node("Slice", writer.node("Shape", source), *bounds)
    ones = writer.node("Expand", writer.constant(np.ones(1, np.float32)), size)
    half = writer.constant(np.array(0.5, np.float32))
    sides = []
    for axis in (1, 0):
        counted = writer.node("CumSum", ones, writer.constant(np.array(axis, np.int64)))
        sides.append(_reshape(writer, writer.node("Sub", counted, half), (1, 1, -1)))
    step = writer.node("Mul", ones, writer.constant(np.array(stride, np.float32)))
    return writer.node("Concat", *sides, axis=1), _reshape(writer, step, (1, 1, -1))


_LAYERS: dict[str, Callable[[GraphWriter, Part, list[str]], str]] = {
    "Conv": _conv,
    "Conv2d": _plain,
    "C2f": _c2f,
    "SPPF": _sppf,
    "Upsample": _upsample,
    "Concat": _concat,
    "Detect": _detect,
    "Sequential": _sequence,
}
