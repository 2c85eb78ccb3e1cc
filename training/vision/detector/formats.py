"""Samples as a YOLO folder with ``data.yaml`` and as COCO JSON, written and read again.

The folder holds ``images/PART/ID.jpg`` (upright, without EXIF), ``labels/PART/ID.txt`` and
``annotations/PART.json``, where PART is train, val or test and ID the hash of a sample's name.
It may be moved: ``data.yaml`` names no place outside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.core.errors import InputError, StorageError
from training.vision.detector.annotations import (
    NAMES,
    PARTS,
    Face,
    Problem,
    Sample,
    Source,
    clipped,
)

QUALITY = 92


def yolo_text(sample: Sample) -> str:
    """Return a line ``class cx cy w h`` a face, relative to the picture's size."""
    lines = []
    for face in sample.faces:
        x1, y1, x2, y2 = face.box
        values = (
            (x1 + x2) / 2 / sample.width, (y1 + y2) / 2 / sample.height,
            (x2 - x1) / sample.width, (y2 - y1) / sample.height,
        )  # fmt: skip
        lines.append(f"{face.kind} " + " ".join(f"{value:.9f}" for value in values))
    return "".join(f"{line}\n" for line in lines)


def yolo_faces(text: str, width: int, height: int) -> tuple[Face, ...]:
    """Return the faces of :func:`yolo_text` in pixels.

    Raises:
        ValueError: a line is no class and four numbers, or the class is none of the four.
    """
    faces = []
    for line in text.splitlines():
        kind, cx, cy, w, h = line.split()
        if not 0 <= int(kind) < len(NAMES):
            raise ValueError(f"class {kind} is none of {len(NAMES)}")
        x, y, wide, high = (
            float(cx) * width,
            float(cy) * height,
            float(w) * width,
            float(h) * height,
        )
        faces.append(Face(int(kind), (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)))
    return tuple(faces)


def coco(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return COCO's object: ids count from 1, as its evaluation takes 0 for "no match"."""
    images = [
        {"id": number, "file_name": s.name, "width": s.width, "height": s.height, "group": s.group}
        for number, s in enumerate(samples, start=1)
    ]
    annotations: list[dict[str, Any]] = []
    for number, sample in enumerate(samples, start=1):
        for face in sample.faces:
            x1, y1, x2, y2 = face.box
            annotations.append(
                {
                    "id": len(annotations) + 1, "image_id": number, "category_id": face.kind + 1,
                    "bbox": [x1, y1, x2 - x1, y2 - y1], "area": (x2 - x1) * (y2 - y1),
                    "iscrowd": 0,
                }
            )  # fmt: skip
    categories = [{"id": number, "name": name} for number, name in enumerate(NAMES, start=1)]
    return {"images": images, "annotations": annotations, "categories": categories}


def samples_of(found: Mapping[str, Any]) -> list[Sample]:
    """Return the samples of COCO's object, as :func:`coco` wrote it.

    Raises:
        KeyError, TypeError, ValueError: it is of another layout.
    """
    faces: dict[int, list[Face]] = {image["id"]: [] for image in found["images"]}
    for row in found["annotations"]:
        x, y, wide, high = row["bbox"]
        kind = int(row["category_id"]) - 1
        if not 0 <= kind < len(NAMES):
            raise ValueError(f"category {kind + 1} is none of {len(NAMES)}")
        faces[row["image_id"]].append(Face(kind, (x, y, x + wide, y + high)))
    return [
        Sample(i["file_name"], i["width"], i["height"], tuple(faces[i["id"]]), i.get("group", ""))
        for i in found["images"]
    ]


@dataclass(frozen=True)
class Split:
    """A folder that :func:`write` made."""

    folder: Path

    @property
    def yaml(self) -> Path:
        """Return what ultralytics is given."""
        return self.folder / "data.yaml"

    def samples(self, part: str) -> list[Sample]:
        """Return the samples of a part, in pixels of the written pictures.

        Raises:
            InputError: the part is not there, or is of another layout.
        """
        path = self.folder / "annotations" / f"{part}.json"
        try:
            return samples_of(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path.name}을(를) 읽을 수 없어요. 먼저 convert 단계를 실행해 주세요.",
                f"{path} cannot be read; run the step convert first. ({error!r})",
            ) from error

    def picture(self, part: str, sample: Sample) -> Path:
        """Return where the picture of a sample lies."""
        return self.folder / "images" / part / sample.name


def write(
    folder: Path, parts: Mapping[str, Iterable[Source]], longest: int = 1024
) -> tuple[dict[str, int], list[Problem]]:
    """Write the parts of ``PARTS``; return how many pictures each has, and what was left out.

    Args:
        longest: longer sides are scaled down to this many pixels.

    Raises:
        StorageError: the folder cannot be written, or holds another split.
    """
    if (folder / "annotations").exists():
        raise StorageError(
            f"{folder.name}에는 이미 변환한 데이터가 있어요. 다른 --out을 주세요.",
            f"{folder} holds a converted set already: give another --out.",
        )
    counts, problems = {}, []
    try:
        for part in PARTS:
            for name in ("images", "labels"):
                (folder / name / part).mkdir(parents=True, exist_ok=True)
            written: list[Sample] = []
            for source in parts.get(part, ()):
                try:
                    written.append(_write_one(folder, part, source, longest))
                except InputError as error:
                    problems.append(Problem(source.sample.name, str(error)))
            counts[part] = len(written)
            _dump(folder / "annotations" / f"{part}.json", coco(written))
        names = "".join(f"  {number}: {name}\n" for number, name in enumerate(NAMES))
        where = "".join(f"{part}: images/{part}\n" for part in PARTS)
        Split(folder).yaml.write_text(f"{where}names:\n{names}", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{folder.name}에 쓸 수 없어요 ({error.strerror}).",
            f"Cannot write below {folder}: {error.strerror}",
        ) from error
    return counts, problems


def _write_one(folder: Path, part: str, source: Source, longest: int) -> Sample:
    image, before = source.picture(), source.sample
    shown = Image.fromarray(np.ascontiguousarray(image[:, :, ::-1]))
    shown.thumbnail((longest, longest))
    across, down = shown.width / before.width, shown.height / before.height
    faces = []
    for face in before.faces:
        x1, y1, x2, y2 = face.box
        box = clipped((x1 * across, y1 * down, x2 * across, y2 * down), shown.width, shown.height)
        if box is None:
            raise InputError("얼굴이 너무 작아요.", "a face is smaller than a pixel")
        faces.append(Face(face.kind, box))
    name = hashlib.sha256(before.name.encode()).hexdigest()[:16]
    after = Sample(f"{name}.jpg", shown.width, shown.height, tuple(faces), before.group)
    shown.save(folder / "images" / part / after.name, quality=QUALITY)
    (folder / "labels" / part / f"{name}.txt").write_text(yolo_text(after), encoding="ascii")
    return after


def _dump(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
