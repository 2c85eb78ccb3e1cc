"""Objects: the network on drawn pictures, boxes in photo pixels, overlap."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.comments.detect import objects
from engine.comments.detect import objects as boxes
from engine.core.errors import InputError, ModelCorruptError, ModelMissingError
from engine.models import store
from engine.text.korean.object_names import COCO
from tests.engine.comments_drawings import nothing, stop_sign

BOX = (208, 48, 224, 224)


def test_a_drawn_stop_sign_is_found_where_it_is() -> None:
    found = objects.detect(stop_sign())
    assert [(item.name_ko, item.name_en) for item in found] == [("정지 표지판", "stop sign")]
    assert found[0].confidence > 0.8
    assert objects.overlap(found[0].box, BOX) > 0.8


@pytest.mark.parametrize("size", [(480, 1280), (1400, 640)])
def test_boxes_are_in_pixels_of_the_photo_whatever_its_shape(size: tuple[int, int]) -> None:
    image = np.full((*size, 3), 190, np.uint8)
    image[:480, :640] = stop_sign()
    found = [item for item in objects.detect(image) if item.name_en == "stop sign"]
    assert objects.overlap(found[0].box, BOX) > 0.8


def test_nothing_is_found_in_a_plain_wall() -> None:
    assert objects.detect(nothing()) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_odd_sizes_are_answered(size: tuple[int, int]) -> None:
    for item in objects.detect(np.zeros((*size, 3), np.uint8)):
        assert 0 <= item.box[0] <= item.box[0] + item.box[2] <= size[1]


def test_letterbox_pads_to_the_stride_and_keeps_the_aspect() -> None:
    blob, scale, left, top = boxes.letterbox(np.zeros((300, 1000, 3), np.uint8))
    assert blob.shape == (1, 3, 192, 640)
    assert (scale, left, top) == (0.64, 0, 0)


def test_decode_keeps_the_best_of_overlapping_boxes_of_one_class() -> None:
    found = np.zeros((84, 3), np.float32)
    found[:4] = np.array([[50, 50, 40, 40], [52, 50, 40, 40], [50, 50, 40, 40]]).T
    found[4 + 2, :2] = 0.9, 0.8  # two cars on one another
    found[4 + 7, 2] = 0.7  # a truck in the same place stays
    kept = boxes.decode(found, (100, 100), 1.0, 0, 0, 0.4, 0.6)
    assert [COCO[item.kind][1] for item in kept] == ["차", "트럭"]
    assert kept[0].box == (30, 30, 40, 40)
    both = boxes.decode(found, (100, 100), 1.0, 0, 0, 0.4, 1.0)
    assert [COCO[item.kind][1] for item in both] == ["차", "차", "트럭"]


def test_names_are_eighty_different_ones() -> None:
    assert len({english for english, _ in COCO}) == len({korean for _, korean in COCO}) == 80


rectangles = st.tuples(*[st.floats(0, 100)] * 2, *[st.floats(0.5, 100)] * 2)


@given(rectangles, rectangles)
def test_overlap_is_symmetric_and_between_0_and_1(a: objects.Box, b: objects.Box) -> None:
    assert objects.overlap(a, b) == pytest.approx(objects.overlap(b, a))
    assert 0 <= objects.overlap(a, b) <= 1 + 1e-9
    assert objects.overlap(a, a) == pytest.approx(1)


def test_threshold_and_classes_choose_what_is_shown() -> None:
    assert objects.detect(stop_sign(), objects.Detection(threshold=0.999)) == ()
    for name in ("정지 표지판", "stop sign"):
        assert objects.detect(stop_sign(), objects.Detection(classes=frozenset({name})))
    assert objects.detect(stop_sign(), objects.Detection(classes=frozenset({"고양이"}))) == ()


@pytest.mark.parametrize("bound", [-0.1, 1.1, float("nan")])
def test_bounds_outside_0_and_1_are_refused(bound: float) -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        objects.Detection(threshold=bound)
    with pytest.raises(InputError, match="between 0 and 1"):
        objects.Detection(overlap=bound)


def test_an_unknown_detector_is_named() -> None:
    with pytest.raises(InputError, match="objects-none"):
        objects.detect(stop_sign(), objects.Detection(model="objects-none"))


def test_the_packaged_detector_is_always_ready() -> None:
    first = objects.available()[0]
    assert (first.name, first.classes, first.ready) == (objects.MODEL, 80, True)
    assert "고양이" in objects.class_names(first.name)


def test_a_missing_model_and_a_corrupt_one_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = store.paths.models_dir() / "manifest.toml"
    (tmp_path / "manifest.toml").write_bytes(manifest.read_bytes())
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    store.forget()
    with pytest.raises(ModelMissingError, match="objects-coco"):
        objects.detect(nothing())
    (tmp_path / objects.FILE).write_bytes(b"not a network")
    with pytest.raises(ModelCorruptError, match="objects-coco"):
        objects.detect(nothing())
    store.forget()
