"""How many faces the first look finds, the second, and the one that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.errors import InputError
from engine.faces.finding import Finder, Findings
from engine.faces.landmarks import Found, Landmarker
from engine.faces.pieces import same
from engine.images import Bgr
from engine.reporting.sets import faces as portraits
from training.evaluation.finding_scenes import SCENES, Head, Scene, Truth, cut

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
