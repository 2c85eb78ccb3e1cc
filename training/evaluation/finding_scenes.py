"""Scenes with known faces, made of portraits: pasted small, turned, dark, blurred, ten at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engine.faces.landmarks import Found
from engine.faces.pieces import around
from engine.faces.result import Box
from engine.faces.turns import turned
from engine.images import Bgr

CANVAS = (960, 1280)
"""Height and width of a scene in pixels."""

Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Truth:
    """One face of a scene: its box in pixels, and by how many degrees it was turned."""

    box: Box
    degrees: float = 0.0


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture and the faces that were put into it."""

    image: Bgr
    faces: tuple[Truth, ...]


@dataclass(frozen=True, eq=False)
class Head:
    """A face cut out with its surroundings: square, and the face's box in it."""

    image: Bgr
    box: Box


def cut(image: Bgr, face: Found) -> Head:
    """Return the square around *face*, 1.6 times as long as its box."""
    part = around(image, face.box, 1.6)
    x, y, width, height = face.box
    box = (
        (x - part.x) * part.scale,
        (y - part.y) * part.scale,
        width * part.scale,
        height * part.scale,
    )
    return Head(part.image, box)


def small(heads: Sequence[Head], rng: Rng) -> Scene:
    """One face of 24 to 60 pixels' width."""
    return _one(heads, rng, rng.uniform(24, 60))


def turned_face(heads: Sequence[Head], rng: Rng) -> Scene:
    """One face of 80 to 200 pixels, turned by any angle."""
    return _one(heads, rng, rng.uniform(80, 200), degrees=rng.uniform(0, 360))


def dark(heads: Sequence[Head], rng: Rng) -> Scene:
    """One face of 80 to 200 pixels at 6 to 15 % of the light, with sensor noise."""
    scene = _one(heads, rng, rng.uniform(80, 200))
    light = scene.image * rng.uniform(0.06, 0.15) + rng.normal(0, 2.5, scene.image.shape)
    return Scene(np.clip(light, 0, 255).astype(np.uint8), scene.faces)


def blurred(heads: Sequence[Head], rng: Rng) -> Scene:
    """One face of 80 to 200 pixels, blurred by 3 to 7 % of its width (sigma)."""
    width = rng.uniform(80, 200)
    scene = _one(heads, rng, width)
    soft = cv2.GaussianBlur(scene.image, (0, 0), float(width * rng.uniform(0.03, 0.07)))
    return Scene(np.asarray(soft, dtype=np.uint8), scene.faces)


def group(heads: Sequence[Head], rng: Rng) -> Scene:
    """Ten faces of 30 to 90 pixels, in two rows."""
    canvas = scrambled(heads[0].image, CANVAS, rng)
    truth = []
    for number in range(10):
        head = heads[number % len(heads)]
        at = (
            CANVAS[1] * (number % 5 + 0.5) / 5 + rng.uniform(-15, 15),
            CANVAS[0] * (number // 5 + 0.5) / 2 + rng.uniform(-90, 90),
        )
        truth.append(_paste(canvas, head, rng.uniform(30, 90), at, rng.uniform(-15, 15)))
    return Scene(canvas, tuple(truth))


def empty(heads: Sequence[Head], rng: Rng) -> Scene:
    """No face at all."""
    return Scene(scrambled(heads[0].image, CANVAS, rng), ())


SCENES: dict[str, Callable[[Sequence[Head], Rng], Scene]] = {
    "small": small,
    "turned": turned_face,
    "dark": dark,
    "blurred": blurred,
    "group": group,
    "empty": empty,
}


def scrambled(image: Bgr, size: tuple[int, int], rng: Rng) -> Bgr:
    """Return *image* at (height, width) *size* with its spatial phases drawn anew.

    Colours and frequencies are a photo's, and no shape is left in them.
    """
    large = cv2.resize(image, size[::-1], interpolation=cv2.INTER_CUBIC).astype(np.float64)
    phase = np.angle(np.fft.rfft2(rng.normal(size=size)))
    mixed = np.empty_like(large)
    for channel in range(3):
        wave = np.fft.rfft2(large[:, :, channel] - large[:, :, channel].mean())
        mixed[:, :, channel] = np.fft.irfft2(wave * np.exp(1j * phase), s=size)
        mixed[:, :, channel] += large[:, :, channel].mean()
    return np.clip(mixed, 0, 255).astype(np.uint8)


def _one(heads: Sequence[Head], rng: Rng, width: float, degrees: float = 0.0) -> Scene:
    canvas = scrambled(heads[0].image, CANVAS, rng)
    room = 1.8 * width
    at = (rng.uniform(room, CANVAS[1] - room), rng.uniform(room, CANVAS[0] - room))
    return Scene(canvas, (_paste(canvas, heads[0], width, at, degrees),))


def _paste(canvas: Bgr, head: Head, width: float, at: tuple[float, float], degrees: float) -> Truth:
    """Lay *head* onto *canvas* in place, cut round, its face *width* pixels wide."""
    scale = width / head.box[2]
    side = max(round(head.image.shape[0] * scale), 8)
    shrunk = cv2.resize(head.image, (side, side), interpolation=cv2.INTER_AREA)
    turn = turned(np.asarray(shrunk, dtype=np.uint8), degrees, 10_000).image
    height, across = turn.shape[:2]
    left, top = round(at[0] - across / 2), round(at[1] - height / 2)
    part = canvas[top : top + height, left : left + across]
    rows, columns = np.mgrid[:height, :across] + 0.5
    gone = np.hypot(rows - height / 2, columns - across / 2) / (side / 2)
    alpha = np.clip((1.0 - gone) * 6, 0, 1)[:, :, None]
    part[:] = (part * (1 - alpha) + turn * alpha).astype(np.uint8)
    long = max(head.box[2:]) * scale
    box = (left + across / 2 - long / 2, top + height / 2 - long / 2, long, long)
    return Truth(box, degrees)
