"""Score the shipped review models: ``training.evaluate reviews --mode precise|instant``.

Data is a table of ``engine.reports.sets.reviews``: NSMC's ``id document label`` (0
negative, 1 positive), or ``review_id movie_id rating text``, where ratings 1-4 are negative,
9-10 positive and the others count for rating and three-way verdict only. The keys are those
of ``engine.reports.scoring.Scored.metrics``, as in a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.reports.scoring import score


def evaluate(data: Sequence[Path], limit: int | None, mode: str | None = None) -> dict[str, object]:
    """Return the metrics; a text that cannot be judged (empty) is unanswered, so wrong.

    Raises:
        InputError: the data is of neither layout or is empty.
    """
    return score("reviews", data, limit, mode=mode).metrics()
