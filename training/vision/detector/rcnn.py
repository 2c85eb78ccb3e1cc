"""Faster R-CNN by torchvision, from nothing, for the comparison on the same split.

On a GPU a torchvision built for it is needed. On a CPU with PyPI's torchvision, whose
operators are built for CUDA, torchvision_pool.py supplies the two that are missing.
"""

from __future__ import annotations

import copy
import importlib
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch

from engine.core.errors import InputError
from engine.media.images import Bgr, read_image
from engine.reports.sets.pictures import spread
from training.common import torchvision_cpu, track
from training.vision.detector.annotations import NAMES, Sample
from training.vision.detector.formats import Split
from training.vision.detector.score import Hit, score

BACKBONES = {
    "mobilenet": "fasterrcnn_mobilenet_v3_large_fpn",
    "resnet50": "fasterrcnn_resnet50_fpn_v2",
}

_REGIONS = 128
"""Regions of a picture the second stage learns from; torchvision's 512 are for COCO's crowds."""


def build(backbone: str, imgsz: int) -> Any:
    """Return the untrained network; nothing is fetched.

    Args:
        backbone: one of ``BACKBONES``; recipe F's is resnet50.
    """
    torchvision_cpu.prepare()
    detection = importlib.import_module("torchvision.models.detection")  # it has no types
    make = getattr(detection, BACKBONES[backbone])
    return make(
        weights=None, weights_backbone=None, num_classes=len(NAMES) + 1, min_size=imgsz,
        max_size=imgsz, box_score_thresh=0.001, box_detections_per_img=100,
        box_batch_size_per_image=_REGIONS,
    )  # fmt: skip


def train(
    split: Split,
    out: Path,
    *,
    start: Path | None = None,
    backbone: str = "mobilenet",
    device: str = "cpu",
    epochs: int = 40,
    imgsz: int = 512,
    patience: int = 10,
    batch: int = 8,
    minutes: float = 0.0,
    seed: int = 0,
    limit: int | None = None,
    mixed: bool = False,
) -> Path:
    """Train and return the best epoch's weights on the validation part, *out*.

    Args:
        start: weights of an earlier call, whose *backbone* it has; ``None`` starts from nothing.
        mixed: bfloat16 where it is precise enough.

    Raises:
        InputError: the training or the validation part has no picture, or *start* is not there
            or no such weights.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    rows, held = spread(split.samples("train"), limit), spread(split.samples("val"), limit)
    if not rows or not held:
        raise InputError("학습이나 검증에 쓸 사진이 없어요.", "No picture to train or to stop on.")
    backbone, model = (backbone, build(backbone, imgsz)) if start is None else _load(start, imgsz)
    model.to(device, memory_format=torch.channels_last)
    schedule = epochs * math.ceil(len(rows) / batch)
    optimizer = torch.optim.SGD(model.parameters(), 0.01, momentum=0.9, weight_decay=5e-4)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, total_steps=schedule, pct_start=0.1)
    best, best_at, kept, began = -1.0, 0, copy.deepcopy(model.state_dict()), time.monotonic()
    for epoch in range(1, epochs + 1):
        model.train()
        total = 0.0
        for images, targets in _batches(split, rows, rng, batch, device):
            with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=mixed):
                loss = sum(model(images, targets).values())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
            optimizer.step()
            rate.step()
            total += float(loss.detach()) * len(images) / len(rows)
        found = {s.name: _find(model, read_image(split.picture("val", s)), device) for s in held}
        said = score(held, found)
        print(
            json.dumps({"epoch": epoch, "loss": total, "val_ap50_95": said["ap50_95"]}), flush=True
        )
        track.measured({"rcnn": {"loss": total, "val": said}}, step=epoch)
        if said["ap50_95"] > best:
            best, best_at, kept = said["ap50_95"], epoch, copy.deepcopy(model.state_dict())
        over = bool(minutes) and time.monotonic() - began > minutes * 60
        if over or epoch - best_at >= patience:
            break
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"backbone": backbone, "imgsz": imgsz, "weights": kept}, out)
    return out


def _load(weights: Path, imgsz: int | None = None) -> tuple[str, Any]:
    """Return the backbone's name and the network, for *imgsz* or the size it was trained for."""
    try:
        saved = torch.load(weights, map_location="cpu", weights_only=True)
        model = build(saved["backbone"], imgsz or saved["imgsz"])
        model.load_state_dict(saved["weights"])
    except (OSError, RuntimeError, KeyError, TypeError, ValueError, UnpicklingError) as error:
        raise InputError(
            f"{weights.name}을(를) 읽을 수 없어요.", f"{weights} cannot be read: {error}"
        ) from error
    return saved["backbone"], model


def finder(weights: Path, device: str = "cpu") -> Callable[[Bgr], Sequence[Hit]]:
    """Return a call that gives the boxes in a picture.

    Raises:
        InputError: *weights* is not there or was not written by :func:`train`.
    """
    _, model = _load(weights)
    model.to(device)
    return lambda image: _find(model, image, device)


def _find(model: Any, image: Bgr, device: str) -> list[Hit]:
    model.eval()
    with torch.no_grad():
        (answer,) = model([_tensor(image).to(device)])
    rows = zip(
        answer["labels"].tolist(), answer["boxes"].tolist(), answer["scores"].tolist(), strict=True
    )
    return [Hit(kind - 1, (b[0], b[1], b[2], b[3]), sure) for kind, b, sure in rows]


def _tensor(image: Bgr) -> torch.Tensor:
    """Return RGB (3, H, W) float32 in 0..1."""
    rgb = np.ascontiguousarray(image[:, :, ::-1].transpose(2, 0, 1))
    return torch.from_numpy(rgb).float() / 255


def _batches(
    split: Split, rows: Sequence[Sample], rng: np.random.Generator, size: int, device: str
) -> Iterator[tuple[list[torch.Tensor], list[dict[str, torch.Tensor]]]]:
    """Yield images and targets in a new order, half of them mirrored."""
    order = rng.permutation(len(rows))
    for at in range(0, len(rows), size):
        images, targets = [], []
        for number in order[at : at + size]:
            sample = rows[number]
            image = read_image(split.picture("train", sample))
            boxes = torch.tensor([face.box for face in sample.faces], dtype=torch.float32)
            boxes = boxes.reshape(-1, 4)
            if rng.random() < 0.5:
                image = image[:, ::-1]
                boxes = torch.stack(
                    [sample.width - boxes[:, 2], boxes[:, 1], sample.width - boxes[:, 0],
                     boxes[:, 3]], dim=1,
                )  # fmt: skip
            labels = torch.tensor([face.kind + 1 for face in sample.faces], dtype=torch.int64)
            images.append(_tensor(image).to(device))
            targets.append({"boxes": boxes.to(device), "labels": labels.to(device)})
        yield images, targets
