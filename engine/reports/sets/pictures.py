"""Labelled pictures: zip files or folders laid out as ``CLASS/NAME.jpg``, read when needed."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from engine.core.errors import InputError
from engine.media.images import MAX_BYTES, SUFFIXES, read_bytes

T = TypeVar("T")
_BROKEN = (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error)
"""What reading a member of a zip may raise: damaged, encrypted, of an unknown method."""


@dataclass(frozen=True)
class Place:
    """Where a labelled picture lies: a set's path, the name below it, and the label."""

    path: Path
    name: str
    label: str


@dataclass(frozen=True)
class Picture:
    """One labelled picture: where it is from, its label, and the bytes of its file."""

    name: str
    label: str
    data: bytes


def find(paths: Sequence[Path], classes: Mapping[str, str]) -> tuple[list[Place], Counter[str]]:
    """Return the pictures in folders named as in *classes*, and how many lie in others.

    Raises:
        InputError: a path is neither zip nor folder, or holds no picture of a known class.
    """
    places: list[Place] = []
    unknown: Counter[str] = Counter()
    for path in paths:
        before = len(places)
        for name in _zipped(path) if path.is_file() else _filed(path):
            if not name.lower().endswith(SUFFIXES):
                continue
            folder = Path(name).parent.name
            label = classes.get(folder.lower())
            if label is None:
                unknown[folder or path.name] += 1
            else:
                places.append(Place(path, name, label))
        if len(places) == before:
            raise _none(path, classes, unknown)
    return places, unknown


def _none(path: Path, classes: Mapping[str, str], unknown: Counter[str]) -> InputError:
    known = ", ".join(classes)
    met = ", ".join(folder for folder, _ in unknown.most_common(8))
    ko, en = (f" 있는 폴더: {met}.", f" Folders found: {met}.") if met else ("", "")
    return InputError(
        f"{path.name}에 CLASS/NAME.jpg 사진이 없어요 (CLASS: {known}).{ko}",
        f"{path} has no pictures CLASS/NAME.jpg with CLASS one of {known}.{en}",
    )


def _zipped(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(name for name in archive.namelist() if not name.endswith("/"))
    except _BROKEN as error:
        raise InputError(
            f"{path.name}은(는) 읽을 수 있는 zip이 아니에요.",
            f"{path} is not a zip that can be read.",
        ) from error


def _filed(path: Path) -> list[str]:
    if not path.is_dir():
        raise InputError(f"{path.name}을(를) 찾을 수 없어요.", f"{path} does not exist.")
    return sorted(
        Path(folder, name).relative_to(path).as_posix()
        for folder, _, names in os.walk(path)
        for name in names
    )


class Shelf:
    """Reads pictures from their places; keeps a zip open until :meth:`close`."""

    def __init__(self) -> None:
        self._open: dict[Path, zipfile.ZipFile] = {}

    def read(self, place: Place) -> bytes:
        """Return the bytes of one picture's file.

        Raises:
            InputError: it cannot be read.
        """
        try:
            if place.path.is_dir():
                return read_bytes(place.path / place.name)
            if place.path not in self._open:
                self._open[place.path] = zipfile.ZipFile(place.path)
            archive = self._open[place.path]
            if archive.getinfo(place.name).file_size > MAX_BYTES:
                raise InputError(
                    f"파일이 너무 커요: {place.name}", f"{place.name} is too large for a picture."
                )
            return archive.read(place.name)
        except _BROKEN as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(
                f"파일을 열 수 없어요: {place.name} ({reason})",
                f"Cannot open {place.name} of {place.path}: {reason}",
            ) from error

    def close(self) -> None:
        """Close the archives; reading again opens them again."""
        while self._open:
            self._open.popitem()[1].close()

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def pictures(paths: Sequence[Path], classes: Mapping[str, str]) -> Iterator[Picture]:
    """Yield the pictures of :func:`find` with their bytes.

    Raises:
        InputError: as :func:`find`, or a picture cannot be read.
    """
    places, _ = find(paths, classes)
    with Shelf() as shelf:
        for place in places:
            yield Picture(f"{place.path.stem}/{place.name}", place.label, shelf.read(place))


def spread(rows: list[T], limit: int | None) -> list[T]:
    """Return *limit* of the rows, evenly spread over them (all when ``None``).

    >>> spread(["a", "b", "c", "d", "e"], 3)
    ['a', 'c', 'e']
    """
    if limit is None or limit >= len(rows):
        return rows
    if limit < 2:
        return rows[:limit]
    return [rows[i * (len(rows) - 1) // (limit - 1)] for i in range(limit)]
