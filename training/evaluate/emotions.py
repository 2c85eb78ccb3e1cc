"""Score the shipped emotion models on a TSV (or .gz) ``text emotion``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.reports.scoring import score


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return accuracy, macro F1, per-label scores, calibration error and speed.

    Raises:
        InputError: the data lacks the columns or is empty.
    """
    return score("emotions", data, limit).metrics()
