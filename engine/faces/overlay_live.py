"""Drawing a live frame: everybody in a colour of their own, with what is known of them."""

from __future__ import annotations

from engine.faces import overlay
from engine.faces.live import LiveFrame, Person
from engine.faces.overlay import Layers
from engine.faces.overlay_pose import Colour, draw_axes, draw_gaze
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


def draw(image: Bgr, frame: LiveFrame, layers: Layers) -> Bgr:
    """Return a copy of *image* (H, W, 3) with the chosen layers of *frame* on it."""
    scene = image.copy()
    for person in frame.persons:
        face = person.face
        if layers.mesh:
            overlay.draw_mesh(scene, face)
        if layers.contours:
            overlay.draw_contours(scene, face)
        if layers.points:
            overlay.draw_points(scene, face)
        if layers.boxes:
            overlay.draw_boxes(scene, face, colour(person.id))
        if layers.centroids:
            overlay.draw_centroids(scene, face)
        if layers.axes:
            draw_axes(scene, face)
        if layers.gaze:
            draw_gaze(scene, face, person.gaze)
    if layers.label:
        for person in frame.persons:
            overlay.put_label(scene, person.face.box, label(person), colour(person.id))
    return scene


def label(person: Person) -> str:
    """Return the words above a person; probabilities in steps of five, which stand still."""
    text = f"{person.id}  {person.label} {5 * round(20 * person.confidence)}%"
    if person.drowsy:
        text += " · 졸림"
    if person.attention.yawning:
        text += " · 하품"
    if person.face.expression.source == "rules":
        text += " · 규칙"
    return text
