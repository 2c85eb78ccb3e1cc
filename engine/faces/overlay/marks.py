"""What is laid over a picture, as shapes in the picture's pixels, before anybody paints it.

Places are pixels of the picture, with fractions; widths, radii and texts are sizes on the
screen, so that a painter on a screen draws them sharp at any zoom. *face* is the width in
pixels of the face that a mark belongs to: lines are thinner on faces that are seen small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.faces.result import Box

Colour: TypeAlias = tuple[int, int, int]
"""BGR."""

Points: TypeAlias = npt.NDArray[np.float32]

EDGE: Colour = (30, 26, 22)
"""A dark edge, so that light lines are seen on bright faces."""

PILL: Colour = (44, 34, 30)
"""Ground of texts that belong to no person's colour."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Straight lines: (N, 2, 2) ends; *edge*: with a dark one around."""

    ends: Points
    colour: Colour
    width: float
    face: float
    opacity: float = 1.0
    edge: bool = False


@dataclass(frozen=True, eq=False)
class Dots:
    """Filled dots at (N, 2) places, with a thin ring of *rim* around where there is one."""

    places: Points
    colour: Colour
    radius: float
    face: float
    rim: Colour | None = None


@dataclass(frozen=True)
class Ring:
    """A circle; its radius too is in pixels of the picture."""

    centre: tuple[float, float]
    radius: float
    colour: Colour
    width: float
    face: float


@dataclass(frozen=True)
class Frame:
    """A box; *dashed* in two colours, which can be seen on any ground."""

    box: Box
    colour: Colour
    width: float
    face: float
    dashed: bool = False


@dataclass(frozen=True)
class Arrow:
    """An arrow, with a letter at its head where it has a name."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: Colour
    width: float
    face: float
    name: str = ""


@dataclass(frozen=True)
class Tag:
    """Words on a coloured ground above a box."""

    box: Box
    text: str
    colour: Colour = PILL

    @property
    def ink(self) -> Colour:
        """White or black, whichever is read better on the ground (contrast by WCAG 2.1)."""
        parts = (np.array(self.colour) / 255 + 0.055) / 1.055
        luminance = float(np.dot(parts**2.4, (0.0722, 0.7152, 0.2126)))
        white = 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05
        return (255, 255, 255) if white else (0, 0, 0)


@dataclass(frozen=True)
class Bars:
    """Named values in 0..1 as bars, beside a box."""

    box: Box
    rows: tuple[tuple[str, float], ...]
    colour: Colour


Mark: TypeAlias = Lines | Dots | Ring | Frame | Arrow | Tag | Bars

WHOLE = 140.0
"""Width on the screen from which a face has lines of full width."""


def fine(face: float, scale: float) -> float:
    """Return the share of their width that lines have on a face, 0.45..1.

    >>> fine(50, 1.4), fine(50, 4.0)
    (0.5, 1.0)

    Args:
        face: its width in pixels of the picture.
        scale: pixels on the screen per pixel of the picture.
    """
    return min(max(face * scale / WHOLE, 0.45), 1.0)


def tag_place(box: Box, size: tuple[float, float], room: Box, taken: Sequence[Box] = ()) -> Box:
    """Return where words of *size* go: above *box*, within *room*, beside those that are there.

    All in the painter's own pixels.
    """
    width, height = size
    x = _within(box[0], room[0], room[0] + room[2] - width)
    top = box[1] - height - 0.25 * height
    for y in (top, box[1] + box[3] + 0.25 * height, *(top - step * height for step in (1.1, 2.2))):
        place = (x, _within(y, room[1], room[1] + room[3] - height), width, height)
        if not any(_meet(place, other) for other in taken):
            return place
    return (x, _within(top, room[1], room[1] + room[3] - height), width, height)


def bars_place(box: Box, size: tuple[float, float], room: Box) -> Box:
    """Return where bars of *size* go: right of *box*, or left, or at the side with more room."""
    width, height = size
    gap = 0.06 * width
    right, left = box[0] + box[2] + gap, box[0] - gap - width
    x = right
    if right + width > room[0] + room[2]:
        x = left if left >= room[0] else room[0] + room[2] - width
    y = _within(box[1], room[1], room[1] + room[3] - height)
    return (_within(x, room[0], room[0] + room[2] - width), y, width, height)


def _within(value: float, low: float, high: float) -> float:
    return max(min(value, high), low)


def _meet(one: Box, two: Box) -> bool:
    return (
        one[0] < two[0] + two[2]
        and two[0] < one[0] + one[2]
        and one[1] < two[1] + two[3]
        and two[1] < one[1] + one[3]
    )
