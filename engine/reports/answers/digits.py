"""The answers of the digit reader, its preparation of the picture included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine import digits
from engine.core.jobs import Progress
from engine.digits.result import LABELS
from engine.reports.answers.pictures import answers
from engine.reports.scoring import Answers
from engine.reports.sets.items import Item

__all__ = ["LABELS", "answer"]


def answer(items: Sequence[Item], progress: Progress) -> Answers:
    """Read every digit; a blank picture has no answer."""
    digits.warm_up()  # loading is no part of the time
    model = ""

    def judge(image: npt.NDArray[np.uint8]) -> tuple[str, float]:
        nonlocal model
        result = digits.predict(image)
        model = result.model
        return result.label, result.confidence

    made, seconds = answers(items, judge, progress)
    return Answers(made, model, seconds)
