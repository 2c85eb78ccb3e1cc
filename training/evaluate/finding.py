"""How many faces the first look finds, the second, and the one that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.core.errors import InputError
from engine.faces.detect.landmarks import Found, Landmarker
from engine.faces.detect.multiscale_search import Finder, Findings
from engine.faces.detect.rotation import turned
from engine.faces.detect.tiling import around, same
from engine.faces.result import Box
from engine.media.images import Bgr
from engine.reports.sets import faces as portraits

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


LOOKS = ("first", "second", "asked")
"""The landmarker on the whole picture; the product's answer; its answer when asked for more."""

SHARE = 4
"""Scenes of a kind are a quarter of the portraits; a group counts ten faces."""

SEED = 20


def evaluate(data: Sequence[Path], limit: int | None = None) -> dict[str, object]:
    """Return recall, false finds a picture and milliseconds of each look, by kind of picture.

    ``portraits`` are the pictures as they are: there, found is who gives at least one face, and
    what is found besides is not counted as false. The other kinds are scenes of 1280 x 960
    pixels without any face but those pasted in, which are the portraits whose face the first
    look finds. A face counts as found when its box is right and, where there are landmarks,
    the mouth lies below the eyes as it does in truth (within 60 degrees). ``boxes`` is the
    share of faces that the third look finds without landmarks.

    Args:
        limit: use only this many portraits.

    Raises:
        InputError: the data holds no picture of a known class, or no face.
    """
    items = portraits.read(data, limit).items
    landmarker = Landmarker(max_faces=30)
    finder = Finder(landmarker)
    looks: dict[str, Callable[[Bgr], Findings]] = {
        "first": lambda image: Findings(landmarker.look(image), []),
        "second": finder.find,
        "asked": lambda image: finder.find(image, thorough=True),
    }
    try:
        heads, plain, unreadable = [], _Tally(looks), 0
        for item in items:
            try:
                image = item.picture() if item.picture is not None else None
            except InputError:
                image = None
            if image is None:
                unreadable += 1
                continue
            plain.portrait(image)
            seen = landmarker.look(image)
            heads += [cut(image, seen[0])] if seen else []
        if not heads:
            raise InputError("얼굴이 있는 사진이 없어요.", "The data holds no picture of a face.")
        kinds = {"portraits": plain.figures()}
        for kind in SCENES:
            kinds[kind] = _scenes(kind, heads, looks)
    finally:
        finder.close()
        landmarker.close()
    return {"n": len(items), "unreadable": unreadable, "heads": len(heads), "kinds": kinds}


def _scenes(
    kind: str, heads: Sequence[Head], looks: dict[str, Callable[[Bgr], Findings]]
) -> dict[str, float]:
    rng = np.random.default_rng(SEED)
    tally = _Tally(looks)
    for first in range(0, len(heads), 10 * SHARE if kind == "group" else SHARE):
        rolled = [*heads[first:], *heads[:first]]
        tally.scene(SCENES[kind](rolled[:10], rng))
    return tally.figures()


class _Tally:
    """Counts what each look finds."""

    def __init__(self, looks: dict[str, Callable[[Bgr], Findings]]) -> None:
        self._looks = looks
        self._pictures = self._faces = self._boxes = 0
        self._found = dict.fromkeys(looks, 0)
        self._false = dict.fromkeys(looks, 0)
        self._seconds = dict.fromkeys(looks, 0.0)

    def portrait(self, image: Bgr) -> None:
        """Count a picture that holds at least one face, nobody says where."""
        self._pictures += 1
        self._faces += 1
        for look in self._looks:
            found = self._look(look, image)
            self._found[look] += bool(found.faces or found.boxes)
            self._boxes += look == "asked" and not found.faces and bool(found.boxes)

    def scene(self, scene: Scene) -> None:
        """Count a picture whose faces are known."""
        self._pictures += 1
        self._faces += len(scene.faces)
        for look in self._looks:
            found = self._look(look, scene.image)
            with_points = sum(any(_is(f, t) for f in found.faces) for t in scene.faces)
            boxes = sum(
                any(same(box.box, t.box) for box in found.boxes)
                for t in scene.faces
                if not any(_is(f, t) for f in found.faces)
            )
            self._found[look] += with_points + boxes
            self._boxes += boxes if look == "asked" else 0
            places = [f.box for f in found.faces] + [b.box for b in found.boxes]
            self._false[look] += sum(
                not any(same(place, t.box) for t in scene.faces) for place in places
            )

    def figures(self) -> dict[str, float]:
        """Return recall, false finds a picture and milliseconds of each look."""
        rows: dict[str, float] = {"faces": self._faces}
        for look in self._looks:
            if self._faces:
                rows[look] = self._found[look] / self._faces
        if self._faces:
            rows["boxes"] = self._boxes / self._faces
        for look in self._looks:
            rows[f"{look}_false"] = self._false[look] / max(self._pictures, 1)
            rows[f"{look}_ms"] = round(1000 * self._seconds[look] / max(self._pictures, 1))
        return rows

    def _look(self, look: str, image: Bgr) -> Findings:
        start = time.perf_counter()
        found = self._looks[look](image)
        self._seconds[look] += time.perf_counter() - start
        return found


def _is(face: Found, truth: Truth) -> bool:
    """Whether *face* is the true one, and the right way up."""
    if not same(face.box, truth.box):
        return False
    down = face.points[[61, 291], :2].mean(axis=0) - face.points[[33, 263], :2].mean(axis=0)
    angle = np.degrees(np.arctan2(down[0], down[1]))  # 0: the mouth is below the eyes
    return abs((angle - truth.degrees + 180) % 360 - 180) < 60
