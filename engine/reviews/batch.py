"""Judging a whole table of reviews, and what it amounts to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import text
from engine.errors import InputError
from engine.jobs import Progress
from engine.reviews import tables_write
from engine.reviews.results import NEGATIVE, POSITIVE, ReviewResult
from engine.reviews.tables import Table

COLUMNS = ("판단", "확률", "별점")
"""Names of the columns that an export adds to the file's own."""


@dataclass(frozen=True)
class Scored:
    """A table with its judgements.

    Attributes:
        column: index of the text column.
        results: one a row of ``table.rows``; ``None``: the cell is blank or too long.
    """

    table: Table
    column: int
    results: list[ReviewResult | None]


@dataclass(frozen=True)
class Summary:
    """What a scored table amounts to.

    Attributes:
        positive, negative: number of rows by label; *skipped*: rows without a judgement.
        stars: (11,) number of rows with 0, 0.5 … 5 stars.
        mean_stars: mean of the stars, ``None`` without any judgement.
    """

    positive: int
    negative: int
    skipped: int
    stars: tuple[int, ...]
    mean_stars: float | None

    @property
    def judged(self) -> int:
        """Number of rows with a judgement."""
        return self.positive + self.negative

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as JSON-able plain types."""
        return {
            "positive": self.positive,
            "negative": self.negative,
            "skipped": self.skipped,
            "stars": list(self.stars),
            "mean_stars": self.mean_stars,
        }


def score_table(table: Table, column: int, progress: Progress | None = None) -> Scored:
    """Judge every row of *table* by the text in *column*.

    Raises:
        InputError: the column holds no text at all.
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    from engine.reviews.judge import predict_many  # brings numpy, which the start does not need

    texts = table.texts(column)
    chosen = [i for i, item in enumerate(texts) if _can_be_judged(item)]
    if not chosen:
        name = table.header[column]
        raise InputError(f"'{name}' 열에 읽을 글이 없어요.", f"The column '{name}' holds no text.")
    results: list[ReviewResult | None] = [None] * len(texts)
    judged = predict_many([texts[i] for i in chosen], progress)
    for i, result in zip(chosen, judged, strict=True):
        results[i] = result
    return Scored(table, column, results)


def _can_be_judged(item: str) -> bool:
    return len(item) <= text.MAX_CHARACTERS and bool(text.normalize(item))


def summarise(results: Sequence[ReviewResult | None]) -> Summary:
    """Count labels and stars."""
    judged = [result for result in results if result is not None]
    labels = Counter(result.label for result in judged)
    stars = Counter(round(result.stars * 2) for result in judged)
    mean = sum(result.stars for result in judged) / len(judged) if judged else None
    return Summary(
        positive=labels[POSITIVE],
        negative=labels[NEGATIVE],
        skipped=len(results) - len(judged),
        stars=tuple(stars[step] for step in range(11)),
        mean_stars=mean,
    )


def export(scored: Scored, path: Path, progress: Progress | None = None) -> int:
    """Write the table with its judgements as .csv or .xlsx; see ``tables_write.write``."""
    progress = progress or Progress()
    header = (*scored.table.header, *_free_names(scored.table.header))
    return tables_write.write(path, header, _rows(scored, progress))


def _free_names(header: Sequence[str]) -> list[str]:
    """Return the added columns' names, told apart from the file's own."""
    return [f"{name} (마음결)" if name in header else name for name in COLUMNS]


def _rows(scored: Scored, progress: Progress) -> Iterator[Sequence[tables_write.Cell]]:
    total = len(scored.results)
    for number, (row, result) in enumerate(zip(scored.table.rows, scored.results, strict=True)):
        if number % 1000 == 0:
            progress.report(number / total)
        if result is None:
            yield (*row, "", "", "")
        else:
            yield (*row, result.label, round(result.confidence, 4), result.stars)
