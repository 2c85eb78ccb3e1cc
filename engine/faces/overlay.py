"""What is laid over a picture of what was read in it, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass, fields

from engine.faces.gaze import look
from engine.faces.overlay_face import ACCENT, LIGHT, REGION_COLOURS, bars, shapes, words
from engine.faces.overlay_marks import Frame, Mark, Tag
from engine.faces.overlay_pose import view
from engine.faces.result import FacesResult
from engine.images import Bgr

__all__ = ["PRESETS", "REGION_COLOURS", "Layers", "draw", "marks"]


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
    from engine.faces.overlay_paint import paint

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
