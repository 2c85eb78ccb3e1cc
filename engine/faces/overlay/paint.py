"""Painting marks into a picture, for files that are saved: what the window paints with Qt."""

from __future__ import annotations

import functools
import importlib.util
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.core.errors import ModelMissingError
from engine.faces.overlay.marks import (
    EDGE,
    PILL,
    Arrow,
    Bars,
    Colour,
    Dots,
    Frame,
    Lines,
    Mark,
    Ring,
    Tag,
    bars_place,
    fine,
    tag_place,
)
from engine.faces.result import Box
from engine.media.images import Bgr

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

TRACK: Colour = (96, 86, 80)
"""What a bar lies on."""


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


SHIFT = 4
"""Places are given to OpenCV in sixteenths of a pixel."""

SEEN = 800
"""Sizes are those of a picture that is seen so many pixels wide or high."""


def paint(image: Bgr, marks: Sequence[Mark]) -> Bgr:
    """Return a copy of *image* (H, W, 3) with *marks* on it, sizes in step with the picture's."""
    scene = image.copy()
    unit = float(np.clip(max(scene.shape[:2]) / SEEN, 0.75, 6.0))
    room = (0.0, 0.0, float(scene.shape[1]), float(scene.shape[0]))
    taken: list[Box] = []
    for mark in marks:
        match mark:
            case Lines():
                _lines(scene, mark, _fine(mark.face, unit))
            case Dots():
                _dots(scene, mark, _fine(mark.face, unit))
            case Ring():
                _ring(scene, mark, _fine(mark.face, unit))
            case Frame():
                _frame(scene, mark, _fine(mark.face, unit))
            case Arrow():
                _arrow(scene, mark, _fine(mark.face, unit))
            case Tag():
                picture = pill(mark.text, round(14 * unit), mark.colour, mark.ink)
                size = (float(picture.shape[1]), float(picture.shape[0]))
                taken.append(tag_place(mark.box, size, room, taken))
                _lay(scene, picture, taken[-1])
            case Bars():
                picture = panel(mark.rows, round(12 * unit), mark.colour)
                size = (float(picture.shape[1]), float(picture.shape[0]))
                _lay(scene, picture, bars_place(mark.box, size, room))
    return scene


def _lines(scene: Bgr, mark: Lines, unit: float) -> None:
    import cv2

    if not len(mark.ends):
        return
    thick = _thick(mark.width, unit)
    low = np.maximum(np.floor(mark.ends.min(axis=(0, 1))) - thick - 2, 0).astype(int)
    high = np.ceil(mark.ends.max(axis=(0, 1))).astype(int) + thick + 3
    part = scene[low[1] : max(high[1], 0), low[0] : max(high[0], 0)]
    if not part.size:
        return
    ends = list(_sixteenths(mark.ends - low.astype(np.float32)))
    inked = part.copy()
    if mark.edge:
        cv2.polylines(inked, ends, False, EDGE, thick + 1, cv2.LINE_AA, SHIFT)
        cv2.addWeighted(inked, 0.35, part, 0.65, 0, dst=inked)
    cv2.polylines(inked, ends, False, mark.colour, thick, cv2.LINE_AA, SHIFT)
    cv2.addWeighted(inked, mark.opacity, part, 1 - mark.opacity, 0, dst=part)


def _dots(scene: Bgr, mark: Dots, unit: float) -> None:
    import cv2

    radius = mark.radius * unit
    for place in _sixteenths(mark.places).tolist():
        if mark.rim is not None:
            wide = round(16 * (radius + max(unit, 1.0)))
            cv2.circle(scene, place, wide, mark.rim, -1, cv2.LINE_AA, SHIFT)
        cv2.circle(scene, place, round(16 * radius), mark.colour, -1, cv2.LINE_AA, SHIFT)


def _ring(scene: Bgr, mark: Ring, unit: float) -> None:
    import cv2

    centre, radius = _whole(mark.centre), round(16 * mark.radius)
    thick = _thick(mark.width, unit)
    for colour, wide in ((EDGE, thick + 1), (mark.colour, thick)):
        cv2.circle(scene, centre, radius, colour, wide, cv2.LINE_AA, SHIFT)


def _frame(scene: Bgr, mark: Frame, unit: float) -> None:
    import cv2

    x, y, width, height = mark.box
    thick = _thick(mark.width, unit)
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    if not mark.dashed:
        ends = _sixteenths(np.array(corners, dtype=np.float32))
        cv2.polylines(scene, [ends], False, mark.colour, thick, cv2.LINE_AA, SHIFT)
        return
    step = max(width, height) / 12
    for colour, wide in ((EDGE, thick + 2), (mark.colour, thick)):
        for start, end in itertools.pairwise(corners):
            for one, two in _dashes(start, end, step):
                cv2.line(scene, _whole(one), _whole(two), colour, wide, cv2.LINE_AA, SHIFT)


def _dashes(
    start: tuple[float, float], end: tuple[float, float], step: float
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the dashes of a line, each about *step* long, as pairs of ends."""
    line = np.array(end) - np.array(start)
    count = max(round(float(np.hypot(*line)) / step / 2), 1)
    made = []
    for number in range(count):
        (x0, y0), (x1, y1) = (np.array(start) + line * (number + at) / count for at in (0.2, 0.8))
        made.append(((float(x0), float(y0)), (float(x1), float(y1))))
    return made


def _arrow(scene: Bgr, mark: Arrow, unit: float) -> None:
    import cv2

    thick = _thick(mark.width, unit)
    start, end = _whole(mark.start), _whole(mark.end)
    for colour, wide in ((EDGE, thick + 2), (mark.colour, thick)):
        cv2.arrowedLine(scene, start, end, colour, wide, cv2.LINE_AA, SHIFT, 0.18)
    if mark.name:
        place = (round(mark.end[0]) + 3 * thick, round(mark.end[1]) + 3 * thick)
        scale = 0.5 * unit
        for ink, wide in ((EDGE, thick + 2), (mark.colour, max(thick - 1, 1))):
            cv2.putText(
                scene, mark.name, place, cv2.FONT_HERSHEY_SIMPLEX, scale, ink, wide, cv2.LINE_AA
            )


def _lay(scene: Bgr, picture: npt.NDArray[np.uint8], place: Box) -> None:
    """Lay a (h, w, 4) BGRA picture on *scene*, in place; what lies beyond its edge is cut off."""
    x, y = max(round(place[0]), 0), max(round(place[1]), 0)
    part = scene[y : y + picture.shape[0], x : x + picture.shape[1]]
    cut = picture[: part.shape[0], : part.shape[1]]
    alpha = cut[:, :, 3:].astype(np.float32) / 255
    part[:] = (part * (1 - alpha) + cut[:, :, :3] * alpha).astype(np.uint8)


def _fine(face: float, unit: float) -> float:
    return unit * fine(face, 1 / unit)


def _thick(width: float, unit: float) -> int:
    return max(round(width * unit), 1)


def _sixteenths(places: npt.NDArray[np.float32]) -> npt.NDArray[np.int32]:
    return np.round(np.asarray(places, dtype=np.float64) * (1 << SHIFT)).astype(np.int32)


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * (1 << SHIFT)), round(point[1] * (1 << SHIFT))
