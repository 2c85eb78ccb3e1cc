"""An image file with its faces hidden: same format, quality and orientation, no old preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, JpegImagePlugin

from engine.errors import InputError, Message
from engine.faces.mosaic import Hider, Mosaic, Outline, hide
from engine.images import (
    eight_bit_grey,
    is_deep,
    is_see_through,
    open_file,
    open_picture,
    orientation,
    upright_copy,
)
from engine.saving import free, replacing

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
