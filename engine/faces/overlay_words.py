"""Words and bars as small pictures, for what is painted into a picture without Qt."""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.errors import ModelMissingError
from engine.faces.overlay_marks import PILL, Colour

TRACK: Colour = (96, 86, 80)
"""What a bar lies on."""

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

OPAQUE = 225
"""Of 255: how much of the picture words cover."""


@functools.lru_cache(maxsize=128)
def pill(text: str, size: int, colour: Colour, ink: Colour) -> npt.NDArray[np.uint8]:
    """Return *text* in *ink* on a rounded ground of *colour*, (h, w, 4) BGRA uint8."""
    from PIL import Image, ImageDraw

    font = _font(size)
    left, top, right, bottom = font.getbbox(text)
    pad = size // 2
    width, height = int(right - left) + 2 * pad, int(size * 1.25) + pad
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pencil = ImageDraw.Draw(image)
    ground = (*colour[::-1], OPAQUE)
    pencil.rounded_rectangle((0, 0, width - 1, height - 1), height // 3, fill=ground)
    place = (pad - left, (height - (bottom - top)) / 2 - top)
    pencil.text(place, text, font=font, fill=ink[::-1])
    return _bgra(image)


def panel(rows: tuple[tuple[str, float], ...], size: int, colour: Colour) -> npt.NDArray[np.uint8]:
    """Return named bars in *colour* on a dark ground, (h, w, 4) BGRA uint8."""
    from PIL import Image, ImageDraw

    font = _font(size)
    pad, line, gap = size // 2, round(1.6 * size), size // 2
    names = max((int(font.getlength(name)) for name, _ in rows), default=0)
    length = 5 * size
    image = Image.new("RGBA", (names + length + gap + 2 * pad, line * len(rows) + 2 * pad))
    pencil = ImageDraw.Draw(image)
    box = (0, 0, image.width - 1, image.height - 1)
    pencil.rounded_rectangle(box, size // 2, fill=(*PILL[::-1], OPAQUE))
    for number, (name, value) in enumerate(rows):
        y = pad + line * number + line // 2
        pencil.text((pad, y), name, font=font, fill=(255, 255, 255), anchor="lm")
        x, half = pad + names + gap, max(size // 4, 1)
        pencil.rectangle((x, y - half, x + length, y + half), fill=TRACK[::-1])
        filled = x + max(round(length * min(value, 1.0)), 1)
        pencil.rectangle((x, y - half, filled, y + half), fill=colour[::-1])
    return _bgra(image)


def _bgra(image: Image) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(image)[:, :, [2, 1, 0, 3]])


@functools.lru_cache(maxsize=8)
def _font(size: int) -> FreeTypeFont:
    """Return NanumGothic, which koreanize-matplotlib carries (found without importing it)."""
    from PIL import ImageFont

    spec = importlib.util.find_spec("koreanize_matplotlib")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise ModelMissingError(
            "한글 글꼴이 없어서 이름표를 그릴 수 없어요. 프로그램을 다시 설치해 주세요.",
            "The font NanumGothic (package koreanize-matplotlib) is missing. Install it again.",
        )
    return ImageFont.truetype(str(Path(places[0]) / "fonts" / "NanumGothicBold.ttf"), size)
