"""Pictures labelled by their folder (``CLASS/NAME.jpg``, zip or folder) -> one box a face.

FER2013 and the portraits have no boxes, so the face landmarker draws them: the bounding box
of its 478 points, from the brow to the chin without hair or ears. A picture in which it finds
no face is left out and counted, so a detector learned from these boxes cannot be shown to
find what the landmarker misses. Surprise, disgust and neutral are none of the four classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError
from engine.faces.landmarks import Landmarker
from engine.images import Bgr, decode_image
from engine.reporting.sets.faces import CLASSES as FOLDERS
from engine.reporting.sets.pictures import Place, Shelf, find, spread
from training.detector_sample import Face, Sample, Source, clipped
from training.faces_split import person

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
