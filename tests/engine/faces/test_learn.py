"""Corrections of faces teach a personal head, which answers, says so, and can be undone."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.core.library import Library
from engine.faces import LABELS, FaceReader
from engine.faces.expression import learn
from engine.learning import trainer
from engine.learning.linear_head import LinearHead
from tests.engine import faces_samples as samples


def turned(angle: float) -> np.ndarray:
    """Return the portrait's head, tilted."""
    matrix = cv2.getRotationMatrix2D((100, 100), angle, 0.95)
    picture = cv2.warpAffine(samples.head(), matrix, (200, 200), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(picture, dtype=np.uint8)


def test_the_shipped_head_answers_as_the_reader_does() -> None:
    with FaceReader() as reader:
        face = reader.read(samples.sample()).faces[0]
    logits = learn.base_head().logits(learn.embed([face.payload]))[0]
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    for label, chance in zip(LABELS, chances, strict=True):
        assert face.expression.probabilities[label] == pytest.approx(float(chance), abs=1e-4)


def test_anchors_are_answered_well_by_the_shipped_head() -> None:
    features, labels = learn.anchors()
    right = (learn.base_head().classes(features) == labels).mean()
    assert right > 0.5 and set(labels) == set(range(len(LABELS)))


def test_corrections_teach_and_can_be_undone(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    with FaceReader() as reader:
        before = reader.read(samples.sample())
        for angle in (-12, -8, -4, 4, 8, 12):
            face = reader.read(turned(angle)).faces[0]
            library.add_correction("faces", face.payload, face.expression.label, "놀람", "m")
        report = trainer.retrain(learn, library, Progress())
        assert report.corrections == 6
        assert report.adopted, report.reason
        after = reader.read(samples.sample())
        assert after.faces[0].expression.label == "놀람"
        assert after.model == f"{before.model} + {trainer.active_label('faces')}"
        assert trainer.undo("faces") is None
        again = reader.read(samples.sample())
    assert again.model == before.model
    assert again.faces[0].expression == before.faces[0].expression
    library.close()


def test_what_is_no_face_cannot_be_learned() -> None:
    with pytest.raises(InputError):
        learn.embed([b"a digit"])


def test_the_head_is_a_plain_linear_layer() -> None:
    head = learn.base_head()
    assert isinstance(head, LinearHead)
    assert head.weights.shape[0] == len(LABELS) == len(head.bias)
    assert head.weights.dtype == np.float32
