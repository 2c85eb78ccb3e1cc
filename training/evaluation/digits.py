"""Score the shipped digit reader on labelled pictures: ``training.evaluate digits``.

Data is a folder ``CLASS/NAME.png``, an ``.npz`` with ``images`` and ``labels``, or MNIST's
IDX pair ``--data IMAGES LABELS`` (plain or ``.gz``). Every picture goes through the whole
of :func:`engine.digits.predict`, its preparation included.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine import digits
from engine.digits.result import LABELS
from engine.errors import InputError
from engine.images import SUFFIXES, read_image
from training.metrics import classification_metrics

Item = tuple[npt.NDArray[np.uint8], str]
"""A picture, grey (H, W) or BGR (H, W, 3), and its digit."""

_IMAGES, _LABELS = 0x803, 0x801


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return accuracy, macro F1, per-digit scores, calibration error and speed.

    Raises:
        InputError: the data is of none of the layouts, cannot be read or is empty.
    """
    truth: list[str] = []
    predicted: list[str | None] = []
    confidence: list[float] = []
    seconds, model = 0.0, ""
    digits.warm_up()  # loading is not part of the time an item
    for image, label in _items(data, limit):
        truth.append(label)
        start = time.perf_counter()
        try:
            result = digits.predict(image)
        except InputError:  # nothing to see in the picture: counted as unanswered
            predicted.append(None)
            confidence.append(0.0)
        else:
            predicted.append(result.label)
            confidence.append(result.confidence)
            model = result.model
        seconds += time.perf_counter() - start
    if not truth:
        raise _bad("holds no digits")
    return {
        **classification_metrics(truth, predicted, confidence, LABELS),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(truth),
        "model": model,
    }


def _items(data: Sequence[Path], limit: int | None) -> Iterator[Item]:
    first = data[0]
    if len(data) == 2 and not first.is_dir():
        yield from _arrays(read_idx(first), read_idx(data[1]), limit)
    elif len(data) == 1 and first.suffix == ".npz":
        with np.load(first, allow_pickle=False) as stored:
            if not {"images", "labels"} <= set(stored.files):
                raise _bad(f"{first.name} holds no arrays 'images' and 'labels'")
            yield from _arrays(stored["images"], stored["labels"], limit)
    elif len(data) == 1 and first.is_dir():
        files = [
            (path, label)
            for label in LABELS
            for path in sorted((first / label).glob("*"))
            if path.suffix.lower() in SUFFIXES
        ]
        yield from ((read_image(path), label) for path, label in files[:limit])
    else:
        names = " ".join(path.name for path in data)
        raise _bad(f"{names}: a folder CLASS/NAME.png, an .npz, or IMAGES LABELS is needed")


def _arrays(
    images: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], limit: int | None
) -> Iterator[Item]:
    if images.ndim != 3 or labels.shape != images.shape[:1] or labels.max(initial=0) > 9:
        raise _bad(f"images {images.shape} and labels {labels.shape} do not fit together")
    for image, label in zip(images[:limit], labels[:limit], strict=True):
        yield image, LABELS[int(label)]


def read_idx(path: Path) -> npt.NDArray[np.uint8]:
    """Read an IDX file of unsigned bytes: (N, H, W) images or (N,) labels.

    Raises:
        InputError: it cannot be read or is no such file.
    """
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError) as error:
        raise _bad(f"{path.name} cannot be read: {error}") from error
    magic = int.from_bytes(data[:4], "big")
    if magic not in (_IMAGES, _LABELS):
        raise _bad(f"{path.name} is no IDX file of images or labels")
    axes = magic & 0xFF
    shape = np.frombuffer(data, ">u4", axes, 4)
    content = np.frombuffer(data, np.uint8, offset=4 + 4 * axes)
    if content.size != int(np.prod(shape, dtype=np.int64)):
        raise _bad(f"{path.name} is cut off")
    return content.reshape(*shape.tolist())


def _bad(why: str) -> InputError:
    return InputError(f"숫자 데이터를 읽을 수 없어요: {why}", f"The digits cannot be read: {why}.")
