"""What the mosaic's preview shows: the first picture of what was chosen, faces hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import CameraError, InputError
from engine.faces.mosaic import Cover, Hider, Mosaic, hide
from engine.faces.mosaic_folder import Failed, listing
from engine.faces.source import VIDEO_SUFFIXES, FrameSource
from engine.images import Bgr, read_image
from engine.jobs import Progress

SIDE = 1600
"""Longest side in pixels of the preview."""

TRIES = 8
"""So many files are looked at for one with a face."""


@dataclass(frozen=True, eq=False)
class Look:
    """The first picture, its faces, and how much there is to do besides.

    Attributes:
        name: of the picture or video.
        pictures, videos: among all files.
        missed: files and folders that cannot be taken.
    """

    name: str
    image: Bgr
    covers: tuple[Cover, ...]
    pictures: int
    videos: int
    missed: tuple[Failed, ...]

    def hidden(self, mosaic: Mosaic) -> Bgr:
        """Return the picture with its faces hidden."""
        return hide(self.image, [cover.shape for cover in self.covers], mosaic)


def look(paths: Sequence[Path], folder: Path, recursive: bool, progress: Progress) -> Look:
    """Find the faces of the first picture (or first frame of a video) that holds one.

    Raises:
        InputError: there is neither a picture nor a video, or none of the first can be read.
    """
    progress.report(None)
    files, missed = listing(paths, folder, recursive)
    if not files:
        if missed:
            raise InputError(*missed[0].reason)
        raise InputError(
            "이 폴더에는 사진이나 영상이 없어요. 하위 폴더까지 보려면 그렇게 켜 주세요.",
            "This folder holds neither pictures nor videos. Switch on the folders within it.",
        )
    videos = sum(path.suffix.lower() in VIDEO_SUFFIXES for path, _ in files)
    name, image, covers = _first([path for path, _ in files[:TRIES]], progress)
    return Look(name, image, tuple(covers), len(files) - videos, videos, tuple(missed))


def _first(paths: Sequence[Path], progress: Progress) -> tuple[str, Bgr, list[Cover]]:
    """Return the first picture with a face, or else the first that can be read.

    Raises:
        InputError: none can be read; the first one's reason.
    """
    plain: tuple[str, Bgr, list[Cover]] | None = None
    problems: list[InputError] = []
    with Hider() as hider:
        for path in paths:
            progress.report(None)
            try:
                image = _read(path)
            except InputError as error:
                problems.append(error)
                continue
            found = path.name, image, hider.covers(image)
            if found[2]:
                return found
            plain = plain or found
    if plain is None:
        raise problems[0]
    return plain


def _read(path: Path) -> Bgr:
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        return read_image(path, SIDE)
    try:
        with FrameSource(path) as source:
            frame = source.read()
    except CameraError as error:
        raise InputError(*error.message) from error
    if frame is None:
        raise InputError(
            f"영상에 장면이 하나도 없어요: {path.name}", f"The video {path.name} holds no frame."
        )
    return frame.image
