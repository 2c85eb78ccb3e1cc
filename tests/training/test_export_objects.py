"""The export's own steps: nms where torchvision has none."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")


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
