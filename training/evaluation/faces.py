"""Expressions of face pictures, judged as the product judges them: zip or folder CLASS/NAME.jpg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.errors import InputError
from engine.faces import FaceReader, rules
from engine.faces.payload import unpack
from engine.reporting.answers import faces
from engine.reporting.scoring import Answer, Scored, score
from training.evaluation import faces_groups as groups


def evaluate(data: Sequence[Path], limit: int | None = None) -> dict[str, object]:
    """Return the metrics of the shipped model on the largest face of each picture.

    A picture that cannot be read, or in which no face is found, is wrong and counted as
    unanswered. ``rules_accuracy`` and ``rules_macro_f1`` are what the fall-back rules get
    on the same pictures, ``majority_accuracy`` what always the commonest class gets;
    ``network_ms`` is the expression network's own time a face. The rest is what
    :mod:`training.evaluation.faces_groups` makes of the faces: figures by head turn, size,
    light and sharpness (``groups``), ``confusions``, and ``doubtful_labels``.

    Args:
        limit: use only this many pictures, evenly spread over the classes.

    Raises:
        InputError: the data holds no picture of a known class.
    """
    scored = score("faces", data, limit)
    seen, ruled = _look(scored)
    by_rules = replace(scored, answers=tuple(ruled)).metrics()
    return {
        **scored.metrics(),
        "rules_accuracy": by_rules["accuracy"],
        "rules_macro_f1": by_rules["macro_f1"],
        "majority_accuracy": max(map(scored.truth.count, faces.LABELS)) / len(scored.truth),
        "network_ms": groups.network_milliseconds(),
        "groups": groups.grouped(seen),
        "confusions": groups.confusions(seen),
        "doubtful_labels": groups.doubtful(seen),
    }


def _look(scored: Scored) -> tuple[list[groups.Seen], list[Answer]]:
    """Return what was seen of each picture with a face, and the rules' answers to all."""
    seen: list[groups.Seen] = []
    ruled: list[Answer] = []
    with FaceReader(max_faces=1) as reader:
        for answer in scored.answers:
            item = answer.item
            try:
                found = reader.read(item.picture()).faces if item.picture else ()
            except InputError:
                found = ()
            if not found:
                ruled.append(Answer(item, None, 0.0))
                continue
            face = found[0]
            said = rules.judge(face.features)
            ruled.append(Answer(item, said.label, said.confidence))
            chances = [face.expression.probabilities[label] for label in faces.LABELS]
            crop = unpack([face.payload])[0][0]
            seen.append(groups.Seen(item.label or "", chances, face.pose, min(face.box[2:]), crop))
    return seen, ruled
