"""Labelled face pictures -> what the expression model is trained on, read once and cached."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.errors import InputError
from engine.faces import crop
from engine.faces.landmarks import BLENDSHAPES, Found, Landmarker
from engine.faces.result import LABELS
from engine.images import SUFFIXES, decode_image

CLASSES = {
    "happy": "행복", "happiness": "행복", "joy": "행복",
    "sad": "슬픔", "sadness": "슬픔",
    "angry": "분노", "anger": "분노",
    "fear": "공포",
    "surprise": "놀람",
    "disgust": "혐오",
    "neutral": "중립",
    **{label: label for label in LABELS},
}  # fmt: skip
"""Folder name (FER2013's, the portraits', or Korean) -> label."""


@dataclass(frozen=True)
class Picture:
    """One labelled picture: where it is from, its label, and the bytes of its file."""

    name: str
    label: str
    data: bytes


def pictures(paths: Sequence[Path]) -> Iterator[Picture]:
    """Yield the pictures of zip files or folders laid out as ``CLASS/NAME.jpg``.

    Raises:
        InputError: a path is neither, or holds no picture in a class folder that is known.
    """
    for path in paths:
        count = 0
        for name, data in _zip(path) if path.is_file() else _folder(path):
            label = CLASSES.get(Path(name).parent.name.lower())
            if label is not None and name.lower().endswith(SUFFIXES):
                count += 1
                yield Picture(f"{path.stem}/{name}", label, data)
        if not count:
            known = ", ".join(CLASSES)
            raise InputError(
                f"{path}에 CLASS/NAME.jpg 사진이 없어요 (CLASS: {known}).",
                f"{path} has no pictures CLASS/NAME.jpg with CLASS one of {known}.",
            )


def _zip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if not name.endswith("/"):
                    yield name, archive.read(name)
    except zipfile.BadZipFile as error:
        raise InputError(
            f"{path}은(는) 읽을 수 있는 zip이 아니에요.", f"{path} is not a zip that can be read."
        ) from error


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    if not path.is_dir():
        raise InputError(f"{path}을(를) 찾을 수 없어요.", f"{path} does not exist.")
    for file in sorted(path.rglob("*")):
        if file.is_file():
            yield file.relative_to(path).as_posix(), file.read_bytes()


@dataclass(frozen=True)
class Faces:
    """The faces found in a set of pictures, one row a picture with a face.

    Attributes:
        names: (N,) origin of each picture.
        labels: (N,) int64 index into ``LABELS``.
        crops: (N, 64, 64) uint8 aligned grey faces.
        points: (N, 478, 3) float32 landmarks in pixels.
        blendshapes: (N, 52) float32.
        matrices: (N, 4, 4) float32.
        missed: names of the pictures in which no face was found, or that cannot be read.
    """

    names: npt.NDArray[np.str_]
    labels: npt.NDArray[np.int64]
    crops: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float32]
    blendshapes: npt.NDArray[np.float32]
    matrices: npt.NDArray[np.float32]
    missed: tuple[str, ...]

    def found(self, row: int) -> Found:
        """Return row *row* as the landmarker gave it."""
        return Found(self.points[row], self.blendshapes[row], self.matrices[row])


def extract(rows: Sequence[Picture]) -> Faces:
    """Find the largest face of each picture; prints a line every 1,000 pictures."""
    kept: list[tuple[str, int, crop.Crop, Found]] = []
    missed: list[str] = []
    landmarker = Landmarker(max_faces=1)
    try:
        for number, row in enumerate(rows, start=1):
            if number % 1000 == 0:
                print(f"{number}/{len(rows)} pictures, {len(missed)} without a face", flush=True)
            try:
                image = decode_image(row.data, row.name)
            except InputError:
                missed.append(row.name)
                continue
            found = landmarker.find(image)
            if not found:
                missed.append(row.name)
                continue
            face = crop.align(image, found[0].points)
            kept.append((row.name, LABELS.index(row.label), face, found[0]))
    finally:
        landmarker.close()
    size = len(kept)
    return Faces(
        names=np.array([k[0] for k in kept], dtype=np.str_),
        labels=np.array([k[1] for k in kept], dtype=np.int64),
        crops=np.array([k[2] for k in kept], dtype=np.uint8).reshape(size, crop.SIZE, crop.SIZE),
        points=np.array([k[3].points for k in kept], dtype=np.float32).reshape(size, 478, 3),
        blendshapes=np.array([k[3].blendshapes for k in kept], dtype=np.float32).reshape(
            size, len(BLENDSHAPES)
        ),
        matrices=np.array([k[3].matrix for k in kept], dtype=np.float32).reshape(size, 4, 4),
        missed=tuple(missed),
    )


def load(paths: Sequence[Path], cache: Path | None, limit: int | None = None) -> Faces:
    """Return the faces of *paths*, from *cache* when it holds this very selection.

    Args:
        cache: folder for the extracted faces; ``None`` extracts anew.
        limit: use only this many pictures of each path, evenly spread over its classes.
    """
    key = "|".join(f"{p.name}:{p.stat().st_size if p.is_file() else ''}" for p in paths)
    digest = hashlib.sha256(f"{key}|{limit}|{crop.SIZE}".encode()).hexdigest()[:16]
    file = cache / f"faces-{digest}.npz" if cache else None
    if file is not None and file.exists():
        with np.load(file) as saved:
            return Faces(**{**{k: saved[k] for k in saved}, "missed": tuple(saved["missed"])})
    faces = extract([row for path in paths for row in spread(list(pictures([path])), limit)])
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, **{**vars(faces), "missed": np.array(faces.missed, dtype=np.str_)})
    return faces


def spread(rows: list[Picture], limit: int | None) -> list[Picture]:
    """Return *limit* of the rows, evenly spread over them (all when ``None``)."""
    if limit is None or limit >= len(rows):
        return rows
    return [rows[i] for i in np.linspace(0, len(rows) - 1, limit).astype(int)]
