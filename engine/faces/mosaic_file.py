"""An image file with its faces hidden: same format, quality and orientation, no old preview."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from engine.errors import InputError
from engine.faces.mosaic import Hider
from engine.images import MAX_PIXELS
from engine.saving import replacing

_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""From upright to how a file of such an EXIF orientation stores its pixels."""

_ORIENTATION, _EXIF_PART, _MAKER_NOTE = 0x0112, 0x8769, 0x927C
_WITH_EXIF = ("JPEG", "MPO", "PNG", "WEBP")
_LOSSLESS = ("tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits")
_FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "BMP", "TIFF", "GIF")


def hide_in_file(source: Path, target: Path, hider: Hider) -> int:
    """Write *source* with its faces hidden to *target*; return how many were hidden.

    Nothing is written when there is no face. JPEG keeps its tables (so its quality), PNG and
    WebP their transparency. Orientation and the other EXIF data stay (a TIFF is turned upright
    instead); the small preview and the camera's own notes, which may show the face, go.

    Raises:
        InputError: no image, damaged, too large, moving, or of a kind that is not written.
        StorageError: *target* cannot be written.
    """
    data = _read(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                _check(image, source)
                made, count = _hidden(image, hider)
                options = _options(image)
                kind = "JPEG" if image.format == "MPO" else str(image.format)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InputError(
            f"사진으로 읽을 수 없는 파일이에요: {source.name}",
            f"{source.name} is not an image that can be read.",
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputError(
            f"사진이 손상되었어요: {source.name}", f"The image {source.name} is damaged: {error}"
        ) from error
    if count:
        with replacing(target, make_folder=True) as part:
            made.save(part, format=kind, **options)
    return count


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error
    if not data:
        raise InputError(f"빈 파일이에요: {path.name}", f"The file {path.name} is empty.")
    return data


def _check(image: Image.Image, path: Path) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"사진이 너무 커요: {path.name} ({width}×{height})",
            f"The image {path.name} is too large: {width} x {height} pixels.",
        )
    if image.format not in _FORMATS:
        raise InputError(
            f"이 형식으로는 저장할 수 없어요: {path.name} ({image.format})",
            f"{path.name} is of a kind that is not written: {image.format}.",
        )
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise InputError(
            f"움직이거나 여러 장이 든 그림은 가릴 수 없어요: {path.name}. 동영상으로 바꿔 주세요.",
            f"{path.name} holds several pictures; make a video of it first.",
        )


def _hidden(image: Image.Image, hider: Hider) -> tuple[Image.Image, int]:
    """Return the picture with its faces hidden, as the file stores it, and their number."""
    orientation = image.getexif().get(_ORIENTATION, 1)
    upright = ImageOps.exif_transpose(image)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    rgba = upright.convert("RGBA") if see_through else None
    rgb = np.asarray((rgba or upright).convert("RGB"), dtype=np.uint8)
    bgr, count = hider.hide(np.ascontiguousarray(rgb[:, :, ::-1]))
    made = Image.fromarray(np.ascontiguousarray(bgr[:, :, ::-1]))
    if rgba is not None:
        made.putalpha(rgba.getchannel("A"))
    elif image.mode in ("1", "L"):
        made = made.convert("L")
    back = _BACK.get(orientation) if image.format in _WITH_EXIF else None
    return (made if back is None else made.transpose(back)), count


def _options(image: Image.Image) -> dict[str, Any]:
    """Return how Pillow is to write a picture like *image*."""
    options: dict[str, Any] = {}
    exif = image.getexif()
    exif.get_ifd(_EXIF_PART).pop(_MAKER_NOTE, None)
    if len(exif) and image.format in _WITH_EXIF:
        clean = Image.Exif()
        clean.load(exif.tobytes())
        options["exif"] = clean
    for key in ("icc_profile", "dpi"):
        if image.info.get(key):
            options[key] = image.info[key]
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        options["qtables"] = image.quantization
        sampling = JpegImagePlugin.get_sampling(image)
        if sampling >= 0:
            options["subsampling"] = sampling
        options["progressive"] = bool(image.info.get("progressive"))
    elif image.format == "WEBP":
        options["quality"] = 92
    elif image.format == "TIFF" and image.info.get("compression") in _LOSSLESS:
        options["compression"] = image.info["compression"]
    return options
