"""Image files into arrays: upright, 8-bit, BGR, within bounded memory."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from engine.errors import InputError

Bgr: TypeAlias = npt.NDArray[np.uint8]
"""An image (H, W, 3) uint8 in OpenCV's channel order."""

MAX_PIXELS = 200_000_000
"""Images beyond this are refused before any pixel is decoded."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own guard, at the same bound

MAX_SIDE = 4096
"""Longer sides are scaled down to this many pixels while reading."""

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".gif")
"""File endings that the open dialogs offer."""


def read_image(path: Path | str, max_side: int = MAX_SIDE) -> Bgr:
    """Read an image file as BGR, turned upright by its EXIF orientation.

    Grey, palette, RGBA (laid on white), CMYK and 16-bit files are converted; the
    first frame of an animation is taken.

    Raises:
        InputError: missing, empty, truncated, too large or no image.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error
    return decode_image(data, path.name, max_side)


def decode_image(data: bytes, name: str = "image", max_side: int = MAX_SIDE) -> Bgr:
    """Decode the bytes of an image file; see :func:`read_image`."""
    if not data:
        raise InputError(f"빈 파일이에요: {name}", f"The file {name} is empty.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                return _to_bgr(image, name, max_side)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InputError(
            f"사진으로 읽을 수 없는 파일이에요: {name}", f"{name} is not an image that can be read."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputError(
            f"사진이 손상되었어요: {name}", f"The image {name} is damaged: {error}"
        ) from error


def _to_bgr(image: Image.Image, name: str, max_side: int) -> Bgr:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"사진이 너무 커요: {name} ({width}×{height})",
            f"The image {name} is too large: {width} x {height} pixels.",
        )
    image.draft("RGB", (max_side, max_side))  # JPEG decodes at a fraction: bounded memory
    deep = image.mode.startswith("I") or image.mode == "F"
    if max(image.size) > max_side:
        image.load()
        image = image.copy()
        image.thumbnail(
            (max_side, max_side), Image.Resampling.NEAREST if deep else Image.Resampling.BOX
        )
    image = ImageOps.exif_transpose(image)
    if deep:
        image = _eight_bit(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        image = Image.alpha_composite(white, rgba)
    rgb = np.asarray(image.convert("RGB"), dtype=np.uint8)
    return np.ascontiguousarray(rgb[:, :, ::-1])


def _eight_bit(image: Image.Image) -> Image.Image:
    """Scale 16-bit or float grey to 8 bits, by the smallest range that holds its values."""
    values = np.asarray(image, dtype=np.float64)
    top = float(values.max(initial=0.0))
    scale = 1.0 if top <= 255 else (65535.0 if top <= 65535 else top) / 255.0
    return Image.fromarray(np.clip(values / scale, 0, 255).astype(np.uint8))


def encode_png(image: Bgr) -> bytes:
    """Return a BGR image as the bytes of a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image[:, :, ::-1])).save(buffer, format="PNG")
    return buffer.getvalue()
