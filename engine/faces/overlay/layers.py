"""What is laid over a picture of what was read in it, layer by layer."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.faces.live.session import LiveFrame, Person
from engine.faces.measure.features import rotation
from engine.faces.measure.gaze import EYES, Gaze, look
from engine.faces.names import EXPRESSIONS, strongest_moves
from engine.faces.overlay.marks import (
    EDGE,
    Arrow,
    Bars,
    Colour,
    Dots,
    Frame,
    Lines,
    Mark,
    Points,
    Ring,
    Tag,
)
from engine.faces.result import Expression, Face, FacesResult
from engine.media.images import Bgr

__all__ = [
    "AXES",
    "PRESETS",
    "REGION_COLOURS",
    "VIEW",
    "Colour",
    "Layers",
    "axes",
    "draw",
    "marks",
    "view",
]


@dataclass(frozen=True)
class Layers:
    """Which layers are laid over; as it is, the calm choice."""

    boxes: bool = True
    label: bool = True
    contours: bool = True
    mesh: bool = False
    irises: bool = False
    regions: bool = False
    centroids: bool = False
    points: bool = False
    axes: bool = False
    gaze: bool = False
    bars: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the layers that are on."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))

    @classmethod
    def of(cls, *names: str) -> Layers:
        """Return these layers and no others.

        >>> Layers.of("mesh").names
        ('mesh',)

        Raises:
            TypeError: there is no such layer.
        """
        none = dict.fromkeys((field.name for field in fields(cls)), False)
        return cls(**{**none, **dict.fromkeys(names, True)})


DETAILED = ("boxes", "label", "contours", "mesh", "irises", "regions", "centroids", "gaze")
PRESETS: dict[str, Layers] = {
    "simple": Layers(),
    "detailed": Layers.of(*DETAILED),
    "all": Layers.of(*(field.name for field in fields(Layers))),
    "none": Layers.of(),
}
"""Choices of layers by name, from calm to busy, and none."""


def draw(
    image: Bgr, result: FacesResult, layers: Layers | None = None, language: str = "ko"
) -> Bgr:
    """Return a copy of *image* (H, W, 3) with the chosen layers of *result* painted on it.

    Args:
        language: of the words, ``"ko"`` or ``"en"``.
    """
    from engine.faces.overlay.paint import paint

    return paint(image, marks(result, layers or Layers(), language))


def marks(result: FacesResult, layers: Layers, language: str = "ko", chosen: int = 0) -> list[Mark]:
    """Return the marks of a picture's faces, in the order in which they are painted.

    Args:
        chosen: place of the face that is looked at, which alone gets bars.
    """
    made: list[Mark] = []
    for face in result.faces:
        made += shapes(face, layers, ACCENT)
        if layers.gaze:
            made += view(face, look(face))
    if layers.boxes:
        for found in result.faces_without_landmarks:
            made.append(Frame(found.box, LIGHT, 2.0, found.box[2], dashed=True))
    if layers.bars:
        made += [bars(face, language) for face in result.faces[chosen : chosen + 1]]
    if layers.label:
        made += [Tag(face.box, words(face.expression, language)) for face in result.faces]
    return made


# ----------------------------------------------------------------------------------------
# Which landmarks MediaPipe joins by lines: its own tables, which come with the package.

Kind: TypeAlias = Literal["mesh", "contours"]

IRISES = ((468, 469, 470, 471, 472), (473, 474, 475, 476, 477))
"""Centre and four points of the rim of either iris, in the model's order."""


@functools.cache
def edges(kind: Kind) -> npt.NDArray[np.int64]:
    """Return (E, 2) landmark numbers: all triangles, or eyes, brows, lips and the face's oval.

    Nothing is loaded for it where a face has been read: the landmarker's module holds them.
    """
    from mediapipe.tasks.python import vision

    known = vision.FaceLandmarksConnections
    contours = kind == "contours"
    rows = known.FACE_LANDMARKS_CONTOURS if contours else known.FACE_LANDMARKS_TESSELATION
    pairs = {(min(e.start, e.end), max(e.start, e.end)) for e in rows}  # each edge comes twice
    return np.array(sorted(pairs), dtype=np.int64)


# ----------------------------------------------------------------------------------------
# Marks of where a head points and where its eyes look.

NOSE_TIP = 1
AXES: tuple[tuple[str, Colour], ...] = (
    ("x", (0, 94, 213)),
    ("y", (115, 158, 0)),
    ("z", (233, 180, 86)),
)
"""Vermilion, bluish green and sky blue, which colour-blind people tell apart (Okabe and Ito
2008, "Color Universal Design"); the letters say it besides."""

VIEW: Colour = (66, 228, 240)
"""Yellow of the same set."""


def axes(face: Face) -> list[Mark]:
    """Return the head's axes at the nose: right, up, and out of the face."""
    if len(face.landmarks) <= NOSE_TIP:
        return []
    x, y = (float(value) for value in face.landmarks[NOSE_TIP, :2])
    length = 0.42 * face.box[2]
    turn = rotation(face.pose)
    made: list[Mark] = []
    for column in np.argsort(turn[2]):  # the axis that points to the viewer comes last
        name, colour = AXES[column]
        end = (x + length * float(turn[0, column]), y - length * float(turn[1, column]))
        made.append(Arrow((x, y), end, colour, 2.0, face.box[2], name))
    return made


def view(face: Face, gaze: Gaze | None) -> list[Mark]:
    """Return an arrow from either eye along the view."""
    if gaze is None or len(face.landmarks) <= EYES[1][2]:
        return []
    yaw, pitch = math.radians(gaze.yaw), math.radians(gaze.pitch)
    length = 0.8 * face.box[2]
    dx, dy = length * math.sin(yaw) * math.cos(pitch), -length * math.sin(pitch)
    made: list[Mark] = []
    for _, _, iris in EYES:
        x, y = (float(value) for value in face.landmarks[iris, :2])
        if math.hypot(dx, dy) > 0.04 * face.box[2]:
            made.append(Arrow((x, y), (x + dx, y + dy), VIEW, 2.0, face.box[2]))
    irises = face.landmarks[[iris for _, _, iris in EYES], :2]
    made.append(Dots(irises, VIEW, 2.5, face.box[2], rim=EDGE))
    return made


# ----------------------------------------------------------------------------------------
# The marks of one face: one function a layer.

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


# ----------------------------------------------------------------------------------------
# What is laid over a live frame: everybody in a colour of their own.

PERSONS: tuple[Colour, ...] = (
    (233, 180, 86),
    (0, 159, 230),
    (115, 158, 0),
    (167, 121, 204),
    (66, 228, 240),
    (0, 94, 213),
    (178, 114, 0),
)
"""BGR: sky blue, orange, bluish green, reddish purple, yellow, vermilion, blue, which
colour-blind people tell apart (Okabe and Ito 2008); the number is written besides."""


def colour(number: int) -> Colour:
    """Return the colour of the person called *number*."""
    return PERSONS[(number - 1) % len(PERSONS)]


def draw_live(image: Bgr, frame: LiveFrame, layers: Layers, language: str = "ko") -> Bgr:
    """Return a copy of *image* (H, W, 3) with the chosen layers of *frame* painted on it."""
    from engine.faces.overlay.paint import paint

    return paint(image, live_marks(frame, layers, language))


def live_marks(
    frame: LiveFrame, layers: Layers, language: str = "ko", chosen: int = 0
) -> list[Mark]:
    """Return the marks of the persons, in the order in which they are painted.

    Args:
        chosen: place of the person who is looked at, who alone gets bars.
    """
    made: list[Mark] = []
    for person in frame.persons:
        made += shapes(person.face, layers, colour(person.id))
        if layers.gaze:
            made += view(person.face, person.gaze)
    if layers.bars:
        made += [bars(person.face, language) for person in frame.persons[chosen : chosen + 1]]
    if layers.label:
        for person in frame.persons:
            made.append(Tag(person.face.box, label(person, language), colour(person.id)))
    return made


def label(person: Person, language: str = "ko") -> str:
    """Return the words above a person; probabilities in steps of five, which stand still."""
    said = named(person.label, language)
    first = f"{person.id}  {said} {5 * round(20 * person.confidence)}%"
    more = notes(person.face.expression, language, person.attention.yawning)
    return " · ".join((first, *more))
