"""Image files into arrays: upright, 8-bit, BGR, within bounded memory.

A picture is decoded once and then flattened and shrunk in bands, so that beside the
decoder's own pixels only the small result is held; a JPEG is decoded at a fraction.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from engine.errors import InputError, Message

Bgr: TypeAlias = npt.NDArray[np.uint8]
"""An image (H, W, 3) uint8 in OpenCV's channel order."""

MAX_PIXELS = 200_000_000
"""Images beyond this are refused before any pixel is decoded."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own guard, at the same bound

MAX_SIDE = 4096
"""Longer sides are scaled down to this many pixels while reading."""

SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".gif"),
    *(".avif", ".heic", ".heif", ".hif"),
)
"""File endings that the open dialogs offer."""

FIRST_FRAME = Message(
    "움직이는 그림이라 첫 장면만 봤어요.", "The picture moves; only its first frame was looked at."
)
FIRST_PAGE = Message(
    "여러 쪽인 파일이라 첫 쪽만 봤어요.", "The file has pages; only the first was looked at."
)

_BAND = 2_000_000  # pixels that are flattened at once
_LARGE_WEBP = 16_000_000  # above, Pillow's three copies (16 bytes a pixel) are too many
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation -> what turns the picture upright."""

_SIDEWAYS = (_TURNS[5], _TURNS[6], _TURNS[7], _TURNS[8])


@dataclass(frozen=True)
class Picture:
    """An image file as it was read.

    Attributes:
        pixels: BGR, upright, no side longer than what was asked for.
        size: width and height in pixels of the file's own picture, upright.
        notes: what a person should know: that it moves, has pages, or was scaled down.
    """

    pixels: Bgr
    size: tuple[int, int]
    notes: tuple[Message, ...]


def read_image(path: Path | str, max_side: int = MAX_SIDE) -> Bgr:
    """Read an image file as BGR, turned upright by its EXIF orientation.

    Grey, palette, RGBA (laid on white), CMYK and 16-bit files are converted; the
    first frame of an animation is taken.

    Raises:
        InputError: missing, empty, truncated, too large or no image.
    """
    return read_picture(path, max_side).pixels


def read_picture(path: Path | str, max_side: int = MAX_SIDE) -> Picture:
    """Read an image file together with what is to be said of it; see :func:`read_image`."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            return _decode(stream, path.name, max_side)
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error


def decode_image(data: bytes, name: str = "image", max_side: int = MAX_SIDE) -> Bgr:
    """Decode the bytes of an image file; see :func:`read_image`."""
    return _decode(io.BytesIO(data), name, max_side).pixels


def _decode(stream: BinaryIO, name: str, max_side: int) -> Picture:
    head = stream.read(12)
    stream.seek(0)
    if not head:
        raise InputError(f"빈 파일이에요: {name}", f"The file {name} is empty.")
    if head[4:8] == b"ftyp":
        import pi_heif

        pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream) as image:
                return _read(image, stream, name, max_side)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InputError(
            f"사진으로 읽을 수 없는 파일이에요: {name}", f"{name} is not an image that can be read."
        ) from error
    except MemoryError as error:
        raise InputError(
            f"메모리가 모자라 사진을 열 수 없어요: {name}. 다른 프로그램을 닫고 다시 해 보세요.",
            f"There is not enough memory for {name}. Close other programs and try again.",
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as error:
        raise InputError(
            f"사진이 손상되었어요: {name}", f"The image {name} is damaged: {error}"
        ) from error


def _read(image: Image.Image, stream: BinaryIO, name: str, max_side: int) -> Picture:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"사진이 너무 커요: {name} ({width}×{height})",
            f"The image {name} is too large: {width} x {height} pixels.",
        )
    notes = []
    if image.format in ("GIF", "WEBP", "PNG", "AVIF") and getattr(image, "is_animated", False):
        notes.append(FIRST_FRAME)
    elif image.format == "TIFF" and getattr(image, "n_frames", 1) > 1:
        notes.append(FIRST_PAGE)
    image.draft("RGB", (max_side, max_side))
    if image.format == "WEBP" and image.mode == "RGB" and width * height > _LARGE_WEBP:
        small = _shrink(_webp(stream, max(width, height) / max_side), max_side)
    else:
        image.load()
        small = _shrink(image, max_side)
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    if turn is not None:
        small = small.transpose(turn)
        width, height = (height, width) if turn in _SIDEWAYS else (width, height)
    if max(width, height) > max_side:
        notes.append(_scaled(width, height, small.size))
    pixels = np.ascontiguousarray(np.asarray(small, dtype=np.uint8)[:, :, ::-1])
    return Picture(pixels, (width, height), tuple(notes))


def _scaled(width: int, height: int, to: tuple[int, int]) -> Message:
    return Message(
        f"큰 사진이라 줄여서 봤어요 ({width}×{height} → {to[0]}×{to[1]}).",
        f"The photo is large and was scaled down ({width} x {height} to {to[0]} x {to[1]}).",
    )


def _shrink(image: Image.Image, max_side: int) -> Image.Image:
    """Return *image* as RGB with no side above *max_side*, made band by band."""
    flatten = _flattener(image)
    scale = max(max(image.size) / max_side, 1.0)
    width, height = (max(round(side / scale), 1) for side in image.size)
    if scale == 1.0:
        return flatten(image)
    made = Image.new("RGB", (width, height))
    per_row = image.height / height
    rows = max(int(_BAND / (image.width * per_row)), 1)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        start, end = top * per_row, min(bottom * per_row, image.height)
        first, last = math.floor(start), min(math.ceil(end), image.height)
        band = flatten(image.crop((0, first, image.width, last)))
        box = (0.0, start - first, float(image.width), end - first)
        made.paste(band.resize((width, bottom - top), Image.Resampling.BOX, box), (0, top))
    return made


def _webp(stream: BinaryIO, scale: float) -> Image.Image:
    """Decode a large still WebP by OpenCV, which holds one copy; at most *scale* times smaller."""
    import cv2

    kinds = (
        (8, cv2.IMREAD_REDUCED_COLOR_8),
        (4, cv2.IMREAD_REDUCED_COLOR_4),
        (2, cv2.IMREAD_REDUCED_COLOR_2),
    )
    kind = next((kind for factor, kind in kinds if scale >= factor), cv2.IMREAD_COLOR)
    stream.seek(0)
    data = np.frombuffer(stream.read(), np.uint8)
    pixels = cv2.imdecode(data, kind | cv2.IMREAD_IGNORE_ORIENTATION)
    if pixels is None:
        raise ValueError("the WebP data cannot be decoded")
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))


def _flattener(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Return what turns a part of *image* into 8-bit RGB without transparency."""
    if image.mode.startswith("I") or image.mode == "F":
        top = float(np.max(image.getextrema()))
        scale = 1.0 if top <= 255 else (65535.0 if top <= 65535 else top) / 255.0
        return lambda part: _eight_bit(part, scale)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _on_white
    return lambda part: part.convert("RGB")


def _eight_bit(part: Image.Image, scale: float) -> Image.Image:
    """Divide 16-bit or float grey by *scale*."""
    values = np.clip(np.asarray(part, dtype=np.float64) / scale, 0, 255)
    return Image.fromarray(values.astype(np.uint8)).convert("RGB")


def _on_white(part: Image.Image) -> Image.Image:
    rgba = part.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")


def encode_png(image: Bgr) -> bytes:
    """Return a BGR image as the bytes of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image[:, :, ::-1])).save(buffer, format="PNG")
    return buffer.getvalue()
