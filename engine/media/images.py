"""Image files into arrays: upright, 8-bit, BGR, within bounded memory.

The one reader of pictures, for single photos, folders, albums and labelled sets. A file's
kind, its bytes and its pixels are checked before anything is decoded. A picture is decoded
once and then flattened and shrunk in bands, so that beside the decoder's own pixels only the
small result is held; a JPEG is decoded at a fraction.
"""

from __future__ import annotations

import contextlib
import io
import math
import stat
import struct
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from engine.core.errors import InputError, Message

Bgr: TypeAlias = npt.NDArray[np.uint8]
"""An image (H, W, 3) uint8 in OpenCV's channel order."""

MAX_PIXELS = 200_000_000
"""Images beyond this are refused before any pixel is decoded."""

MAX_BYTES = 1 << 30
"""Larger files are no photographs; they are not read."""

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
_FAINT = 20  # levels by which what is drawn has to differ from white paper
_BRIGHTEST_FLOAT = 16.0  # a float picture up to here counts from 0 to 1, beyond to 255
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

    Grey, palette, CMYK, 16-bit and float files are converted; transparency is laid on white,
    or on black where nothing could be seen on white. The first frame of an animation is taken.

    Raises:
        InputError: missing, no ordinary file (a folder, a pipe, a device), empty, truncated,
            too large or no image.
    """
    return read_picture(path, max_side).pixels


def read_picture(path: Path | str, max_side: int = MAX_SIDE) -> Picture:
    """Read an image file together with what is to be said of it; see :func:`read_image`."""
    path = Path(path)
    with open_file(path) as stream:
        return _decode(stream, path.name, max_side)


def decode_image(data: bytes, name: str = "image", max_side: int = MAX_SIDE) -> Bgr:
    """Decode the bytes of an image file; see :func:`read_image`."""
    return _decode(io.BytesIO(data), name, max_side).pixels


def read_bytes(path: Path | str) -> bytes:
    """Return the whole content of a picture's file.

    Raises:
        InputError: missing, no ordinary file, or larger than ``MAX_BYTES``; its cause is the
            system's error, if there was one.
    """
    path = Path(path)
    with open_file(path) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:  # more than the system had said
        raise _too_many_bytes(path, len(data))
    return data


@contextlib.contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a picture's file, links followed; a pipe or device, which may never end, is not.

    Raises:
        InputError: as :func:`read_bytes`; also when reading fails in the block.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputError(
                f"사진이 아니라 폴더예요: {path.name}", f"{path} is a folder, not a picture."
            )
        if not stat.S_ISREG(found.st_mode):
            raise InputError(
                f"파일이 아니라 장치나 통로라서 읽지 않아요: {path.name}",
                f"{path} is a device, a pipe or a socket, not a file; it is not read.",
            )
        if found.st_size > MAX_BYTES:
            raise _too_many_bytes(path, found.st_size)
        with path.open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        said = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({said})", f"Cannot open {path}: {said}"
        ) from error


def _too_many_bytes(path: Path, size: int) -> InputError:
    most = MAX_BYTES >> 20
    return InputError(
        f"파일이 너무 커요: {path.name} ({size / 2**20:,.0f} MB). 사진은 {most:,} MB까지 읽어요.",
        f"{path} is too large for a picture: {size / 2**20:,.0f} MB; up to {most:,} MB are read.",
    )


def _decode(stream: BinaryIO, name: str, max_side: int) -> Picture:
    with open_picture(stream, name) as image:
        return _read(image, stream, max_side)


_DECODERS_RAISE = (
    *(OSError, SyntaxError, ValueError, EOFError, RuntimeError, LookupError, TypeError),
    *(ArithmeticError, AttributeError, struct.error),
)
"""What Pillow's decoders raise on damaged files; seen by trying them."""


@contextlib.contextmanager
def open_picture(stream: BinaryIO, name: str) -> Iterator[Image.Image]:
    """Yield the picture that *stream* holds, not decoded yet, with no more pixels than allowed.

    What its decoder raises in the block, too, comes as an InputError.

    Args:
        name: what error sentences call it.

    Raises:
        InputError: empty, truncated, too large or no image.
    """
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
            warnings.simplefilter("ignore", UserWarning)  # damaged tags; the pixels are judged
            with Image.open(stream) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise _too_many_pixels(name, f"{width:,}×{height:,}")
                yield image
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name, "") from error
    except UnidentifiedImageError as error:
        raise InputError(
            f"사진으로 읽을 수 없는 파일이에요: {name}", f"{name} is not an image that can be read."
        ) from error
    except MemoryError as error:
        raise InputError(
            f"메모리가 모자라 사진을 열 수 없어요: {name}. 다른 프로그램을 닫고 다시 해 보세요.",
            f"There is not enough memory for {name}. Close other programs and try again.",
        ) from error
    except _DECODERS_RAISE as error:
        raise InputError(
            f"사진이 손상되었어요: {name}", f"The image {name} is damaged: {error}"
        ) from error


def _too_many_pixels(name: str, size: str) -> InputError:
    most, has = MAX_PIXELS // 10**6, f" ({size})" if size else ""
    return InputError(
        f"사진의 픽셀이 너무 많아요: {name}{has}. "
        f"{most // 100}억 픽셀까지 읽으니 줄인 뒤 다시 열어 주세요.",
        f"The image {name}{has} has too many pixels. Up to {most} million are read; "
        "scale it down first.",
    )


def _read(image: Image.Image, stream: BinaryIO, max_side: int) -> Picture:
    width, height = image.size
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
    turn = _TURNS.get(orientation(image))
    if turn is not None:
        small = small.transpose(turn)
        width, height = (height, width) if turn in _SIDEWAYS else (width, height)
    if max(width, height) > max_side:
        notes.append(_scaled(width, height, small.size))
    return Picture(_bgr(small), (width, height), tuple(notes))


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8, of a decoded picture."""
    value = image.getexif().get(_ORIENTATION, 1)
    return value if value in _TURNS else 1


def upright_copy(image: Image.Image, max_side: int = MAX_SIDE) -> Bgr:
    """Return a copy of a decoded picture as :func:`read_image` gives it."""
    small, turn = _shrink(image, max_side), _TURNS.get(orientation(image))
    return _bgr(small if turn is None else small.transpose(turn))


def _bgr(image: Image.Image) -> Bgr:
    return np.ascontiguousarray(np.asarray(image, dtype=np.uint8)[:, :, ::-1])


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
    if is_deep(image):
        black, white = _levels(image)
        return lambda part: _eight_bit(part, black, white).convert("RGB")
    if is_see_through(image):
        paper = "white" if _shows_on(image, "white") or not _shows_on(image, "black") else "black"
        return lambda part: _laid_on(part, paper)
    return lambda part: part.convert("RGB")


def is_deep(image: Image.Image) -> bool:
    """Whether it is grey of more than 8 bits, or of floats."""
    return image.mode.startswith("I") or image.mode == "F"


def is_see_through(image: Image.Image) -> bool:
    """Whether some of it may be transparent."""
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info


def eight_bit_grey(image: Image.Image) -> Image.Image:
    """Return a deep grey picture (see :func:`is_deep`) in mode ``L``, made band by band."""
    black, white = _levels(image)
    made, top = Image.new("L", image.size), 0
    for part in _bands(image):
        made.paste(_eight_bit(part, black, white), (0, top))
        top += part.height
    return made


def _bands(image: Image.Image) -> Iterator[Image.Image]:
    rows = max(_BAND // image.width, 1)
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))


def _levels(image: Image.Image) -> tuple[float, float]:
    """Return the values that are black and white in a deep grey picture.

    Files of 10, 12 or 14 bits come in 16; floats count from 0 to 1 or to 255.
    """
    low, high = math.inf, -math.inf
    for part in _bands(image):
        values = np.asarray(part, dtype=np.float32)
        known = values[np.isfinite(values)]
        if known.size:
            low, high = min(low, float(known.min())), max(high, float(known.max()))
    if low < 0 or high > 65535:
        return min(low, 0.0), high
    if image.mode == "F" and high <= _BRIGHTEST_FLOAT:
        return 0.0, max(high, 1.0)
    return 0.0, float(2 ** max(8, math.ceil(math.log2(max(high, 1.0) + 1))) - 1)


def _eight_bit(part: Image.Image, black: float, white: float) -> Image.Image:
    """Bring deep grey from *black*..*white* to 0..255; what is no number is black."""
    values = np.nan_to_num(np.asarray(part, dtype=np.float32), nan=black)
    scaled = (values - black) * np.float32(255.0 / max(white - black, 1e-30))
    return Image.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))


def _shows_on(image: Image.Image, paper: str) -> bool:
    """Whether anything can be seen of a transparent picture on *paper*."""
    ground = 255 if paper == "white" else 0
    for part in _bands(image):
        grey = np.asarray(_laid_on(part, paper).convert("L"), dtype=np.int16)
        if np.abs(grey - ground).max() > _FAINT:
            return True
    return False


def _laid_on(part: Image.Image, paper: str) -> Image.Image:
    rgba = part.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, paper), rgba).convert("RGB")


def encode_png(image: Bgr) -> bytes:
    """Return a BGR image as the bytes of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image[:, :, ::-1])).save(buffer, format="PNG")
    return buffer.getvalue()
