"""Expressions of face pictures, judged as the product judges them: zip or folder CLASS/NAME.jpg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.reporting.answers import faces
from engine.reporting.scoring import score


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
    scored = score("faces", data, limit)
    ruled = faces.answer(scored.data.items, use_rules=True)
    rules = replace(scored, answers=ruled.answers).metrics()
    return {
        **scored.metrics(),
        "rules_accuracy": rules["accuracy"],
        "rules_macro_f1": rules["macro_f1"],
        "majority_accuracy": max(map(scored.truth.count, faces.LABELS)) / len(scored.truth),
    }
