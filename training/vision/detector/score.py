"""One protocol for every detector: COCO's average precision by pycocotools."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from engine.core.errors import InputError
from engine.faces import FaceReader
from engine.media.images import Bgr
from training.vision.detector.annotations import NAMES, Box, Face, Sample
from training.vision.detector.compose import KINDS
from training.vision.detector.formats import coco


@contextmanager
def finder() -> Iterator[Callable[[Bgr], Sequence[Hit]]]:
    """Give a call that returns every face with each of the four classes' probability.

    Where the boxes to be scored on were drawn by the landmarker itself, its boxes are right by
    construction: then only its classes compare.
    """
    with FaceReader() as reader:

        def find(image: Bgr) -> Sequence[Hit]:
            hits = []
            for face in reader.read(image).faces:
                x, y, wide, high = face.box
                for label, kind in KINDS.items():
                    sure = face.expression.probabilities[label]
                    hits.append(Hit(kind, (x, y, x + wide, y + high), sure))
            return hits

        yield find


MOST = 100
"""Boxes of a picture that count, surest first, as in COCO's protocol."""


@dataclass(frozen=True)
class Hit:
    """One box that a detector gave, with its confidence in 0..1."""

    kind: int
    box: Box
    confidence: float


def score(truth: Sequence[Sample], found: Mapping[str, Sequence[Hit]]) -> dict[str, Any]:
    """Return what *found* (by the samples' names) is worth.

    ``ap50`` and ``ap50_95`` are means over the classes that *truth* has, in 0..1;
    ``find_ap50`` and ``find_ap50_95`` take all classes for one: finding without naming.

    Raises:
        InputError: *truth* has no face.
    """
    if not any(sample.faces for sample in truth):
        raise InputError("점수를 낼 얼굴이 없어요.", "There is no face to score on.")
    named = _evaluate(truth, found)
    one = [replace(s, faces=tuple(Face(0, face.box) for face in s.faces)) for s in truth]
    merged = {name: [replace(hit, kind=0) for hit in hits] for name, hits in found.items()}
    anywhere = _evaluate(one, merged)
    classes = {}
    for kind, name in enumerate(NAMES):
        faces = sum(face.kind == kind for sample in truth for face in sample.faces)
        if faces:
            every = named.eval["precision"][:, :, kind, 0, -1]
            classes[name] = {
                "faces": faces, "ap50": _mean(every[0]), "ap50_95": _mean(every),
            }  # fmt: skip
    return {
        "pictures": len(truth),
        "faces": sum(len(sample.faces) for sample in truth),
        "ap50": float(named.stats[1]),
        "ap50_95": float(named.stats[0]),
        "recall": float(named.stats[8]),
        "find_ap50": float(anywhere.stats[1]),
        "find_ap50_95": float(anywhere.stats[0]),
        "classes": classes,
    }


def _mean(precision: Any) -> float:
    return float(precision[precision > -1].mean())


def _evaluate(truth: Sequence[Sample], found: Mapping[str, Sequence[Hit]]) -> Any:
    """Return pycocotools' evaluation after its three steps, which print nothing here."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    wanted = coco(truth)
    given: list[dict[str, Any]] = []
    for image, sample in zip(wanted["images"], truth, strict=True):
        hits = sorted(found.get(sample.name, ()), key=lambda hit: -hit.confidence)[:MOST]
        boxed = coco([replace(sample, faces=tuple(Face(hit.kind, hit.box) for hit in hits))])
        for hit, row in zip(hits, boxed["annotations"], strict=True):
            number = {"id": len(given) + 1, "image_id": image["id"], "score": hit.confidence}
            given.append(row | number)
    with contextlib.redirect_stdout(io.StringIO()):
        sets = []
        for annotations in (wanted["annotations"], given):
            made = COCO()
            made.dataset = wanted | {"annotations": annotations}
            made.createIndex()
            sets.append(made)
        evaluation = COCOeval(*sets, iouType="bbox")
        evaluation.params.maxDets = [1, 10, MOST]
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation
