"""From photo to labels: faces, objects, and every odd photo."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import comments
from engine.comments import pipeline
from engine.comments.detect.objects import DetectedObject, Detection
from engine.comments.result import PhotoFace
from engine.core import paths
from engine.core.errors import InputError
from engine.core.jobs import Cancelled, Progress
from engine.faces import LABELS, FaceReader
from engine.media.images import decode_image, read_image
from tests.engine.comments_drawings import nothing, stop_sign


def test_a_sign_becomes_a_label_and_a_comment() -> None:
    photo = pipeline.analyse(stop_sign())
    assert photo.labels == ("정지 표지판",)
    assert photo.image_size == (640, 480)
    assert len(photo.models) == 2
    assert comments.write(photo.labels, seed=0).comments


def test_objects_are_counted_as_one_says_it() -> None:
    two = np.concatenate([stop_sign(), stop_sign()], 1)
    photo = pipeline.analyse(two)
    assert photo.counts == {"정지 표지판": 2}
    assert photo.counted == ("정지 표지판 두 개",)
    assert photo.to_dict()["counts"] == {"정지 표지판": 2}


def test_the_options_reach_the_detector() -> None:
    assert pipeline.analyse(stop_sign(), options=Detection(threshold=0.999)).labels == ()
    assert pipeline.analyse(stop_sign(), options=Detection(classes=frozenset())).objects == ()


def test_a_face_is_found_with_an_expression() -> None:
    photo = pipeline.analyse(read_image(paths.resources_dir() / "samples" / "face.jpg"))
    assert len(photo.faces) == 1
    assert photo.faces[0].expression in LABELS
    x, y, w, h = photo.faces[0].box
    assert x >= 0 and y >= 0 and w > 10 and h > 10
    plain = json.loads(json.dumps(photo.to_dict()))
    assert plain["faces"][0]["box"]
    assert [item["label"] for item in plain["photo_left_out"]] == ["사람"]


def test_a_small_face_is_found_by_looking_again() -> None:
    face = Image.fromarray(read_image(paths.resources_dir() / "samples" / "face.jpg")[:, :, ::-1])
    face.thumbnail((110, 110))
    street = nothing()
    street = np.tile(street, (3, 3, 1))
    small = np.asarray(face)[:, :, ::-1]
    top, left = 700, 900
    street[top : top + small.shape[0], left : left + small.shape[1]] = small
    person = DetectedObject("사람", "person", 0.9, (left, top, small.shape[1], small.shape[0]))
    with FaceReader() as reader:
        seen = pipeline._look_again(street, person.box, reader)
    assert seen is not None
    assert left < seen.box[0] + seen.box[2] / 2 < left + small.shape[1]
    assert top < seen.box[1] + seen.box[3] / 2 < top + small.shape[0]


def test_every_face_class_has_a_place_in_the_prompt() -> None:
    assert set(pipeline.WRITTEN_AS) == set(LABELS)
    assert {label for label in pipeline.WRITTEN_AS.values() if label} == {
        "기쁨", "슬픔", "분노", "공포"
    }  # fmt: skip


def test_labels_put_the_commonest_expression_first() -> None:
    faces = [PhotoFace((0, 0, 1, 1), "", 1.0, label) for label in ("슬픔", "기쁨", None, "기쁨")]
    things = [DetectedObject("나무", "", 0.9, (0, 0, 1, 1))] * 2
    assert pipeline.names(faces, things) == ["기쁨", "슬픔", "나무"]


def test_a_photo_without_a_find_has_no_labels_and_still_gets_a_comment() -> None:
    photo = pipeline.analyse(nothing())
    assert photo.labels == photo.faces == photo.objects == ()
    assert comments.write(photo.labels, seed=0).comments


def test_a_photo_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(InputError, match="too small"):
        pipeline.analyse(np.zeros((4, 4, 3), np.uint8))


def test_a_cancelled_look_ends() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        pipeline.analyse(nothing(), progress=progress)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "I;16", "CMYK"])
def test_grey_alpha_and_deep_photos_are_seen_alike(mode: str, tmp_path: Path) -> None:
    image = Image.fromarray(stop_sign()[:, :, ::-1])
    if mode == "I;16":
        deep = np.asarray(image.convert("L"), dtype=np.uint16) * 257
        image = Image.fromarray(deep)
    else:
        image = image.convert(mode)
    path = tmp_path / ("photo.tif" if mode == "CMYK" else "photo.png")
    image.save(path)
    assert "정지 표지판" in pipeline.analyse(read_image(path)).labels


def test_a_photo_on_its_side_is_turned_by_its_exif(tmp_path: Path) -> None:
    image = Image.fromarray(stop_sign()[:, :, ::-1]).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it 90 degrees clockwise to see it
    image.save(tmp_path / "side.jpg", exif=exif, quality=95)
    photo = pipeline.analyse(read_image(tmp_path / "side.jpg"))
    assert photo.image_size == (640, 480)
    assert photo.labels == ("정지 표지판",)


def test_a_photo_of_20000_pixels_is_scaled_and_seen() -> None:
    wide = Image.new("RGB", (20000, 600), "grey")
    wide.paste(Image.fromarray(stop_sign()[:, :, ::-1]))
    buffer = io.BytesIO()
    wide.save(buffer, "PNG", compress_level=1)
    photo = pipeline.analyse(decode_image(buffer.getvalue()))
    assert photo.image_size[0] == 4096
