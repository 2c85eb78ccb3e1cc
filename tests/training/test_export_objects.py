"""The export's own steps: halving the weights, and nms where torchvision has none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
torch = pytest.importorskip("torch")


def test_halved_weights_give_nearly_the_same_answer_in_half_the_bytes(tmp_path: Path) -> None:
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    from training.export_objects import halve

    weights = np.random.default_rng(0).normal(size=(64, 64)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 64])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 64])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path = tmp_path / "one.onnx"
    onnx.save(model, str(path))
    before = path.stat().st_size
    halve(path)
    assert path.stat().st_size < 0.6 * before
    x = np.ones((1, 64), np.float32)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    np.testing.assert_allclose(session.run(None, {"x": x})[0], x @ weights, atol=0.05)


def test_nms_keeps_the_best_of_overlapping_boxes() -> None:
    from training.torchvision_cpu import nms

    boxes = torch.tensor([[0, 0, 10, 10], [1, 1, 10, 10], [20, 20, 30, 30]]).float()
    kept = nms(boxes, torch.tensor([0.5, 0.9, 0.1]), 0.5)
    assert kept.tolist() == [1, 2]


def test_torchvision_can_be_imported_and_used_after_prepare() -> None:
    from training import torchvision_cpu

    torchvision_cpu.prepare()
    torchvision_cpu.prepare()  # a second call does nothing
    import torchvision

    boxes = torch.tensor([[0, 0, 10, 10], [0, 0, 10, 10]]).float()
    assert torchvision.ops.nms(boxes, torch.tensor([0.2, 0.8]), 0.5).tolist() == [1]
