"""Drawing on the picture what was read: one function a layer, each on its own."""

from __future__ import annotations

import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.errors import ModelMissingError
from engine.faces.gaze import look
from engine.faces.overlay_boxes import draw_unread
from engine.faces.overlay_pose import Colour, draw_axes, draw_gaze
from engine.faces.result import Box, Face, FacesResult
from engine.images import Bgr

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

MESH: Colour = (255, 250, 235)
ACCENT: Colour = (214, 121, 74)
REGION_COLOURS: dict[str, Colour] = {
    "left_eye": (196, 203, 60),
    "right_eye": (196, 203, 60),
    "nose": (92, 190, 250),
    "mouth": (150, 120, 245),
}
"""BGR; the same hues as the region table of the window."""

PILL: Colour = (44, 34, 30)


@dataclass(frozen=True)
class Layers:
    """Which layers are drawn."""

    mesh: bool = True
    contours: bool = True
    boxes: bool = True
    centroids: bool = True
    points: bool = False
    axes: bool = True
    gaze: bool = True
    label: bool = True


def draw(image: Bgr, result: FacesResult, layers: Layers | None = None) -> Bgr:
    """Return a copy of *image* (H, W, 3) with the chosen layers of *result* on it."""
    layers = layers or Layers()
    scene = image.copy()
    for face in result.faces:
        if layers.mesh:
            draw_mesh(scene, face)
        if layers.contours:
            draw_contours(scene, face)
        if layers.points:
            draw_points(scene, face)
        if layers.boxes:
            draw_boxes(scene, face)
        if layers.centroids:
            draw_centroids(scene, face)
        if layers.axes:
            draw_axes(scene, face)
        if layers.gaze:
            draw_gaze(scene, face, look(face))
    if layers.boxes:
        for unread in result.faces_without_landmarks:
            draw_unread(scene, unread)
    if layers.label:
        for face in result.faces:
            draw_label(scene, face)
    return scene


def draw_mesh(scene: Bgr, face: Face) -> None:
    """Lay the face's triangles faintly on *scene*, in place."""
    import cv2

    x, y, width, height = _inside(face.box, scene, margin=2)
    if not width or not height:
        return
    part = scene[y : y + height, x : x + width]
    lines = part.copy()
    cv2.polylines(lines, _segments(face, "mesh", (x, y)), False, MESH, 1, cv2.LINE_AA)
    cv2.addWeighted(lines, 0.35, part, 0.65, 0, dst=part)


def draw_contours(scene: Bgr, face: Face) -> None:
    """Draw eyes, brows, lips and the face's oval on *scene*, in place."""
    import cv2

    thick = _thickness(face)
    cv2.polylines(scene, _segments(face, "contours"), False, ACCENT, thick, cv2.LINE_AA)


def draw_points(scene: Bgr, face: Face) -> None:
    """Draw the points of the regions on *scene*, in place."""
    import cv2

    for name, region in face.regions.items():
        for x, y in region.points:
            centre = (round(float(x)), round(float(y)))
            cv2.circle(scene, centre, _thickness(face), REGION_COLOURS[name], -1, cv2.LINE_AA)


def draw_boxes(scene: Bgr, face: Face, colour: Colour = ACCENT) -> None:
    """Draw the boxes of the face and of its regions on *scene*, in place."""
    thick = _thickness(face)
    _rectangle(scene, face.box, colour, thick + 1)
    for name, region in face.regions.items():
        x, y, width, height = region.box
        pad = 0.02 * face.box[2]
        box = (x - pad, y - pad, width + 2 * pad, height + 2 * pad)
        _rectangle(scene, box, REGION_COLOURS[name], thick)


def draw_centroids(scene: Bgr, face: Face) -> None:
    """Mark the centroids of the regions on *scene*, in place."""
    import cv2

    size = _thickness(face) + 2
    for name, region in face.regions.items():
        centre = (round(region.centroid[0]), round(region.centroid[1]))
        cv2.circle(scene, centre, size, (255, 255, 255), -1, cv2.LINE_AA)
        cv2.circle(scene, centre, size - 1, REGION_COLOURS[name], -1, cv2.LINE_AA)


def draw_label(scene: Bgr, face: Face) -> None:
    """Write the expression and its confidence above the face on *scene*, in place."""
    said = face.expression
    text = f"{said.label} {said.confidence:.0%}"
    if said.drowsy:
        text += " · 졸림"
    if said.source == "rules":
        text += " · 규칙"
    put_label(scene, face.box, text)


def put_label(scene: Bgr, box: Box, text: str, colour: Colour = PILL) -> None:
    """Write *text* on a ground of *colour* above *box* on *scene*, in place."""
    size = int(np.clip(scene.shape[0] / 26, 14, 64))
    pill = _pill(text, size, colour)
    height, width = min(pill.shape[0], scene.shape[0]), min(pill.shape[1], scene.shape[1])
    x = int(np.clip(box[0], 0, scene.shape[1] - width))
    above = box[1] - pill.shape[0] - 6
    y = int(np.clip(above, 0, scene.shape[0] - height))
    part = scene[y : y + height, x : x + width]
    alpha = pill[:height, :width, 3:].astype(np.float32) / 255
    mixed = part * (1 - alpha) + pill[:height, :width, :3] * alpha
    part[:] = mixed.astype(np.uint8)


@functools.lru_cache(maxsize=128)
def _pill(text: str, size: int, colour: Colour = PILL) -> npt.NDArray[np.uint8]:
    """Return *text*, white or black, on a rounded ground of *colour*, (h, w, 4) BGRA uint8."""
    from PIL import Image, ImageDraw

    font = _font(size)
    left, top, right, bottom = font.getbbox(text)
    pad = size // 2
    width, height = int(right - left) + 2 * pad, int(size * 1.25) + pad
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pencil = ImageDraw.Draw(image)
    ground = (*colour[::-1], 225)
    dark = np.dot(colour, (0.114, 0.587, 0.299)) < 140  # luma, BT.601
    pencil.rounded_rectangle((0, 0, width - 1, height - 1), height // 3, fill=ground)
    pencil.text(
        (pad - left, (height - (bottom - top)) / 2 - top), text, font=font,
        fill=(255, 255, 255) if dark else (0, 0, 0),
    )  # fmt: skip
    return np.ascontiguousarray(np.asarray(image)[:, :, [2, 1, 0, 3]])


@functools.lru_cache(maxsize=8)
def _font(size: int) -> FreeTypeFont:
    """Return NanumGothic, which koreanize-matplotlib carries (found without importing it)."""
    from PIL import ImageFont

    spec = importlib.util.find_spec("koreanize_matplotlib")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise ModelMissingError(
            "한글 글꼴이 없어서 이름표를 그릴 수 없어요. 프로그램을 다시 설치해 주세요.",
            "The font NanumGothic (package koreanize-matplotlib) is missing. Install it again.",
        )
    return ImageFont.truetype(str(Path(places[0]) / "fonts" / "NanumGothicBold.ttf"), size)


@functools.cache
def _edges(kind: str) -> npt.NDArray[np.int64]:
    """Return (E, 2) landmark numbers of MediaPipe's edges, ``mesh`` or ``contours``."""
    from mediapipe.tasks.python import vision

    known = vision.FaceLandmarksConnections
    contours = kind == "contours"
    rows = known.FACE_LANDMARKS_CONTOURS if contours else known.FACE_LANDMARKS_TESSELATION
    pairs = {(min(e.start, e.end), max(e.start, e.end)) for e in rows}  # each edge comes twice
    return np.array(sorted(pairs), dtype=np.int64)


def _segments(
    face: Face, kind: str, origin: tuple[int, int] = (0, 0)
) -> list[npt.NDArray[np.int32]]:
    """Return E line segments (2, 2) in whole pixels from *origin*."""
    flat = np.round(face.landmarks[:, :2] - np.array(origin, dtype=np.float32)).astype(np.int32)
    return list(flat[_edges(kind)])


def _thickness(face: Face) -> int:
    return int(np.clip(face.box[2] / 160, 1, 5))


def _inside(box: Box, scene: Bgr, margin: int) -> tuple[int, int, int, int]:
    """Return *box* with a margin, in whole pixels, cut to the scene."""
    height, width = scene.shape[:2]
    x0, y0 = max(int(box[0]) - margin, 0), max(int(box[1]) - margin, 0)
    x1 = min(int(box[0] + box[2]) + margin + 1, width)
    y1 = min(int(box[1] + box[3]) + margin + 1, height)
    return x0, y0, max(x1 - x0, 0), max(y1 - y0, 0)


def _rectangle(scene: Bgr, box: Box, colour: Colour, thick: int) -> None:
    import cv2

    x, y, width, height = box
    corner, other = (round(x), round(y)), (round(x + width), round(y + height))
    cv2.rectangle(scene, corner, other, colour, thick, cv2.LINE_AA)
