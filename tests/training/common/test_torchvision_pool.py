"""RoIAlign and nms against what they are defined by, point by point and pair by pair."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from training.common.torchvision_cpu import nms, roi_align  # noqa: E402


def test_nms_keeps_the_best_of_overlapping_boxes() -> None:
    boxes = torch.tensor([[0, 0, 10, 10], [1, 1, 10, 10], [20, 20, 30, 30]]).float()
    kept = nms(boxes, torch.tensor([0.5, 0.9, 0.1]), 0.5)
    assert kept.tolist() == [1, 2]
    assert nms(boxes[:0], torch.zeros(0), 0.5).tolist() == []


@given(seed=st.integers(0, 10_000), count=st.integers(1, 30), most=st.floats(0.1, 0.9))
@settings(max_examples=50, deadline=None)
def test_nms_drops_a_box_only_for_a_better_one_that_is_kept(
    seed: int, count: int, most: float
) -> None:
    random = torch.Generator().manual_seed(seed)
    corner = torch.rand(count, 2, generator=random) * 50
    boxes = torch.cat([corner, corner + 1 + torch.rand(count, 2, generator=random) * 40], dim=1)
    scores = torch.randn(count, generator=random)  # logits may be below nought
    kept = nms(boxes, scores, most).tolist()
    assert kept == sorted(kept, key=lambda i: -scores[i])
    for i in range(count):
        better = [j for j in kept if scores[j] > scores[i]]
        assert (i in kept) == all(overlap(boxes[i], boxes[j]) <= most for j in better)


def overlap(a: torch.Tensor, b: torch.Tensor) -> float:
    sides = (torch.minimum(a[2:], b[2:]) - torch.maximum(a[:2], b[:2])).clamp(0)
    inter = float(sides.prod())
    return inter / (float((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod()) - inter)


def read(plane: torch.Tensor, y: float, x: float) -> float:
    """Return *plane* between its pixels as the C++ operator does: 0 a pixel or more outside."""
    tall, broad = plane.shape
    if not (-1 <= y <= tall and -1 <= x <= broad):
        return 0.0
    y, x = min(max(y, 0.0), tall - 1.0), min(max(x, 0.0), broad - 1.0)
    top, left = math.floor(y), math.floor(x)
    low, right = min(top + 1, tall - 1), min(left + 1, broad - 1)
    dy, dx = y - top, x - left
    above = plane[top, left] * (1 - dx) + plane[top, right] * dx
    below = plane[low, left] * (1 - dx) + plane[low, right] * dx
    return float(above * (1 - dy) + below * dy)


@pytest.mark.parametrize("aligned", [False, True])
def test_roi_align_is_the_mean_of_its_points(aligned: bool) -> None:
    features = torch.rand(2, 3, 6, 9, generator=torch.Generator().manual_seed(0))
    rois = torch.tensor([[0, 3, 2, 30, 20.5], [1, -9, -9, 50, 50], [1, 8, 8, 8.5, 9]]).float()
    scale, high, wide, ratio = 0.2, 3, 2, 2
    found = roi_align(features, rois, scale, high, wide, ratio, aligned)
    for k, (picture, *box) in enumerate(rois.tolist()):
        x1, y1, x2, y2 = (value * scale - 0.5 * aligned for value in box)
        least = 0.0 if aligned else 1.0
        step_y, step_x = max(y2 - y1, least) / high, max(x2 - x1, least) / wide
        for channel in range(3):
            plane = features[int(picture), channel]
            for row in range(high):
                for column in range(wide):
                    points = [
                        read(
                            plane,
                            y1 + (row + (i + 0.5) / ratio) * step_y,
                            x1 + (column + (j + 0.5) / ratio) * step_x,
                        )
                        for i in range(ratio)
                        for j in range(ratio)
                    ]
                    mean = sum(points) / len(points)
                    assert float(found[k, channel, row, column]) == pytest.approx(mean, abs=1e-5)


def test_roi_align_passes_the_gradient_to_the_features_alone() -> None:
    features = torch.rand(1, 2, 5, 5, dtype=torch.float64, requires_grad=True)
    rois = torch.tensor([[0, 0.5, 0.5, 3.7, 4.1]])
    found = roi_align(features, rois, 1.0, 2, 2, 2, False)
    assert torch.autograd.gradcheck(
        lambda plane: roi_align(plane, rois, 1.0, 2, 2, 2, False), (features,), eps=1e-4, atol=1e-3
    )
    found.sum().backward()
    assert float(features.grad.sum()) == pytest.approx(2 * 2 * 2)


def test_roi_align_wants_a_fixed_number_of_points() -> None:
    with pytest.raises(ValueError, match="fixed number"):
        roi_align(torch.zeros(1, 1, 2, 2), torch.zeros(1, 5), 1.0, 1, 1, -1, False)
