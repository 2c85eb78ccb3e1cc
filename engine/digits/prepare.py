"""Ink -> the picture that MNIST would hold of it: 20-pixel box, centre of mass in 28x28.

The preparation is that of Y. LeCun, C. Cortes and C. Burges, "The MNIST database of
handwritten digits": size-normalised to a 20x20 box keeping the aspect ratio, then placed
so that the centre of mass lies at the centre of a 28x28 field.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError, Message
from engine.digits.result import Prepared

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


SIDE = 28
BOX = 20
CENTRE = 14.0
"""Row and column of the centre of mass in MNIST's own digits (their mean is 14.0)."""

THIN, BOLD = 1.9, 5.5
"""Stroke widths, in pixels of the 20-pixel box, between which MNIST's digits lie."""

SMALLEST = 8
"""Pixels of the picture that a digit is at least high or wide."""

_BLOT = 0.74
"""Share of its box that a blot fills; of MNIST's digits about as broad as high, 1 in 1,000 does."""

_CUTS = 3
_SPECK = 0.02
_NEAR = 0.35
_LONG = 0.4  # share of the picture's side from which a piece at its rim is a line or a shadow

SEVERAL = Message(
    "숫자가 여러 개 보여서 가장 큰 것만 읽었어요.",
    "Several digits are there; only the largest was read.",
)
DOT = Message(
    "점이나 얼룩처럼 보여요. 숫자를 더 크게 그려 주세요.",
    "This looks like a dot or a blot. Draw the digit larger.",
)
TOUCHED = Message(
    "종이의 줄이나 그림자가 숫자에 닿아 있어서 답이 틀릴 수 있어요.",
    "A line or shadow of the paper touches the digit, so the answer may be wrong.",
)


@dataclass(frozen=True, eq=False)
class Picture:
    """A prepared digit.

    Attributes:
        pixels: (28, 28) uint8.
        warnings: what was left out of it, and what speaks against a digit, in words.
        aspect: width by height of its ink.
        halves: the two sides of the likeliest cuts from top to bottom, prepared, to see whether
            two digits touch; *apart*: whether a cut meets no ink.
    """

    pixels: Prepared
    warnings: tuple[Message, ...] = ()
    aspect: float = 1.0
    halves: tuple[tuple[Prepared, Prepared], ...] = ()
    apart: bool = False


def prepare(image: npt.NDArray[np.uint8]) -> Picture:
    """Return the digit of *image* (see :func:`engine.digits.predict`) as MNIST would hold it.

    Raises:
        InputError: not a picture, or a blank one.
    """
    ready = _already(image)
    if ready is not None:
        digit = _cropped(ready.astype(np.float32) / 255.0)
        warnings: tuple[Message, ...] = ()
    else:
        digit, warnings = _main_piece(without_rules(ink_map(image)))
        ready = _normal(digit)
    halves, apart = _halves(digit)
    return Picture(ready, warnings, digit.shape[1] / digit.shape[0], halves, apart)


def _normal(digit: Ink) -> Prepared:
    return _placed(_boxed(_stroke(digit)))


def _halves(digit: Ink) -> tuple[tuple[tuple[Prepared, Prepared], ...], bool]:
    """Cut *digit* where its columns hold the least ink; see :class:`Picture`."""
    height, width = digit.shape
    broad = max(1, width // 30) | 1
    columns = np.convolve(digit.sum(axis=0), np.ones(broad) / broad, "same")
    clear = np.flatnonzero(digit.max(axis=0) < 0.05)
    clear = clear[(clear > width // 12) & (clear < width - width // 12)]
    cuts = [int(clear[len(clear) // 2])] if len(clear) else []
    first, last = width // 4, max(3 * width // 4, width // 4 + 1)
    for cut in first + np.argsort(columns[first:last], kind="stable"):
        if len(cuts) < _CUTS and all(abs(cut - other) >= max(2, width // 12) for other in cuts):
            cuts.append(int(cut))
    pairs = [(digit[:, :cut], digit[:, cut:]) for cut in cuts]
    tall = [pair for pair in pairs if all(_height(side) >= 0.55 * height for side in pair)]
    apart = bool(tall) and len(clear) > 0
    return tuple((_normal(left), _normal(right)) for left, right in tall), apart


def _height(ink: Ink) -> int:
    rows = np.flatnonzero((ink > 0.5).any(axis=1))
    return int(np.ptp(rows)) + 1 if len(rows) else 0


def _already(image: npt.NDArray[np.uint8]) -> Prepared | None:
    """Return a 28x28 picture that is in MNIST's form already, in its polarity."""
    if image.shape[:2] != (SIDE, SIDE) or image.dtype != np.uint8:
        return None
    grey = image if image.ndim == 2 else image[:, :, 0]
    if image.ndim == 3 and not (image[:, :, :3] == grey[:, :, None]).all():
        return None
    if (image.ndim == 3 and image.shape[2] == 4) and not (image[:, :, 3] == 255).all():
        return None
    for picture in (grey, 255 - grey):
        rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
        if not len(rows) or max(np.ptp(rows), np.ptp(columns)) + 1 > BOX:
            continue
        if all(abs(place - CENTRE) <= 1.0 for place in _mass(picture.astype(np.float32))):
            return np.ascontiguousarray(picture)
    return None


def _mass(ink: Ink) -> tuple[float, float]:
    """Return the (row, column) of the centre of mass."""
    total = float(ink.sum())
    rows, columns = np.arange(ink.shape[0]), np.arange(ink.shape[1])
    return float(ink.sum(axis=1) @ rows) / total, float(ink.sum(axis=0) @ columns) / total


def _main_piece(ink: Ink) -> tuple[Ink, tuple[Message, ...]]:
    """Return the largest piece with those close to it, cropped, and what is to be said of it.

    Specks are dropped, and so are shadows and ruled edges that reach the picture's rim
    where the rest does not.
    """
    import cv2

    count, which, stats, _ = cv2.connectedComponentsWithStats((ink > 0.35).astype(np.uint8))
    boxes = [(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist()]
    areas = stats[1:, cv2.CC_STAT_AREA].tolist()
    if count < 2:
        raise blank()
    height, width = ink.shape
    rim = [x == 0 or y == 0 or r == width or b == height for x, y, r, b in boxes]
    free = [area for area, at_rim in zip(areas, rim, strict=True) if not at_rim]
    drop_rim = bool(free) and max(free) >= 0.15 * max(areas)
    left = {i for i in range(count - 1) if not (rim[i] and drop_rim)}
    main = max(left, key=lambda i: areas[i])
    left = {i for i in left if areas[i] >= _SPECK * areas[main]}
    chosen, box = {main}, boxes[main]
    while near := {i for i in left - chosen if _gap(box, boxes[i]) <= _NEAR * _side(box)}:
        chosen |= near
        joined = [boxes[i] for i in chosen]
        box = (*np.min(joined, axis=0)[:2].tolist(), *np.max(joined, axis=0)[2:].tolist())
    others = any(areas[i] >= 0.25 * areas[main] for i in left - chosen)
    keep = np.isin(which, [i + 1 for i in chosen]).astype(np.uint8)
    soft = ink * cv2.dilate(keep, np.ones((3, 3), np.uint8))  # with the strokes' soft edges
    digit = soft[box[1] : box[3], box[0] : box[2]]
    long = any(
        at_rim and max((b[2] - b[0]) / width, (b[3] - b[1]) / height) > _LONG
        for b, at_rim in zip(boxes, rim, strict=True)
    )
    said = ((SEVERAL, others), (DOT, _is_dot(digit)), (TOUCHED, long))
    return digit, tuple(message for message, holds in said if holds)


def _is_dot(digit: Ink) -> bool:
    height, width = digit.shape
    round_ = 0.6 <= width / height <= 1.6
    return max(height, width) < SMALLEST or (round_ and float((digit > 0.5).mean()) > _BLOT)


def _side(box: tuple[int, ...]) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _gap(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    """Return the distance between two boxes (left, top, right, bottom); 0 if they overlap."""
    x = max(first[0] - second[2], second[0] - first[2], 0)
    y = max(first[1] - second[3], second[1] - first[3], 0)
    return float(np.hypot(x, y))


def _stroke(digit: Ink) -> Ink:
    """Thicken hair-thin strokes and thin out fat ones, to the widths that MNIST knows."""
    import cv2

    side = max(digit.shape)
    inked = (np.pad(digit, 1) > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(inked, cv2.DIST_L2, 5)
    if not inked.any() or side < BOX:
        return digit
    width = 4.0 * float(depth[depth > 0].mean())  # a band of width w has the mean depth w/4
    scaled = width * BOX / side
    if THIN <= scaled <= BOLD:
        return digit
    change = ((THIN + 0.4 if scaled < THIN else BOLD) - scaled) * side / BOX
    reach = max(1, round(abs(change) / 2))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    if change > 0:
        return np.asarray(cv2.dilate(np.pad(digit, reach), kernel), np.float32)
    thinner = np.asarray(cv2.erode(digit, kernel), np.float32)
    return thinner if (thinner > 0.5).sum() > 0.2 * (digit > 0.5).sum() else digit


def _boxed(digit: Ink) -> Ink:
    """Return the digit scaled so that its longer side is 20 pixels, at full strength."""
    import cv2

    cropped = _cropped(digit)
    height, width = cropped.shape
    scale = BOX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(cropped, size, interpolation=method).reshape(size[1], size[0])
    return np.clip(small / max(float(np.percentile(small, 99)), 0.2), 0.0, 1.0)


def _cropped(digit: Ink) -> Ink:
    inked = digit > 0.05
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    return digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _placed(box: Ink) -> Prepared:
    """Lay the box into 28x28 with its centre of mass at the centre, nothing cut off."""
    height, width = box.shape
    row, column = _mass(box)
    top = int(np.clip(round(CENTRE - row), 0, SIDE - height))
    left = int(np.clip(round(CENTRE - column), 0, SIDE - width))
    field = np.zeros((SIDE, SIDE), dtype=np.uint8)
    field[top : top + height, left : left + width] = np.round(box * 255.0)
    return field
