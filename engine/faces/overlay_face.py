"""The marks of one face: one function a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.faces.names import EXPRESSIONS, strongest_moves
from engine.faces.overlay_edges import IRISES, Kind, edges
from engine.faces.overlay_marks import Bars, Colour, Dots, Frame, Lines, Mark, Points, Ring
from engine.faces.overlay_pose import VIEW, axes
from engine.faces.result import Expression, Face

if TYPE_CHECKING:
    from engine.faces.overlay import Layers

LIGHT: Colour = (250, 246, 240)
ACCENT: Colour = (178, 114, 0)
REGION_COLOURS: dict[str, Colour] = {
    "left_eye": (233, 180, 86),
    "right_eye": (115, 158, 0),
    "nose": (0, 159, 230),
    "mouth": (167, 121, 204),
}
"""BGR: sky blue, bluish green, orange, reddish purple, which colour-blind people tell apart
(Okabe and Ito 2008); the same in the region table and the legend of the window."""

BARS = 6
"""How many moves are shown as bars beside a face."""


def shapes(face: Face, layers: Layers, colour: Colour) -> list[Mark]:
    """Return all but view, bars and words of *face*, whose box is in *colour*."""
    made: list[Mark] = []
    wide = face.box[2]
    if layers.mesh:
        made.append(Lines(_ends(face, "mesh"), LIGHT, 1.0, wide, opacity=0.35))
    if layers.contours:
        made.append(Lines(_ends(face, "contours"), LIGHT, 1.4, wide, opacity=0.9, edge=True))
    if layers.boxes:
        made.append(Frame(face.box, colour, 2.0, wide))
    if layers.regions:
        made += _region_boxes(face)
    if layers.points:
        for name, part in face.regions.items():
            made.append(Dots(part.points, REGION_COLOURS[name], 2.0, wide))
    if layers.irises:
        made += _irises(face)
    if layers.centroids:
        for name, part in face.regions.items():
            centre = np.array([part.centroid], dtype=np.float32)
            made.append(Dots(centre, REGION_COLOURS[name], 3.5, wide, rim=LIGHT))
    if layers.axes:
        made += axes(face)
    return made


def bars(face: Face, language: str) -> Bars:
    """Return the strongest moves of *face* as bars beside it."""
    moves = strongest_moves(face.blendshapes, BARS)
    rows = tuple((name.text(language), value) for name, value in moves)
    return Bars(face.box, rows, REGION_COLOURS["left_eye"])


def words(said: Expression, language: str) -> str:
    """Return the expression, its confidence, and what else is to be said."""
    first = f"{named(said.label, language)} {said.confidence:.0%}"
    return " · ".join((first, *notes(said, language)))


def named(label: str, language: str) -> str:
    """Return what an expression is called."""
    return EXPRESSIONS[label].text(language)


def notes(said: Expression, language: str, yawning: bool = False) -> list[str]:
    """Return what is said besides the expression."""
    korean = language == "ko"
    found = ["졸림" if korean else "drowsy"] if said.drowsy else []
    if yawning:
        found.append("하품" if korean else "yawning")
    if said.source == "rules":
        found.append("규칙" if korean else "by rules")
    return found


def _ends(face: Face, kind: Kind) -> Points:
    """Return the (N, 2, 2) ends of the face's lines; none where its landmarks were not kept."""
    if not len(face.landmarks):
        return np.empty((0, 2, 2), dtype=np.float32)
    ends: Points = face.landmarks[:, :2][edges(kind)]
    return ends


def _region_boxes(face: Face) -> list[Mark]:
    pad = 0.02 * face.box[2]
    made: list[Mark] = []
    for name, part in face.regions.items():
        x, y, width, height = part.box
        box = (x - pad, y - pad, width + 2 * pad, height + 2 * pad)
        made.append(Frame(box, REGION_COLOURS[name], 1.6, face.box[2]))
    return made


def _irises(face: Face) -> list[Mark]:
    if len(face.landmarks) <= IRISES[1][-1]:
        return []
    made: list[Mark] = []
    for centre, *rim in IRISES:
        x, y = (float(value) for value in face.landmarks[centre, :2])
        away = face.landmarks[rim, :2] - face.landmarks[centre, :2]
        radius = float(np.hypot(*away.T).mean())
        made.append(Ring((x, y), radius, VIEW, 1.6, face.box[2]))
    return made
