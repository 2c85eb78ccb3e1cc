"""Write an ONNX model without the onnx package: nodes, weights and the wire format.

Field numbers are those of ``onnx.proto`` (ONNX 1.12, IR version 8); the wire format is that
of protocol buffers: a key of field number and kind, then a number or a length and bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Attribute = int | float | str | Sequence[int]
Shape = Sequence[int | str]
"""Lengths of the axes; a name stands for a length that is free."""

OPSET = 17
_IR_VERSION = 8
_VARINT, _BYTES, _FIXED32 = 0, 2, 5
_FLOAT = 1
_TYPES = {np.dtype(np.float32): _FLOAT, np.dtype(np.int64): 7}


class GraphWriter:
    """Collects nodes and constants; :meth:`finish` gives the file's bytes."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._named = 0

    def constant(self, values: npt.NDArray[np.float32] | npt.NDArray[np.int64]) -> str:
        """Add weights (float32 or int64 of any shape) and return their name."""
        name = self._name("c")
        dims = b"".join(_number(1, size) for size in values.shape)
        data = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
        kind = _number(2, _TYPES[values.dtype])
        self._constants.append(dims + kind + _text(8, name) + _bytes(9, data.tobytes()))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Attribute) -> str:
        """Add a node of one output and return the output's name."""
        return self.split_node(kind, inputs, 1, **attributes)[0]

    def split_node(
        self, kind: str, inputs: Sequence[str], outputs: int, **attributes: Attribute
    ) -> tuple[str, ...]:
        """Add a node of several outputs and return their names."""
        names = tuple(self._name("t") for _ in range(outputs))
        body = b"".join(_text(1, name) for name in inputs)
        body += b"".join(_text(2, name) for name in names) + _text(4, kind)
        body += b"".join(_bytes(5, _attribute(*item)) for item in attributes.items())
        self._nodes.append(body)
        return names

    def finish(self, source: tuple[str, Shape], result: tuple[str, str, Shape]) -> bytes:
        """Return the model of one float input and one float output.

        Args:
            source: the input's name and shape.
            result: the output's name, the tensor that it is, and its shape.
        """
        name, tensor, shape = result
        last = _text(1, tensor) + _text(2, name) + _text(4, "Identity")
        graph = b"".join(_bytes(1, node) for node in (*self._nodes, last)) + _text(2, "network")
        graph += b"".join(_bytes(5, one) for one in self._constants)
        graph += _bytes(11, _value(*source)) + _bytes(12, _value(name, shape))
        opset = _text(1, "") + _number(2, OPSET)
        return _number(1, _IR_VERSION) + _bytes(7, graph) + _bytes(8, opset)

    def _name(self, letter: str) -> str:
        self._named += 1
        return f"{letter}{self._named}"


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # negative numbers are written in two's complement
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    if isinstance(value, float):
        packed = _varint(2 << 3 | _FIXED32) + struct.pack("<f", value)
        return _text(1, name) + packed + _number(20, 1)
    if isinstance(value, str):
        return _text(1, name) + _text(4, value) + _number(20, 3)
    return _text(1, name) + b"".join(_number(8, one) for one in value) + _number(20, 7)


def _value(name: str, shape: Shape) -> bytes:
    dims = b"".join(
        _bytes(1, _number(1, size) if isinstance(size, int) else _text(2, size)) for size in shape
    )
    tensor = _number(1, _FLOAT) + _bytes(2, dims)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))
