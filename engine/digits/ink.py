"""Picture -> where the ink is: polarity and paper found, uneven light taken out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.errors import InputError

Ink = npt.NDArray[np.float32]
"""How much ink each pixel holds, (H, W) float32 in 0..1."""

MAX_SIDE = 1024
FAINT = 20.0
"""Levels of 0..255 by which ink must at least differ from its paper."""

_PLAIN_SHARE = 0.6
_PLAIN_LEVELS = 14.0
_INSIDE_FILL = 0.6
_INSIDE_RIM = 0.8
_RULED_SIDE = 80  # pixels below which a line of paper cannot be told from a stroke
_RULED_INK = 0.12
_MOST_TILT = 12.0  # degrees


def ink_map(image: npt.NDArray[np.uint8]) -> Ink:
    """Return the ink of a drawing or photo, dark on light or light on dark, any colour.

    A frame of one colour is the paper; otherwise the paper is estimated around each
    pixel, so that a shadow over a sheet is not ink. Where the ink found is a filled
    block (a sheet on a desk, a box in a form), the digit is looked for inside it.

    Raises:
        InputError: not a picture, or a blank one.
    """
    colours = _colours(image)
    ink = _found(colours)
    if ink is None:
        raise blank()
    inside = _inside(ink)
    if inside is not None:
        within = _found(np.ascontiguousarray(colours[inside]))
        if within is not None and (within > 0.5).mean() < _INSIDE_FILL:
            return within
    return ink


def blank() -> InputError:
    """Return the error that says that there is nothing to read."""
    return InputError(
        "아무것도 그려져 있지 않아요. 0부터 9까지 숫자 하나를 크게 그려 주세요.",
        "The picture is blank. Draw one digit from 0 to 9, large.",
    )


def _colours(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return (H, W, C) float32 levels, no side longer than ``MAX_SIDE``."""
    import cv2

    if image.dtype != np.uint8 or image.ndim not in (2, 3) or 0 in image.shape:
        raise InputError(
            "숫자를 읽을 수 있는 사진이 아니에요.",
            f"Not a picture: {image.dtype} of shape {image.shape}; uint8 (H, W[, 3]) is needed.",
        )
    layers = image[:, :, None] if image.ndim == 2 else image
    if layers.shape[2] == 4:  # transparent parts show white paper, or black under white ink
        alpha = layers[:, :, 3:].astype(np.float32) / 255.0
        on_white = layers[:, :, :3] * alpha + 255.0 * (1.0 - alpha)
        seen = float(on_white.min()) <= 255.0 - FAINT
        layers = (on_white if seen else layers[:, :, :3] * alpha).astype(np.uint8)
    elif layers.shape[2] not in (1, 3):
        layers = layers[:, :, :1]
    scale = MAX_SIDE / max(layers.shape[:2])
    if scale < 1:
        size = [max(1, round(side * scale)) for side in layers.shape[1::-1]]
        small = cv2.resize(layers, size, interpolation=cv2.INTER_AREA)
        return small.reshape(size[1], size[0], -1).astype(np.float32)
    return layers.astype(np.float32)


def _found(colours: npt.NDArray[np.float32]) -> Ink | None:
    frame = _frame(colours)
    paper = np.median(frame, axis=0)
    plain = (np.abs(frame - paper).max(axis=1) <= _PLAIN_LEVELS).mean()
    if plain >= _PLAIN_SHARE:
        return _scaled(np.abs(colours - paper).max(axis=2), noise=0.0)
    return _on_uneven_paper(colours)


def _frame(layers: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the (N, C) outermost pixels, about 2 % of each side."""
    height, width = layers.shape[:2]
    y, x = max(1, height // 50), max(1, width // 50)
    parts = (layers[:y], layers[-y:], layers[:, :x], layers[:, -x:])
    return np.concatenate([part.reshape(-1, layers.shape[2]) for part in parts])


def _on_uneven_paper(colours: npt.NDArray[np.float32]) -> Ink | None:
    """Ink on a photographed sheet: compare each pixel with the paper around it."""
    import cv2

    grey = colours.mean(axis=2)
    side = max(grey.shape)
    smooth = cv2.GaussianBlur(grey, (0, 0), max(0.6, side / 700))
    flat = smooth - cv2.GaussianBlur(smooth, (0, 0), side / 8)
    byte = np.clip(flat + 128.0, 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(byte, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if (byte > level).mean() < 0.5:  # most of a sheet is paper: here it is the dark part
        smooth = 255.0 - smooth
    depth = np.maximum(_paper(smooth) - smooth, 0.0)
    noise = 3.0 * 1.4826 * float(np.median(np.abs(depth - np.median(depth))))
    return _scaled(depth, noise + float(np.median(depth)))


def _paper(smooth: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return how light the paper is at each pixel: a closing wider than any stroke."""
    import cv2

    height, width = smooth.shape
    scale = min(1.0, 128 / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(smooth, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0])
    reach = max(3, max(size) // 4) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    closed = cv2.GaussianBlur(closed, (0, 0), reach / 6)
    return np.asarray(cv2.resize(closed, (width, height)).reshape(height, width), np.float32)


def _scaled(depth: npt.NDArray[np.float32], noise: float) -> Ink | None:
    """Scale differences from the paper to 0..1; ``None`` when none is more than faint."""
    top = float(depth.max(initial=0.0))
    if top < max(FAINT, noise):
        return None
    inked = depth[depth >= max(0.5 * top, noise)]
    full = max(float(np.median(inked)) * 0.9, 1.0)
    floor = max(noise, 0.12 * full)
    if full <= floor:
        return None
    return np.clip((depth - floor) / (full - floor), 0.0, 1.0).astype(np.float32)


def _inside(ink: Ink) -> tuple[slice, slice] | None:
    """Return the part inside of a filled block of ink (its rim inked all around), if it is one."""
    inked = ink > 0.5
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    height, width = bottom - top, right - left
    block = inked[top:bottom, left:right]
    if min(height, width) < max(24, 0.5 * max(height, width)) or block.mean() < _INSIDE_FILL:
        return None
    y, x = max(2, height // 16), max(2, width // 16)
    rim = np.ones_like(block)
    rim[y // 2 : -(y // 2), x // 2 : -(x // 2)] = False
    if block[rim].mean() < _INSIDE_RIM:
        return None
    return slice(top + y, bottom - y), slice(left + x, right - x)


def without_rules(ink: Ink) -> Ink:
    """Return *ink* without the lines of ruled or squared paper; strokes across them stay."""
    import cv2

    if min(ink.shape) < _RULED_SIDE:
        return ink
    ink = _straightened(ink)
    for turned in (False, True):
        page = np.ascontiguousarray(ink.T if turned else ink)
        rules, thickness = _rules(page)
        if rules.any():
            across = np.ones((2 * thickness + 3, 1), np.uint8)
            strokes = np.asarray(cv2.morphologyEx(page, cv2.MORPH_OPEN, across), np.float32)
            page = np.where(rules, np.minimum(page, strokes), page)
            ink = np.ascontiguousarray(page.T if turned else page)
    return ink


def _straightened(ink: Ink) -> Ink:
    """Return *ink* turned by some degrees, if need be, so that the paper's lines are level."""
    import cv2

    height, width = ink.shape
    inked = (ink > _RULED_INK).astype(np.uint8)
    stroke = np.ones((max(3, height // 40), max(3, width // 40)), np.uint8)
    broad = np.asarray(cv2.morphologyEx(inked, cv2.MORPH_OPEN, stroke), np.uint8)
    thin = np.asarray(inked & ~broad, np.uint8) & 1
    found = cv2.HoughLinesP(
        thin * 255, 1, np.pi / 720, width // 6, minLineLength=width * 0.3, maxLineGap=width // 30
    )
    if found is None:
        return ink
    ends = np.asarray(found, dtype=np.float64).reshape(-1, 4)
    along = ends[:, 2:] - ends[:, :2]
    turns = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    turns = (turns + 45) % 90 - 45  # lines down the paper count like those across
    slight = np.abs(turns) < _MOST_TILT
    tilt = float(np.median(turns[slight])) if slight.any() else 0.0
    if np.hypot(*along[slight].T).sum() < 1.5 * width or abs(tilt) < 0.1:
        return ink
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    return np.asarray(
        cv2.warpAffine(ink, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _rules(page: Ink) -> tuple[npt.NDArray[np.bool_], int]:
    """Return the rows (H, 1) around thin lines from side to side, and the lines' thickness."""
    import cv2

    height, width = page.shape
    most = max(2, height // 40)
    inked = (page > _RULED_INK).astype(np.uint8)
    runs = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, 3 * width // 10), np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((most + 1, 1), np.uint8))
    lines = (runs > 0) & (thick == 0)
    rim = max(width // 20, 1)
    rows = (lines.mean(axis=1) > 0.5) & lines[:, :rim].any(axis=1) & lines[:, -rim:].any(axis=1)
    groups = np.split(np.flatnonzero(rows), np.flatnonzero(np.diff(np.flatnonzero(rows)) > 1) + 1)
    thickness = max(map(len, groups))
    if thickness > most:
        return np.zeros((height, 1), dtype=np.bool_), 0
    around = np.ones((2 * max(1, thickness // 2) + 3, 1), np.uint8)
    return cv2.dilate(rows.astype(np.uint8)[:, None], around).reshape(-1, 1) > 0, thickness
