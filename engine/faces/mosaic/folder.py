"""Hiding the faces of many pictures and videos: what was done, what not, and why."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, JpegImagePlugin

from engine.core.errors import InputError, MaumgyeolError, Message, StorageError
from engine.core.files import free, replacing
from engine.core.jobs import Cancelled, Progress
from engine.faces.mosaic.cover import Hider, Mosaic, Outline, hide
from engine.faces.mosaic.video import hide_in_video
from engine.media.images import (
    SUFFIXES,
    eight_bit_grey,
    is_deep,
    is_see_through,
    open_file,
    open_picture,
    orientation,
    upright_copy,
)
from engine.media.video import VIDEO_SUFFIXES, without_secrets

AS_JPEG = Message(
    "HEIC와 AVIF로는 저장할 수 없어서 JPEG(투명하면 PNG)로 저장했어요.",
    "HEIC and AVIF cannot be written; the copy is a JPEG (a PNG if transparent).",
)
EIGHT_BITS = Message(
    "8비트보다 깊은 회색 사진이라 8비트로 저장했어요.",
    "The picture is grey of more than 8 bits; the copy has 8.",
)

_EXIF_PART, _MAKER_NOTE = 0x8769, 0x927C
_WITH_EXIF = ("JPEG", "MPO", "PNG", "WEBP", "HEIF", "AVIF")
_LOSSLESS = ("tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits")
_FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "BMP", "TIFF", "GIF", "HEIF", "AVIF")
_READ_ONLY = ("HEIF", "AVIF")
_SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}
_QUALITY = 95


@dataclass(frozen=True)
class Hidden:
    """What came of a file.

    Attributes:
        target: where the copy lies, if there is one; another suffix than was asked for where
            the file's own kind cannot be written.
        faces: how many were hidden; with none, nothing is written.
        notes: how the copy differs from the file otherwise.
        doubts: why some of the faces may not be hidden whole, each reason once.
    """

    target: Path
    faces: int
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


def hide_in_file(source: Path, target: Path, hider: Hider) -> Hidden:
    """Write *source* with its faces hidden to *target*.

    The picture is decoded once and covered in place; faces are looked for in a small copy.
    JPEG keeps its tables (so its quality), PNG and WebP their transparency. Orientation and the
    other EXIF data stay (a TIFF is turned upright instead); the small preview and the camera's
    own notes, which may show the face, go.

    Raises:
        InputError: no image, no ordinary file, damaged, too large, moving, or of a kind that is
            not written.
        StorageError: *target* cannot be written.
    """
    with open_file(source) as stream, open_picture(stream, source.name) as image:
        _check(image, source)
        image.load()
        options, turn = _options(image), orientation(image)
        small = upright_copy(image)
        made = _editable(image)
    scale = max(image.size) / max(small.shape[:2])
    covers = hider.covers(small)
    if not covers:
        return Hidden(target, 0)
    for cover in covers:
        shape = _as_stored(cover.shape * np.float32(scale), turn, image.size)
        _cover(made, shape, hider.mosaic)
    kind, notes = _kind(image, made)
    suffixes = _SUFFIXES.get(kind, ())
    if image.format in _READ_ONLY and target.suffix.lower() not in suffixes:
        target = free(target.with_suffix(suffixes[0]))
    with replacing(target, make_folder=True) as part:
        made.save(part, format=kind, **options)
    doubts = dict.fromkeys(cover.doubt for cover in covers if cover.doubt is not None)
    return Hidden(target, len(covers), notes, tuple(doubts))


def _check(image: Image.Image, path: Path) -> None:
    if image.format not in _FORMATS:
        raise InputError(
            f"이 형식으로는 저장할 수 없어요: {path.name} ({image.format})",
            f"{path.name} is of a kind that is not written: {image.format}.",
        )
    if image.format not in ("MPO", "HEIF") and getattr(image, "n_frames", 1) > 1:
        raise InputError(
            f"움직이거나 여러 장이 든 그림은 가릴 수 없어요: {path.name}. 동영상으로 바꿔 주세요.",
            f"{path.name} holds several pictures; make a video of it first.",
        )


def _kind(image: Image.Image, made: Image.Image) -> tuple[str, tuple[Message, ...]]:
    """Return the format that is written, and what to say of it."""
    notes = (EIGHT_BITS,) if is_deep(image) else ()
    if image.format in _READ_ONLY:
        return ("PNG" if made.mode == "RGBA" else "JPEG"), (*notes, AS_JPEG)
    return ("JPEG" if image.format == "MPO" else str(image.format)), notes


def _editable(image: Image.Image) -> Image.Image:
    """Return the picture in mode L, RGB or RGBA: itself where it is in one of them."""
    if is_deep(image):
        return eight_bit_grey(image)
    if is_see_through(image):
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("1", "L"):
        return image if image.mode == "L" else image.convert("L")
    return image if image.mode == "RGB" else image.convert("RGB")


def _as_stored(shape: Outline, turn: int, stored: Sequence[int]) -> Outline:
    """Return an outline of the upright picture as it lies in the file's own pixels.

    Args:
        turn: the file's EXIF orientation; *stored*: the file's own width and height.
    """
    x, y = (shape[:, 1], shape[:, 0]) if turn >= 5 else (shape[:, 0], shape[:, 1])
    x = stored[0] - x if turn in (2, 3, 7, 8) else x
    y = stored[1] - y if turn in (3, 4, 6, 7) else y
    return np.column_stack([x, y]).astype(np.float32)


def _cover(made: Image.Image, shape: Outline, mosaic: Mosaic) -> None:
    """Hide what lies in *shape*, in place; only that part of the picture is copied."""
    low = np.maximum(np.floor(shape.min(axis=0)), 0).astype(int)
    high = np.minimum(np.ceil(shape.max(axis=0)) + 1, made.size).astype(int)
    if (high <= low).any():
        return
    part = made.crop((*low.tolist(), *high.tolist()))
    seen = np.ascontiguousarray(np.asarray(part.convert("RGB"), dtype=np.uint8)[:, :, ::-1])
    hidden = hide(seen, [shape - low.astype(np.float32)], mosaic)
    covered = Image.fromarray(np.ascontiguousarray(hidden[:, :, ::-1])).convert(made.mode)
    if made.mode == "RGBA":
        covered.putalpha(part.getchannel("A"))
    made.paste(covered, tuple(low.tolist()))


def _options(image: Image.Image) -> dict[str, Any]:
    """Return how Pillow is to write a picture like *image*."""
    options: dict[str, Any] = {}
    exif = image.getexif()
    exif.get_ifd(_EXIF_PART).pop(_MAKER_NOTE, None)
    if len(exif) and image.format in _WITH_EXIF:
        clean = Image.Exif()
        clean.load(exif.tobytes())
        options["exif"] = clean
    if image.info.get("icc_profile") and image.mode not in ("CMYK", "LAB", "LA"):
        options["icc_profile"] = image.info["icc_profile"]  # of another kind of colours otherwise
    if image.info.get("dpi"):
        options["dpi"] = image.info["dpi"]
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        options["qtables"] = image.quantization
        sampling = JpegImagePlugin.get_sampling(image)
        if sampling >= 0:
            options["subsampling"] = sampling
        options["progressive"] = bool(image.info.get("progressive"))
    elif image.format in _READ_ONLY:
        options["quality"] = _QUALITY
    elif image.format == "WEBP":
        options["quality"] = 92
    elif image.format == "TIFF" and image.info.get("compression") in _LOSSLESS:
        options["compression"] = image.info["compression"]
    return options


log = logging.getLogger(__name__)

NO_FACE = Message(
    "얼굴을 찾지 못해 저장하지 않았어요. 얼굴이 있는지 직접 확인해 주세요.",
    "No face was found, so nothing was written. Look at it yourself.",
)
NO_SOUND = Message("소리는 저장되지 않았어요.", "The sound was not kept.")
VARIABLE = Message(
    "장면 간격이 고르지 않은 영상이라 고른 간격으로 옮겼어요.",
    "The frames are not evenly spaced; the copy's are, at the same times.",
)


@dataclass(frozen=True)
class Done:
    """A file whose faces were hidden: where it lies now, how many, and what to know of it.

    Attributes:
        doubts: why some of the faces may not be hidden whole; somebody has to look.
    """

    source: Path
    target: Path
    faces: int
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A file or folder that was not written, and why."""

    source: Path
    reason: Message


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        done: with hidden faces, written.
        without: nothing was found in them, nothing was written.
        failed: could not be read or written.
        cancelled: the run was stopped before the rest.
    """

    done: tuple[Done, ...] = ()
    without: tuple[Failed, ...] = ()
    failed: tuple[Failed, ...] = ()
    cancelled: bool = False

    @property
    def doubtful(self) -> tuple[Done, ...]:
        """Those of the written files in which somebody has to look at the faces."""
        return tuple(row for row in self.done if row.doubts)

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "done": [
                {
                    "source": str(row.source),
                    "target": str(row.target),
                    "faces": row.faces,
                    "notes": [note._asdict() for note in row.notes],
                    "doubts": [doubt._asdict() for doubt in row.doubts],
                }
                for row in self.done
            ],
            "without": [_failed_row(row) for row in self.without],
            "failed": [_failed_row(row) for row in self.failed],
            "cancelled": self.cancelled,
        }


def run(
    inputs: Sequence[Path],
    folder: Path,
    mosaic: Mosaic | None = None,
    *,
    recursive: bool = False,
    progress: Progress | None = None,
    on_row: Callable[[Done | Failed], None] | None = None,
) -> Outcome:
    """Write copies of *inputs* (pictures, videos, folders of them) with hidden faces to *folder*.

    The originals are not touched, and no file that lies in *folder* is written over: a taken
    name becomes ``name (2)``. Sub-folders keep their names. What fails is told in the outcome;
    so is what was done before a stop.

    Args:
        recursive: take the folders within folders too.
        on_row: told of each file, in the caller's thread.

    Raises:
        StorageError: *folder* cannot be made.
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
    """
    progress = progress or Progress()
    mosaic = mosaic or Mosaic()
    _make(folder)
    done: list[Done] = []
    without: list[Failed] = []
    failed: list[Failed] = []
    tell = on_row or (lambda row: None)
    cancelled = False
    files, missed = listing(inputs, folder, recursive)
    for row in missed:
        failed.append(row)
        tell(row)
    with Hider(mosaic) as hider:
        for number, (path, below) in enumerate(files):
            try:
                part = progress.part(number / len(files), (number + 1) / len(files))
                part.report(0.0, Message(f"가리는 중: {path.name}", f"Hiding: {path.name}"))
                made = _one(path, folder / below, hider, part)
            except Cancelled:
                cancelled = True
                break
            except Exception as error:  # one bad file does not end a folder
                failed.append(Failed(path, _reason(path, error)))
                tell(failed[-1])
                continue
            if isinstance(made, Done):
                done.append(made)
            else:
                without.append(made)
            tell(made)
    return Outcome(tuple(done), tuple(without), tuple(failed), cancelled)


def listing(
    inputs: Sequence[Path], target: Path, recursive: bool
) -> tuple[list[tuple[Path, Path]], list[Failed]]:
    """Return the files to work on, each with its folder below the target, and what is not.

    Files of other kinds are passed over within folders, and *target* itself.
    """
    files: list[tuple[Path, Path]] = []
    missed: list[Failed] = []
    for path in inputs:
        if os.path.isdir(path):  # where Path.is_dir raises, this says no
            files += _within(path, target, recursive, missed)
        elif path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES):
            files.append((path, Path()))
        else:
            missed.append(Failed(path, _unknown(path)))
    return files, missed


def _within(
    folder: Path, target: Path, recursive: bool, missed: list[Failed]
) -> Iterator[tuple[Path, Path]]:
    def refuse(error: OSError) -> None:
        name = Path(error.filename or folder)
        missed.append(
            Failed(
                name,
                Message(
                    f"폴더를 열 수 없어요: {name.name} ({error.strerror})",
                    f"Cannot open the folder {name}: {error.strerror}",
                ),
            )
        )

    out = target.resolve()
    for place, folders, names in os.walk(folder, onerror=refuse):
        here = Path(place)
        kept = sorted(name for name in folders if (here / name).resolve() != out)
        folders[:] = kept if recursive else []
        if here.resolve() == out and here != folder:
            continue
        for name in sorted(names):
            path = here / name
            if path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES) and not name.startswith("."):
                yield path, here.relative_to(folder)


def _one(path: Path, folder: Path, hider: Hider, progress: Progress) -> Done | Failed:
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        made = hide_in_file(path, free(folder / path.name), hider)
        done = Done(path, made.target, made.faces, made.notes, made.doubts)
        return done if made.faces else Failed(path, NO_FACE)
    suffix = ".avi" if path.suffix.lower() == ".avi" else ".mp4"
    target = free(folder / f"{path.stem}{suffix}")
    video = hide_in_video(path, target, hider.mosaic, progress)
    if not video.with_faces:
        target.unlink(missing_ok=True)
        return Failed(path, NO_FACE)
    notes = [NO_SOUND]
    if video.variable_rate:
        notes.append(VARIABLE)
    if video.stopped is not None:
        notes.append(video.stopped)
    doubts = () if video.doubt is None else (video.doubt,)
    return Done(path, target, video.faces, tuple(notes), doubts)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"결과 폴더를 만들 수 없어요: {folder.name}. 다른 폴더를 골라 주세요.",
            f"Cannot make the folder {folder}: {error.strerror}. Choose another one.",
        ) from error


def _unknown(path: Path) -> Message:
    if os.path.exists(path):
        text = "사진이나 영상이 아니에요", "is neither a picture nor a video"
    else:
        text = "찾을 수 없어요", "cannot be found"
    return InputError(f"{text[0]}: {path.name}", f"{path.name} {text[1]}.").message


def _reason(path: Path, error: Exception) -> Message:
    if isinstance(error, MaumgyeolError):
        return error.message
    log.error("unexpected error in %s", path, exc_info=error)
    if isinstance(error, MemoryError):
        return Message(
            "메모리가 모자라 가리지 못했어요. 다른 프로그램을 닫고 다시 해 보세요.",
            "There was not enough memory. Close other programs and try again.",
        )
    return Message(
        "예상하지 못한 오류로 가리지 못했어요. 자세한 내용은 로그에 있어요.",
        f"It could not be hidden because of an unexpected error: {error!r}.",
    )


def _failed_row(row: Failed) -> dict[str, Any]:
    return {"source": without_secrets(str(row.source)), "reason": row.reason._asdict()}
