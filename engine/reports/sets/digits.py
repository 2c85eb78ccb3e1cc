"""Labelled digits: folder or zip ``CLASS/NAME.png``, ``.npz``, or MNIST's IDX pair."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.digits.result import LABELS
from engine.reports.sets.faces import opener
from engine.reports.sets.items import Item, LabelledSet, commonest, names_of
from engine.reports.sets.pictures import Shelf, find, spread

Pixels = npt.NDArray[np.uint8]
_IMAGES, _LABELS = 0x803, 0x801
_DAMAGED = (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, zlib.error)


def read(
    data: Sequence[Path], limit: int | None = None, progress: Progress | None = None
) -> LabelledSet:
    """List the digits: the first *limit* of arrays, *limit* spread over a folder's classes.

    Raises:
        InputError: the data is of none of the layouts, cannot be read or is empty.
        Cancelled: *progress* was cancelled.
    """
    (progress or Progress()).report(None)
    first, names = data[0], names_of(data)
    if len(data) == 2 and not first.is_dir():
        return LabelledSet(names, _items(read_idx(first), read_idx(data[1]), limit), 0, {})
    if len(data) == 1 and first.suffix.lower() == ".npz":
        return LabelledSet(names, _items(*_stored(first), limit), 0, {})
    if len(data) == 1 and (first.is_dir() or first.suffix.lower() == ".zip"):
        try:
            places, unknown = find(data, {label: label for label in LABELS})
        except InputError as error:
            ko, en = error.message
            raise InputError(f"숫자 데이터를 읽을 수 없어요: {ko}", en) from error
        shelf = Shelf()
        items = [Item(p.name, p.label, picture=opener(shelf, p)) for p in spread(places, limit)]
        return LabelledSet(names, items, 0, commonest(unknown))
    raise bad(f"{' '.join(names)}: a folder CLASS/NAME.png, an .npz, or IMAGES LABELS is needed")


def _stored(path: Path) -> tuple[Pixels, npt.NDArray[np.generic]]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            if {"images", "labels"} <= set(stored.files):
                return stored["images"], stored["labels"]
    except _DAMAGED as error:
        raise bad(f"{path.name} cannot be read: {error}") from error
    raise bad(f"{path.name} holds no arrays 'images' and 'labels'")


def _items(images: Pixels, labels: npt.NDArray[np.generic], limit: int | None) -> list[Item]:
    if images.ndim != 3 or images.dtype != np.uint8 or labels.shape != images.shape[:1]:
        raise bad(
            f"images {images.shape} {images.dtype} and labels {labels.shape} do not fit together"
        )
    if not len(labels):
        raise bad("holds no digits")
    numbers = _whole(labels[:limit])
    return [
        Item(str(number), LABELS[label], picture=_shown(images[number]))
        for number, label in enumerate(numbers)
    ]


def _whole(labels: npt.NDArray[np.generic]) -> list[int]:
    try:
        values = labels.astype(np.float64)
    except ValueError as error:
        raise bad("labels are words, not the digits 0 to 9") from error
    if not np.all((values >= 0) & (values <= 9) & (values == np.floor(values))):
        raise bad("labels are not all whole numbers from 0 to 9")
    return [int(value) for value in values]


def _shown(image: Pixels) -> Callable[[], Pixels]:
    return lambda: image


def read_idx(path: Path) -> Pixels:
    """Read an IDX file of unsigned bytes: (N, H, W) images or (N,) labels.

    Raises:
        InputError: it cannot be read or is no such file.
    """
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError, zlib.error) as error:
        raise bad(f"{path.name} cannot be read: {error}") from error
    magic = int.from_bytes(data[:4], "big")
    axes = magic & 0xFF
    if magic not in (_IMAGES, _LABELS) or len(data) < 4 + 4 * axes:
        raise bad(f"{path.name} is no IDX file of images or labels")
    shape = np.frombuffer(data, ">u4", axes, 4)
    content = np.frombuffer(data, np.uint8, offset=4 + 4 * axes)
    if content.size != int(np.prod(shape, dtype=np.int64)):
        raise bad(f"{path.name} is cut off")
    return content.reshape(*shape.tolist())


def bad(why: str) -> InputError:
    """Return the error of digits that cannot be read."""
    return InputError(f"숫자 데이터를 읽을 수 없어요: {why}", f"The digits cannot be read: {why}.")
