"""Expressions of face pictures, judged as the product judges them: zip or folder CLASS/NAME.jpg."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from engine.errors import InputError
from engine.faces import LABELS, FaceReader
from engine.images import decode_image
from training.faces_data import Picture, pictures, spread
from training.metrics import classification_metrics


def evaluate(data: Sequence[Path], limit: int | None = None) -> dict[str, object]:
    """Return the metrics of the shipped model on the largest face of each picture.

    A picture that cannot be read, or in which no face is found, is wrong and counted as
    unanswered. ``rules_accuracy`` and ``rules_macro_f1`` are what the fall-back rules get
    on the same pictures, ``majority_accuracy`` what always the commonest class gets.

    Args:
        limit: use only this many pictures, evenly spread over the classes.

    Raises:
        InputError: the data holds no picture of a known class.
    """
    rows = spread(list(pictures(data)), limit)
    truth = [row.label for row in rows]
    found: list[str | None] = []
    sure: list[float] = []
    with FaceReader(max_faces=1) as reader:
        start = time.perf_counter()
        for row in rows:
            label, confidence = _answer(reader, row)
            found.append(label)
            sure.append(confidence)
        seconds = time.perf_counter() - start
        model = reader.model
    with FaceReader(max_faces=1, use_rules=True) as reader:
        ruled = [_answer(reader, row) for row in rows]
    rules = classification_metrics(truth, [r[0] for r in ruled], [r[1] for r in ruled], LABELS)
    return {
        **classification_metrics(truth, found, sure, LABELS),
        "rules_accuracy": rules["accuracy"],
        "rules_macro_f1": rules["macro_f1"],
        "majority_accuracy": max(truth.count(label) for label in LABELS) / len(truth),
        "seconds": seconds,
        "ms_per_item": seconds * 1000 / len(rows),
        "model": model,
    }


def _answer(reader: FaceReader, row: Picture) -> tuple[str | None, float]:
    try:
        faces = reader.read(decode_image(row.data, row.name)).faces
    except InputError:
        return None, 0.0
    if not faces:
        return None, 0.0
    return faces[0].expression.label, faces[0].expression.confidence
