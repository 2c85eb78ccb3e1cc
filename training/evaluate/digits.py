"""Score the shipped digit reader on labelled pictures: ``training.evaluate digits``.

Data is a folder ``CLASS/NAME.png``, an ``.npz`` with ``images`` and ``labels``, or MNIST's
IDX pair ``--data IMAGES LABELS`` (plain or ``.gz``). Every picture goes through the whole
of :func:`engine.digits.predict`, its preparation included.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.reports.scoring import score


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return accuracy, macro F1, per-digit scores, calibration error and speed.

    Raises:
        InputError: the data is of none of the layouts, cannot be read or is empty.
    """
    return score("digits", data, limit).metrics()
