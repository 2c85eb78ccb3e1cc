"""What is laid over a live frame: everybody in a colour of their own."""

from __future__ import annotations

from engine.faces.live import LiveFrame, Person
from engine.faces.overlay import Layers
from engine.faces.overlay_face import bars, named, notes, shapes
from engine.faces.overlay_marks import Colour, Mark, Tag
from engine.faces.overlay_pose import view
from engine.images import Bgr

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


def draw(image: Bgr, frame: LiveFrame, layers: Layers, language: str = "ko") -> Bgr:
    """Return a copy of *image* (H, W, 3) with the chosen layers of *frame* painted on it."""
    from engine.faces.overlay_paint import paint

    return paint(image, marks(frame, layers, language))


def marks(frame: LiveFrame, layers: Layers, language: str = "ko", chosen: int = 0) -> list[Mark]:
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
