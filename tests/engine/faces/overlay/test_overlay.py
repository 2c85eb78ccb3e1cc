"""What is laid over a picture: only the chosen layers, in colours that everybody tells apart."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from engine.core.errors import Message
from engine.faces import FaceReader, FacesResult, names
from engine.faces.detect.landmarks import BLENDSHAPES
from engine.faces.live.session import LiveSession
from engine.faces.overlay import layers, marks
from engine.faces.overlay.layers import PRESETS, REGION_COLOURS, Layers, draw, edges
from engine.faces.overlay.layers import marks as marks_of
from engine.faces.overlay.paint import paint, pill
from engine.faces.result import FaceBox
from tests.engine import faces_samples as samples

LAYERS = [field.name for field in fields(Layers)]
CVD = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How colours are seen without one kind of cones (Machado, Oliveira and Fernandes 2009)."""


@pytest.fixture(scope="module")
def result() -> FacesResult:
    with FaceReader(use_rules=True) as reader:
        return reader.read(samples.sample())


def test_without_layers_nothing_changes(result: FacesResult) -> None:
    image = samples.sample()
    assert (draw(image, result, PRESETS["none"]) == image).all()


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_draws_on_a_copy_near_the_face(result: FacesResult, layer: str) -> None:
    image = samples.sample()
    drawn = draw(image, result, Layers.of(layer))
    assert (image == samples.sample()).all()
    rows, columns = np.nonzero((drawn != image).any(axis=2))
    assert len(rows) > 50
    x, y, width, height = result.faces[0].box
    assert columns.min() > x - 60 and columns.max() < x + width + 160
    assert rows.min() > y - 60 and rows.max() < y + height + 20


def test_presets_go_from_nothing_over_calm_to_everything() -> None:
    counts = [len(PRESETS[name].names) for name in ("none", "simple", "detailed", "all")]
    assert counts == sorted(counts) and counts[0] == 0 and counts[-1] == len(LAYERS)
    assert PRESETS["simple"] == Layers()
    with pytest.raises(TypeError):
        Layers.of("hat")


def test_mesh_contours_and_irises_are_mediapipes(result: FacesResult) -> None:
    mesh, contours = edges("mesh"), edges("contours")
    assert len(mesh) == 1322 and mesh.max() == 467 and len(contours) == 124
    assert {61, 291, 33, 263, 10, 152} <= set(contours.ravel())  # mouth, eyes, brow, chin
    rings = [m for m in marks_of(result, Layers.of("irises")) if isinstance(m, marks.Ring)]
    assert len(rings) == 2
    face = result.faces[0]
    for ring, eye in zip(rings, ("left_eye", "right_eye"), strict=True):
        x, y, width, height = face.regions[eye].box
        assert x < ring.centre[0] < x + width and y - 2 < ring.centre[1] < y + height + 2
        assert 0.1 * width < ring.radius < 0.5 * width


def test_words_follow_the_language(result: FacesResult) -> None:
    def said(language: str) -> str:
        (tag,) = marks_of(result, Layers.of("label"), language)
        assert isinstance(tag, marks.Tag)
        return tag.text

    label = result.faces[0].expression.label
    assert said("ko").startswith(f"{label} ") and said("ko").endswith("% · 규칙")
    assert said("en").startswith(names.EXPRESSIONS[label].en) and said("en").endswith("by rules")


def test_a_live_label_says_who_and_what(result: FacesResult) -> None:
    frame = LiveSession().update(result, 0)
    tag = layers.live_marks(frame, Layers.of("label"), "en")[0]
    assert isinstance(tag, marks.Tag) and tag.text.startswith("1  ")
    assert tag.colour == layers.colour(1)
    drawn = layers.draw_live(samples.sample(), frame, PRESETS["all"])
    assert (drawn != samples.sample()).any()


def test_only_the_face_that_is_looked_at_gets_bars(result: FacesResult) -> None:
    two = replace(result, faces=result.faces * 2)
    for chosen in (0, 1):
        found = marks_of(two, Layers.of("bars"), "ko", chosen)
        assert [type(mark) for mark in found] == [marks.Bars]
    assert found[0].rows[0][0] == "미소" and len(found[0].rows) == 6  # type: ignore[union-attr]


def test_every_blendshape_has_a_name_in_both_languages() -> None:
    said = [names.shape_name(shape) for shape in BLENDSHAPES]
    assert len(set(said)) == 52 and all(isinstance(name, Message) for name in said)
    assert all(any("가" <= letter <= "힣" for letter in name.ko) for name in said)
    assert not any("가" <= letter <= "힣" for name in said for letter in name.en)


def test_the_label_is_in_hangul_not_boxes() -> None:
    happy, sad = (pill(text, 24, marks.PILL, (255, 255, 255)) for text in ("행복", "슬픔"))
    assert happy.shape == sad.shape
    assert (happy != sad).any(), "one missing-glyph box for every letter"


@pytest.mark.parametrize("kind", ["everybody", *CVD])
def test_colours_are_told_apart(kind: str) -> None:
    groups = (tuple(REGION_COLOURS.values()), layers.PERSONS)
    for colours in groups:
        seen = [lab(colour, CVD.get(kind)) for colour in colours]
        least = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
        assert least > 12, f"{kind}: {least:.0f}"


def lab(colour: marks.Colour, matrix: object) -> npt.NDArray[np.float64]:
    """Return CIE L*a*b* of a BGR colour as somebody with these cones sees it."""
    rgb = np.array(colour[::-1]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if matrix is not None:
        linear = np.clip(np.array(matrix) @ linear, 0, 1)
    again = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    pixel = again[None, None, ::-1].astype(np.float32)
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_BGR2LAB)[0, 0], dtype=np.float64)


@pytest.mark.parametrize("colour", [*layers.PERSONS, marks.PILL])
def test_words_are_read_on_every_ground(colour: marks.Colour) -> None:
    red, green, blue = (((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour[::-1])
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    ink = marks.Tag((0, 0, 1, 1), "", colour).ink
    bright, dark = max(light, ink[0] / 255), min(light, ink[0] / 255)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.1, AA


@pytest.mark.parametrize("corner", [(0, 0), (420, 420), (0, 440), (440, 0), (-300, 900)])
def test_faces_over_the_edge_are_drawn(result: FacesResult, corner: tuple[int, int]) -> None:
    face = result.faces[0]
    x, y, width, height = face.box
    dx, dy = corner[0] - x - width / 2, corner[1] - y - height / 2
    moved = replace(
        face,
        box=(x + dx, y + dy, width, height),
        landmarks=face.landmarks + np.array([dx, dy, 0], dtype=np.float32),
    )
    image = samples.sample()
    drawn = draw(image, replace(result, faces=(moved,)), PRESETS["all"])
    assert drawn.shape == image.shape and (drawn != image).any()


def test_tiny_pictures_are_drawn(result: FacesResult) -> None:
    tiny = np.zeros((20, 20, 3), dtype=np.uint8)
    assert draw(tiny, result, PRESETS["all"]).shape == tiny.shape


def test_a_face_without_landmarks_is_dashed(result: FacesResult) -> None:
    found = FaceBox((100.0, 300.0, 120.0, 120.0), 0.9, Message("옆모습", "profile"))
    seen = replace(result, faces=(), faces_without_landmarks=(found,))
    (mark,) = marks_of(seen, Layers())
    assert isinstance(mark, marks.Frame) and mark.dashed
    changed = (paint(samples.sample(), [mark]) != samples.sample()).any(axis=2)
    top = changed[295:306, 110:210].any(axis=0)
    assert top.any() and not top.all()


def test_words_do_not_cover_one_another() -> None:
    room = (0.0, 0.0, 400.0, 400.0)
    first = marks.tag_place((100, 100, 60, 60), (90, 24), room)
    second = marks.tag_place((110, 100, 60, 60), (90, 24), room, [first])
    assert first[1] < 100 and second[1] > 160
    assert marks.bars_place((300, 10, 90, 90), (150, 120), room)[0] + 150 < 300
