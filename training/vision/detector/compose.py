"""Several faces on one canvas, so that a detector learns to find faces and not only to name them.

A face is cut out with its head, in an ellipse with a soft edge, and laid on a canvas of
colours, shapes and noise. Shuffled pieces of faces in the same ellipses lie among them: an
edge alone must not give a face away. These pictures are made up and look it; a detector that
learned from them alone has yet to show what it does with photographs.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError
from engine.faces.detect.landmarks import Landmarker
from engine.media.images import Bgr, decode_image
from engine.reports.sets.faces import CLASSES as FOLDERS
from engine.reports.sets.pictures import Place, Shelf, find, spread
from training.vision.detector.annotations import Box, Face, Sample, Source, clipped
from training.vision.faces.data import person

KINDS = {"분노": 0, "슬픔": 1, "공포": 2, "행복": 3}
"""The expression model's labels that a detector's class stands for."""

_NUMBERED = ("Training", "PublicTest", "PrivateTest")
"""FER2013's names: a number that stands for no person."""


@dataclass
class Boxed:
    """What :func:`boxed` met.

    Attributes:
        unread: pictures that cannot be read.
        faceless: pictures in which no face was found.
        outside: labels outside the four classes, with how many pictures they have.
    """

    sources: list[Source] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    faceless: list[str] = field(default_factory=list)
    outside: Counter[str] = field(default_factory=Counter)


def group(name: str) -> str:
    """Return whom a picture shows as far as its name says, else the file itself.

    >>> group("happy/Al_Gore_0002.jpg"), group("happy/Training_3908.jpg")
    ('Al_Gore', 'Training_3908')
    """
    who = person(name)
    return Path(name).stem if who in _NUMBERED else who


def boxed(paths: Sequence[Path], limit: int | None = None) -> Boxed:
    """Return the largest face of each picture of *paths*, or of *limit* of them a set.

    Prints a line every 1,000 pictures.

    Raises:
        InputError: a path is neither zip nor folder, or holds no picture of a known class.
        ModelMissingError, ModelCorruptError: the face landmarker cannot be loaded.
    """
    made = Boxed()
    chosen = list(_chosen(paths, limit, made.outside))
    landmarker, shelf = Landmarker(max_faces=1), Shelf()
    try:
        for number, place in enumerate(chosen, start=1):
            if number % 1000 == 0:
                print(f"{number}/{len(chosen)} pictures, {len(made.faceless)} faceless", flush=True)
            name = f"{place.path.stem}/{place.name}"
            try:
                image = _read(shelf, place)
            except InputError:
                made.unread.append(name)
                continue
            face = _face(landmarker, image, KINDS[place.label])
            if face is None:
                made.faceless.append(name)
                continue
            height, width = image.shape[:2]
            sample = Sample(name, width, height, (face,), group(place.name))
            made.sources.append(Source(sample, lambda place=place: _read(shelf, place)))  # type: ignore[misc]
    finally:
        landmarker.close()
    return made


def _chosen(paths: Sequence[Path], limit: int | None, outside: Counter[str]) -> Iterator[Place]:
    for path in paths:
        places, _ = find([path], FOLDERS)
        outside.update(place.label for place in places if place.label not in KINDS)
        yield from spread([place for place in places if place.label in KINDS], limit)


def _read(shelf: Shelf, place: Place) -> Bgr:
    return decode_image(shelf.read(place), place.name)


def _face(landmarker: Landmarker, image: Bgr, kind: int) -> Face | None:
    found = landmarker.find(image)
    if not found:
        return None
    x, y, wide, high = found[0].box
    box = clipped((x, y, x + wide, y + high), image.shape[1], image.shape[0])
    return None if box is None else Face(kind, box)


SIDE = 512
MOST = 6
SIZES = (48, 220)
"""Height in pixels of a face's box on the canvas, smallest and largest."""
MARGIN = 0.45
"""How far the cut reaches beyond the box, as a share of the box's longer side."""
TRIES = 20
_BLOCKS = 5


def composites(
    sources: Sequence[Source], count: int, part: str, seed: int, side: int = SIDE
) -> Iterator[Source]:
    """Yield *count* canvases with the first face of 1 to ``MOST`` of *sources*; made when read.

    Args:
        part: goes into the names and the random numbers.
    """
    for number in range(count if sources else 0):
        name = f"composite/{part}/{seed}/{number}"
        canvas, faces = compose(sources, _generator(name), side)
        sample = Sample(name, side, side, tuple(faces), group=name)
        yield Source(sample, lambda canvas=canvas: canvas)  # type: ignore[misc]


def compose(
    sources: Sequence[Source], rng: np.random.Generator, side: int = SIDE
) -> tuple[Bgr, list[Face]]:
    """Return a canvas (side, side, 3) and the faces on it; no two cuts overlap."""
    canvas = background(rng, side)
    taken: list[Box] = []
    faces: list[Face] = []
    wanted = int(rng.integers(1, MOST + 1))
    kinds = np.array([source.sample.faces[0].kind for source in sources])
    shares = 1 / np.bincount(kinds)[kinds]  # a class as often as another, however few it has
    few = min(wanted, len(sources))
    for number in rng.choice(len(sources), few, replace=False, p=shares / shares.sum()):
        face = _lay(canvas, sources[number], rng, taken, whole=True)
        faces += [face] if face else []
    for number in rng.integers(len(sources), size=int(rng.integers(0, 3))):
        _lay(canvas, sources[number], rng, taken, whole=False)
    return canvas, faces


def background(rng: np.random.Generator, side: int) -> Bgr:
    """Return a canvas of soft colours, shapes with hard edges, and noise."""
    coarse = rng.integers(0, 256, size=(int(rng.integers(2, 7)), int(rng.integers(2, 7)), 3))
    canvas = cv2.resize(coarse.astype(np.uint8), (side, side), interpolation=cv2.INTER_CUBIC)
    for _ in range(int(rng.integers(2, 9))):
        colour = tuple(int(value) for value in rng.integers(0, 256, size=3))
        x, y, wide, high = (int(value) for value in rng.integers(8, side // 2, size=4))
        at = (2 * x - side // 4, 2 * y - side // 4)
        if rng.random() < 0.5:
            cv2.ellipse(canvas, at, (wide // 2, high // 2), float(x), 0, 360, colour, -1)
        else:
            cv2.rectangle(canvas, at, (at[0] + wide, at[1] + high), colour, -1)
    noise = rng.normal(0, rng.uniform(2, 14), size=canvas.shape)
    return np.clip(canvas + noise, 0, 255).astype(np.uint8)


def _lay(
    canvas: Bgr, source: Source, rng: np.random.Generator, taken: list[Box], whole: bool
) -> Face | None:
    """Lay one face (or its shuffled pieces) where there is room; ``None`` if there is none."""
    face = source.sample.faces[0]
    cut, box = _cut(source.picture(), face.box)
    scale = float(np.exp(rng.uniform(*np.log(SIZES)))) / max(box[3] - box[1], 1.0)
    size = (max(round(cut.shape[1] * scale), 8), max(round(cut.shape[0] * scale), 8))
    if max(size) >= canvas.shape[0]:
        return None
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    piece = np.asarray(cv2.resize(cut, size, interpolation=how), dtype=np.uint8)
    at = _room(rng, size, canvas.shape[0], taken)
    if at is None:
        return None
    x, y = at
    taken.append((x, y, x + size[0], y + size[1]))
    soft = _ellipse(size)
    under = canvas[y : y + size[1], x : x + size[0]]
    under[:] = (soft * (piece if whole else _shuffled(piece, rng)) + (1 - soft) * under).astype(
        np.uint8
    )
    left, top, right, low = (value * scale for value in box)
    return Face(face.kind, (x + left, y + top, x + right, y + low)) if whole else None


def _cut(image: Bgr, box: Box) -> tuple[Bgr, Box]:
    """Return the head around *box*, and the box in its pixels."""
    margin = MARGIN * max(box[2] - box[0], box[3] - box[1])
    x1, y1 = (max(int(value - margin), 0) for value in box[:2])
    x2, y2 = int(box[2] + margin) + 1, int(box[3] + margin) + 1
    return image[y1:y2, x1:x2], (box[0] - x1, box[1] - y1, box[2] - x1, box[3] - y1)


def _room(
    rng: np.random.Generator, size: tuple[int, int], side: int, taken: Sequence[Box]
) -> tuple[int, int] | None:
    for _ in range(TRIES):
        x, y = (int(rng.integers(0, side - length)) for length in size)
        if not any(
            x < x2 and x1 < x + size[0] and y < y2 and y1 < y + size[1] for x1, y1, x2, y2 in taken
        ):
            return x, y
    return None


def _ellipse(size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Return (H, W, 1) float32: 1 inside the ellipse, falling softly to 0 at its rim."""
    across = np.linspace(-1, 1, size[0], dtype=np.float32)[None]
    down = np.linspace(-1, 1, size[1], dtype=np.float32)[:, None]
    inside: npt.NDArray[np.float32] = np.clip((1 - np.hypot(across, down)) / 0.12, 0, 1)
    return inside[:, :, None]


def _shuffled(cut: Bgr, rng: np.random.Generator) -> Bgr:
    rows = np.array_split(np.arange(cut.shape[0]), _BLOCKS)
    columns = np.array_split(np.arange(cut.shape[1]), _BLOCKS)
    mixed = cut[np.concatenate([rows[i] for i in rng.permutation(_BLOCKS)])]
    return mixed[:, np.concatenate([columns[i] for i in rng.permutation(_BLOCKS)])]


def _generator(name: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
