"""YOLOv10n by ultralytics: trained, asked, exported; it fetches nothing and reports to nobody.

Everywhere with ``nms=False``: the head that gives one box a face, which is what YOLOv10 is for;
by default ultralytics 8.4 asks the other head and sorts its boxes out afterwards.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.core.errors import InputError
from engine.media.images import Bgr
from training.common import torchvision_cpu, track
from training.vision.detector.annotations import NAMES
from training.vision.detector.score import Hit

ARCHITECTURE = "yolov10n.yaml"
LEAST = 0.001
"""Boxes below this confidence do not matter to average precision."""


def ultralytics() -> Any:
    """Return the module, kept from the network: no download, no installation, no statistics."""
    os.environ.setdefault("YOLO_OFFLINE", "true")
    os.environ.setdefault("YOLO_AUTOINSTALL", "false")
    torchvision_cpu.prepare()
    from PIL import Image

    opener = Image.open
    import ultralytics as module
    from ultralytics.utils import SETTINGS, USER_CONFIG_DIR

    Image.open = opener  # theirs wants pi_heif where a file is no picture
    off = dict.fromkeys(("sync", "mlflow", "tensorboard", "wandb", "comet", "clearml"), False)
    dict.update(SETTINGS, off)  # its own update() would write the user's file
    font = Path(USER_CONFIG_DIR) / "Arial.ttf"
    if not font.exists():  # asked for before every training, though nothing is drawn
        import matplotlib

        font.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", font)
    return module


def train(
    data: Path,
    out: Path,
    *,
    weights: Path | None = None,
    device: str = "cpu",
    epochs: int = 100,
    imgsz: int = 512,
    patience: int = 10,
    batch: int = 16,
    minutes: float = 0.0,
    seed: int = 0,
    fraction: float = 1.0,
    workers: int = 0,
    mixed: bool = False,
) -> Path:
    """Train on *data* (a ``data.yaml``) and return the best epoch's weights, a ``.pt``.

    Args:
        weights: start from these; ``None`` starts from nothing. None are ever fetched.
        patience: stop after this many epochs without a new best on the validation part.
        minutes: stop after the epoch in which they are over; 0 has no such end.
        fraction: of the training part that is used.
        mixed: 16-bit arithmetic: float16 on a GPU, bfloat16 on a CPU, which some do twice as
            fast. Ultralytics tries float16 on weights of its own first, which are not fetched
            here; a bad GPU shows as losses that are no numbers.

    Raises:
        InputError: *weights* is not there.
    """
    if weights is not None and not weights.is_file():
        raise InputError(
            f"가중치 파일이 없어요: {weights.name}",
            f"{weights} is not there; leave --weights out to train from nothing.",
        )
    model = ultralytics().YOLO(str(weights or ARCHITECTURE), task="detect")
    start = time.monotonic()

    def stop_in_time(trainer: Any) -> None:
        if minutes and time.monotonic() - start > minutes * 60:
            trainer.stop = True

    def log(trainer: Any) -> None:
        numbers = {name: float(value) for name, value in trainer.metrics.items()}
        tracked = {"".join(c if c.isalnum() else "_" for c in k): v for k, v in numbers.items()}
        track.measured({"epoch": tracked}, step=trainer.epoch + 1)

    model.add_callback("on_fit_epoch_end", log)
    model.add_callback("on_fit_epoch_end", stop_in_time)
    on_cpu = mixed and device == "cpu"
    with _bfloat16(model) if on_cpu else contextlib.nullcontext():
        model.train(
            data=str(data.resolve()), project=str(out.resolve().parent), name=out.name,
            exist_ok=True, device=device, epochs=epochs, imgsz=imgsz, patience=patience,
            batch=batch, seed=seed, fraction=fraction, workers=workers, amp=mixed and not on_cpu,
            plots=False, pretrained=weights is not None, verbose=False, nms=False,
        )  # fmt: skip
    return out / "weights" / "best.pt"


@contextlib.contextmanager
def _bfloat16(model: Any) -> Iterator[None]:
    """Let *model* train in bfloat16 on a CPU, which ultralytics itself knows on GPUs alone."""
    import torch
    from ultralytics.engine import trainer as module

    own = module.autocast
    vars(module)["autocast"] = lambda *_, **__: torch.autocast("cpu", torch.bfloat16)
    model.add_callback(
        "on_train_start", lambda trainer: trainer.model.to(memory_format=torch.channels_last)
    )
    try:
        yield
    finally:
        vars(module)["autocast"] = own


def finder(
    weights: Path, imgsz: int = 512, device: str = "cpu", least: float = LEAST
) -> Callable[[Bgr], Sequence[Hit]]:
    """Return a call that gives the boxes in a picture, by a ``.pt`` or its ``.onnx``.

    Raises:
        InputError: *weights* is not there, or its classes are not recipe F's.
    """
    if not weights.is_file():
        raise InputError(f"가중치 파일이 없어요: {weights.name}", f"{weights} is not there.")
    model = ultralytics().YOLO(str(weights), task="detect")
    if tuple(model.names.values()) != NAMES:
        raise InputError(
            f"{weights.name}은(는) 네 표정의 검출기가 아니에요.",
            f"{weights} knows {list(model.names.values())[:8]}, not {NAMES}.",
        )

    def find(image: Bgr) -> Sequence[Hit]:
        answer = model.predict(
            image, imgsz=imgsz, device=device, conf=least, nms=False, verbose=False
        )
        found = answer[0].boxes
        rows = zip(found.cls.tolist(), found.xyxy.tolist(), found.conf.tolist(), strict=True)
        return [Hit(int(kind), (b[0], b[1], b[2], b[3]), float(sure)) for kind, b, sure in rows]

    return find


def export(weights: Path, out: Path, imgsz: int = 512) -> float:
    """Write ONNX: image (1, 3, S, S) RGB in 0..1 -> found (1, N, 6); return its worst error.

    A row of the answer is x1, y1, x2, y2 in pixels of the input, confidence, class; surest
    first, N is 300 or all where S is below 160. The error is the largest difference to torch
    in a confidence, on a picture of noise.

    Raises:
        InputError: *weights* is not there.
    """
    if not weights.is_file():
        raise InputError(f"가중치 파일이 없어요: {weights.name}", f"{weights} is not there.")
    module = ultralytics()
    import numpy as np
    import onnx
    import onnxruntime
    import torch

    model = module.YOLO(str(weights)).model.float()
    model.end2end = True
    model = model.fuse().eval()
    head = model.model[-1]
    head.export, head.format, head.dynamic = True, "onnx", False
    image = torch.rand(1, 3, imgsz, imgsz, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = model(image)
        expected = expected[0] if isinstance(expected, (tuple, list)) else expected
        torch.onnx.export(
            model, (image,), str(out), input_names=["image"], output_names=["found"],
            opset_version=17, dynamo=False,
        )  # fmt: skip
    described = onnx.load(str(out))
    about = {"task": "detect", "stride": 32, "batch": 1, "imgsz": [imgsz, imgsz], "end2end": True}
    about |= {"names": dict(enumerate(NAMES)), "channels": 3}
    onnx.helper.set_model_props(described, {key: str(value) for key, value in about.items()})
    onnx.save(described, str(out))
    session = onnxruntime.InferenceSession(str(out), providers=["CPUExecutionProvider"])
    found = session.run(None, {"image": image.numpy()})[0]
    return float(np.abs(found[..., 4] - expected.numpy()[..., 4]).max())
