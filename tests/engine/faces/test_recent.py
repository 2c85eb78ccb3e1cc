"""A quick stream's frames share expressions; slow ones, other faces and other eyes do not."""

from __future__ import annotations

import numpy as np
import pytest

from engine.faces import FaceReader
from engine.faces.expression.prediction import FRESH_MS, Recent
from engine.faces.result import Expression
from tests.engine import faces_samples as samples

BOX = (100.0, 100.0, 50.0, 60.0)
SAID = Expression("행복", 1.0, {"행복": 1.0}, False, "model", "test")


def features(drowsy: bool = False) -> object:
    with FaceReader() as reader:
        found = reader.read(samples.sample()).faces[0].features
    assert found.drowsy is drowsy
    return found


@pytest.mark.parametrize(
    ("box", "later", "shared"),
    [
        (BOX, 33, True),
        ((103.0, 98.0, 50.0, 60.0), 33, True),
        (BOX, FRESH_MS, False),
        (BOX, -1, False),
        ((140.0, 100.0, 50.0, 60.0), 33, False),
    ],
)
def test_the_same_face_a_moment_later(
    box: tuple[float, float, float, float], later: int, shared: bool
) -> None:
    recent, measured = Recent(), features()
    recent.keep([BOX], [SAID], 1000)
    found = recent.expressions([box], [measured], 1000 + later)  # type: ignore[list-item]
    assert found == ([SAID] if shared else None)


def test_as_many_faces_or_none() -> None:
    recent, measured = Recent(), features()
    other = (300.0, 100.0, 50.0, 60.0)
    assert recent.expressions([BOX], [measured], 10) is None  # type: ignore[list-item]
    recent.keep([BOX], [SAID], 0)
    assert recent.expressions([BOX, other], [measured] * 2, 10) is None  # type: ignore[list-item]
    assert recent.expressions([], [], 10) is None
    recent.keep([BOX, other], [SAID, SAID], None)
    assert recent.expressions([BOX, other], [measured] * 2, 10) is None  # type: ignore[list-item]


def test_two_faces_keep_their_own() -> None:
    recent, measured = Recent(), features()
    other, sad = (300.0, 100.0, 50.0, 60.0), Expression("슬픔", 1.0, {}, False, "model", "test")
    recent.keep([BOX, other], [SAID, sad], 0)
    found = recent.expressions([other, BOX], [measured] * 2, 20)  # type: ignore[list-item]
    assert found is not None and [said.label for said in found] == ["슬픔", "행복"]


def test_a_cameras_frames_are_judged_every_other_time_and_others_always() -> None:
    image = samples.sample()
    moved = np.roll(image, 3, axis=1)
    further = np.roll(image, 7, axis=1)
    frames = ((image, 10), (moved, 43), (further, 76), (moved, 200))
    for quick in (True, False):
        with FaceReader(live=True, quick=quick) as reader:
            shares = [
                reader.read(frame, time).faces[0].expression.probabilities for frame, time in frames
            ]
        assert (shares[0] == shares[1]) is quick
        assert shares[1] != shares[2] and shares[2] != shares[3]
    with FaceReader() as reader:
        first, second = (reader.read(frame).faces[0] for frame in (image, moved))
    assert first.expression.probabilities != second.expression.probabilities
