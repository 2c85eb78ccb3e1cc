"""Weights in fewer bits: smaller files that answer nearly the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from training.common.onnx_weights import halve, quantised, quarter

onnx = pytest.importorskip("onnx")


def written(path: Path, kind: str, weights: npt.NDArray[np.float32], *shapes: list[int]) -> Path:
    """Write a model of one node, ``y = kind(x, weights)``, and return where."""
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        [helper.make_node(kind, ["x", "w"], ["y"])],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shapes[0])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shapes[1])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(path))
    return path


def answer(path: Path, x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": x})[0])


def test_halved_weights_give_nearly_the_same_answer_in_half_the_bytes(tmp_path: Path) -> None:
    weights = np.random.default_rng(0).normal(size=(64, 64)).astype(np.float32)
    path = written(tmp_path / "one.onnx", "MatMul", weights, [1, 64], [1, 64])
    before = path.stat().st_size
    halve(path)
    assert path.stat().st_size < 0.6 * before
    x = np.ones((1, 64), np.float32)
    np.testing.assert_allclose(answer(path, x), x @ weights, atol=0.05)


def test_quartered_kernels_give_nearly_the_same_answer_in_a_quarter(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    kernels = rng.normal(size=(64, 32, 3, 3)).astype(np.float32)
    kernels[0] *= 100  # one large channel must not cost the others their steps
    path = written(tmp_path / "one.onnx", "Conv", kernels, [1, 32, 8, 8], [1, 64, 6, 6])
    x = rng.normal(size=(1, 32, 8, 8)).astype(np.float32)
    before, size = answer(path, x), path.stat().st_size
    quarter(path)
    assert path.stat().st_size < 0.3 * size
    off = np.abs(answer(path, x) - before).max(axis=(0, 2, 3))
    assert (off < 0.03 * np.abs(before).max(axis=(0, 2, 3))).all() and off.max() > 0


@given(arrays(np.float32, (3, 4), elements=st.floats(-1e6, 1e6, width=32)))
def test_quantised_values_are_off_by_half_a_step_at_most(kernels: npt.NDArray[np.float32]) -> None:
    whole, scale = quantised(kernels)
    assert np.abs(whole.astype(int)).max() <= 127
    back = whole * scale[:, None]
    assert (np.abs(back - kernels) <= 0.51 * scale[:, None] + 1e-30).all()
