"""Recipe F's annotations: JSON with ``filename``, ``faceExp_uploader`` and ``annot_A.boxes``.

A file holds a list of entries, one entry, or a list under any key; UTF-8 (with or without a
mark), UTF-16 or CP949. A box is ``{minX, minY, maxX, maxY}`` in pixels; numbers may be
written as text, several boxes as a list. What is broken is left out and told of.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.core.errors import InputError
from engine.media.images import SUFFIXES, Bgr, open_file, open_picture, orientation, read_image


def size_and_orientation(path: Path) -> tuple[int, int, int]:
    """Return width and height as stored, and the EXIF orientation (1..8; 1 where it has none).

    Raises:
        InputError: it cannot be opened, is no picture, or is too large.
    """
    with open_file(path) as stream, open_picture(stream, path.name) as image:
        return (*image.size, orientation(image))


def turned(box: Box, orientation: int, width: int, height: int) -> Box:
    """Turn a box of the stored picture (*width* x *height*) as its upright twin is turned.

    >>> turned((1, 2, 3, 5), 6, 10, 20)  # a quarter clockwise
    (15, 1, 18, 3)
    """
    x1, y1, x2, y2 = box
    if orientation in (5, 6, 7, 8):  # rows become columns
        x1, y1, x2, y2 = y1, x1, y2, x2
        width, height = height, width
    if orientation in (2, 3, 6, 7):
        x1, x2 = width - x2, width - x1
    if orientation in (3, 4, 7, 8):
        y1, y2 = height - y2, height - y1
    return x1, y1, x2, y2


# ----------------------------------------------------------------------------------------
# What a face detector learns from: a picture, its faces' boxes, and one of four classes each.

CLASSES = ("분노", "슬픔", "공포", "기쁨")
"""The classes in recipe F's order."""

NAMES = ("anger", "sadness", "panic", "happiness")
"""The same in ASCII: with Korean names ultralytics fetches a font before it trains."""

PARTS = ("train", "val", "test")

Box = tuple[float, float, float, float]
"""x1, y1, x2, y2 in pixels of the upright picture."""


@dataclass(frozen=True)
class Face:
    """One labelled face: index into ``CLASSES``, and where it is."""

    kind: int
    box: Box


@dataclass(frozen=True)
class Sample:
    """One upright picture of *width* x *height* pixels and its faces.

    Attributes:
        group: whom or which file it shows; a group is never divided between two parts.
    """

    name: str
    width: int
    height: int
    faces: tuple[Face, ...]
    group: str = ""


@dataclass(frozen=True)
class Source:
    """A sample, and how its picture is read (upright; it may come out smaller)."""

    sample: Sample
    picture: Callable[[], Bgr] = field(compare=False)


@dataclass(frozen=True)
class Problem:
    """Something that was left out: where, and why, in one English sentence."""

    where: str
    why: str


def clipped(box: Box, width: int, height: int) -> Box | None:
    """Return the part of *box* on the picture; ``None`` if less than a pixel is left.

    >>> clipped((-5, 2, 8, 30), 10, 20)
    (0.0, 2.0, 8.0, 20.0)
    """
    if not all(math.isfinite(value) for value in box):
        return None
    x1, x2 = (min(max(float(value), 0.0), float(width)) for value in (box[0], box[2]))
    y1, y2 = (min(max(float(value), 0.0), float(height)) for value in (box[1], box[3]))
    return (x1, y1, x2, y2) if x2 - x1 >= 1 and y2 - y1 >= 1 else None


def part_of(group: str, seed: int, validation: float, test: float) -> str:
    """Return the part of ``PARTS`` that a group falls into: the same on every machine."""
    digest = hashlib.sha256(f"{seed}/{group}".encode()).digest()
    share = int.from_bytes(digest[:6], "big") / 2**48
    if share < test:
        return "test"
    return "val" if share < test + validation else "train"


SHOWN, STORED = "shown", "stored"
FRAMES = (SHOWN, STORED)
"""Whose pixels the boxes count: the upright picture's (recipe F), or the file's as it lies."""

KINDS = {
    **dict.fromkeys(("분노", "anger", "angry"), 0),
    **dict.fromkeys(("슬픔", "sadness", "sad"), 1),
    **dict.fromkeys(("공포", "당황", "panic", "fear"), 2),
    **dict.fromkeys(("기쁨", "행복", "happiness", "happy", "joy"), 3),
}
"""What a class may be called. Recipe F made class 3 of all others; here they are left out."""

_ENCODINGS = ("utf-8-sig", "cp949")
_EDGES = ("minX", "minY", "maxX", "maxY")


@dataclass
class Reading:
    """What was read, and what was not.

    Attributes:
        unknown: labels outside the four classes, with how often each was met.
        clipped: boxes that reached beyond their picture.
    """

    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    clipped: int = 0


def read(annotations: Sequence[Path], pictures: Path, frame: str = SHOWN) -> Reading:
    """Return the pictures below *pictures* that *annotations* describe.

    Args:
        annotations: JSON files, or folders of them.
        frame: one of ``FRAMES``.

    Raises:
        InputError: a file or folder cannot be read, or is no JSON of this kind.
    """
    reading = Reading()
    shelf = _shelf(pictures)
    wanted: dict[Path, list[tuple[int | None, Box]]] = {}
    for path in _json_files(annotations):
        for number, entry in enumerate(entries(path), start=1):
            where = f"{path.name}#{number}"
            try:
                name, label, boxes = parse(entry)
                picture = _picture(shelf, pictures, name)
            except ValueError as error:
                reading.problems.append(Problem(where, str(error)))
                continue
            kind = KINDS.get(label.lower())
            if kind is None:
                reading.unknown[label] += 1
            rows = wanted.setdefault(picture, [])
            rows += [row for row in ((kind, box) for box in boxes) if row not in rows]
    for picture, faces in wanted.items():
        _add(reading, pictures, picture, faces, frame)
    return reading


def entries(path: Path) -> list[object]:
    """Return the entries of one JSON file.

    Raises:
        InputError: it cannot be opened, is in no known encoding, or is no JSON.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from error
    try:
        found = json.loads(_text(data))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path.name}은(는) 읽을 수 있는 JSON이 아니에요.",
            f"{path} is no JSON that can be read: {error}",
        ) from error
    if isinstance(found, dict) and "filename" not in found:
        lists = [value for value in found.values() if isinstance(value, list)]
        found = [entry for value in lists for entry in value]
    return found if isinstance(found, list) else [found]


def parse(entry: object) -> tuple[str, str, list[Box]]:
    """Return file name, label and boxes of one entry.

    Raises:
        ValueError: something of these is missing or is of another kind.
    """
    if not isinstance(entry, dict):
        raise ValueError("the entry is no object")
    name, label = entry.get("filename"), entry.get("faceExp_uploader")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("filename is missing")
    if not isinstance(label, str) or not label.strip():
        raise ValueError("faceExp_uploader is missing")
    annotation = entry.get("annot_A")
    boxes = annotation.get("boxes") if isinstance(annotation, dict) else None
    given = boxes if isinstance(boxes, list) else [boxes]
    rows = [row for row in given if isinstance(row, dict)]
    if not rows or len(rows) != len(given):
        raise ValueError("annot_A.boxes is missing")
    return name.strip(), label.strip(), [_box(row) for row in rows]


def _box(row: Mapping[str, Any]) -> Box:
    try:
        x1, y1, x2, y2 = (float(row[edge]) for edge in _EDGES)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError("a box lacks a number in minX, minY, maxX, maxY") from error
    if not (x1 < x2 and y1 < y2):  # also false for what is no number
        raise ValueError("a box is empty")
    return x1, y1, x2, y2


def _add(
    reading: Reading, root: Path, path: Path, faces: list[tuple[int | None, Box]], frame: str
) -> None:
    name = path.relative_to(root).as_posix()
    if any(kind is None for kind, _ in faces):  # a face without a class must not be background
        reading.problems.append(Problem(name, "a face of it is of none of the four classes"))
        return
    try:
        width, height, orientation = size_and_orientation(path)
    except InputError as error:
        reading.problems.append(Problem(name, str(error)))
        return
    kept: list[Face] = []
    for kind, box in faces:
        if frame == STORED:
            box = turned(box, orientation, width, height)
        size = (height, width) if orientation >= 5 else (width, height)
        inside = clipped(box, *size)
        if inside is None or kind is None:
            reading.problems.append(Problem(name, "a box lies beyond the picture"))
            return
        reading.clipped += inside != box
        kept.append(Face(kind, inside))
    sample = Sample(name, *size, tuple(kept), group=path.stem)
    reading.sources.append(Source(sample, lambda: read_image(path)))


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def _unread(path: Path | str, error: OSError) -> InputError:
    return InputError(
        f"열 수 없어요: {Path(path).name} ({error.strerror})",
        f"Cannot open {path}: {error.strerror}",
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below *folder*; a folder that cannot be listed is an error."""

    def refuse(error: OSError) -> None:
        raise _unread(error.filename, error)

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


def _json_files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = [path] if path.is_file() else list(_files(path))
        found += [file for file in inside if file.suffix.lower() == ".json"]
    if not found:
        names = ", ".join(path.name for path in paths)
        raise InputError(f"{names}에 JSON 파일이 없어요.", f"No JSON file in {names}.")
    return found


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("\\", "/").lower()


def _shelf(pictures: Path) -> dict[str, list[Path]]:
    """Return the pictures by file name; the same name may lie in several folders."""
    shelf: dict[str, list[Path]] = {}
    for path in _files(pictures):
        if path.suffix.lower() in SUFFIXES:
            shelf.setdefault(_key(path.name), []).append(path)
    return shelf


def _picture(shelf: Mapping[str, list[Path]], root: Path, name: str) -> Path:
    found = shelf.get(_key(name).rsplit("/", 1)[-1], [])
    if "/" in _key(name):
        found = [path for path in found if _key(path.relative_to(root).as_posix()) == _key(name)]
    if not found:
        raise ValueError(f"the picture {name} is not there")
    if len(found) > 1:
        raise ValueError(f"{len(found)} pictures are called {name}")
    return found[0]
