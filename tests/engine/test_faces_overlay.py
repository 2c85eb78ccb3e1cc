"""What is drawn: only the chosen layers, on a copy, within the picture."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from engine.faces import FaceReader, FacesResult
from engine.faces.overlay import Layers, draw
from tests.engine import faces_samples as samples

NONE = Layers(**{field.name: False for field in fields(Layers)})


@pytest.fixture(scope="module")
def result() -> FacesResult:
    with FaceReader(use_rules=True) as reader:
        return reader.read(samples.sample())


def test_without_layers_nothing_changes(result: FacesResult) -> None:
    image = samples.sample()
    assert (draw(image, result, NONE) == image).all()


@pytest.mark.parametrize("layer", [field.name for field in fields(Layers)])
def test_each_layer_draws_on_a_copy_near_the_face(result: FacesResult, layer: str) -> None:
    image = samples.sample()
    drawn = draw(image, result, replace(NONE, **{layer: True}))
    assert (image == samples.sample()).all()
    rows, columns = np.nonzero((drawn != image).any(axis=2))
    assert len(rows) > 50
    x, y, width, height = result.faces[0].box
    assert columns.min() > x - 60 and columns.max() < x + width + 120
    assert rows.min() > y - 60 and rows.max() < y + height + 20


def test_the_label_is_in_hangul_not_boxes(result: FacesResult) -> None:
    from engine.faces.overlay import _pill

    happy, sad = _pill("행복", 24), _pill("슬픔", 24)
    assert happy.shape == sad.shape
    assert (happy != sad).any(), "one missing-glyph box for every letter"


@pytest.mark.parametrize("corner", [(0, 0), (420, 420), (0, 440), (440, 0)])
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
    drawn = draw(image, replace(result, faces=(moved,)), Layers())
    assert drawn.shape == image.shape and (drawn != image).any()


def test_tiny_pictures_are_drawn(result: FacesResult) -> None:
    tiny = np.zeros((20, 20, 3), dtype=np.uint8)
    assert draw(tiny, result, Layers()).shape == tiny.shape
