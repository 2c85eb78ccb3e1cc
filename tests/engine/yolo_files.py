"""A small YOLOv8 checkpoint with random weights, made by ultralytics' own classes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image


def random_detector(names: tuple[str, ...], size: str = "n") -> Any:
    """Return YOLOv8 (a torch module in evaluation) whose weights are numbers of 16 bits."""
    from training.common import torchvision_cpu

    opener = Image.open
    torchvision_cpu.prepare()
    import torch
    from ultralytics.nn.tasks import DetectionModel

    Image.open = opener  # ultralytics replaces it
    torch.manual_seed(0)
    model = DetectionModel(f"yolov8{size}.yaml", nc=len(names), verbose=False)
    for part in model.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.running_mean.normal_(0, 0.3)
            part.running_var.uniform_(0.5, 2)
            part.weight.data.uniform_(0.5, 1.5)
            part.bias.data.normal_(0, 0.2)
    for branch in model.model[-1].cv3:  # as made, every score lies below 0.001
        branch[-1].weight.data.normal_(0, 1)
        branch[-1].bias.data.normal_(-2, 2)
    model.names = dict(enumerate(names))
    return model.half().float().eval()


def save(model: Any, path: Path) -> Path:
    """Save as ultralytics' released files are: a dictionary with the module in 16 bits."""
    import copy

    import torch

    whole = {
        "epoch": -1, "best_fitness": None, "model": copy.deepcopy(model).half(), "ema": None,
        "updates": None, "optimizer": None, "train_args": {"imgsz": 640}, "version": "8.0.190",
    }  # fmt: skip
    torch.save(whole, path)
    return path
