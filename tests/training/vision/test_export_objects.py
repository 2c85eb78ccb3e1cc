"""The export's own steps: torchvision beside a torch of another build."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")


def test_torchvision_can_be_imported_and_used_after_prepare() -> None:
    from training.common import torchvision_cpu

    torchvision_cpu.prepare()
    torchvision_cpu.prepare()  # a second call does nothing
    import torchvision

    boxes = torch.tensor([[0, 0, 10, 10], [0, 0, 10, 10]]).float()
    assert torchvision.ops.nms(boxes, torch.tensor([0.2, 0.8]), 0.5).tolist() == [1]
