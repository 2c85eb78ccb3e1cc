"""Texts of a chunk to numbers; a plain function, so that any worker anywhere can run it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.reviews.batch.store import Stored
from engine.tables import Row
from engine.tables.delimited import BLANK, TOO_LONG, of_text


@dataclass(frozen=True)
class Chunk:
    """Some rows in order, and the texts of those that can be judged."""

    rows: list[Row]
    texts: list[str]

    def with_answers(self, answers: Answers) -> list[Stored]:
        """Return the rows as they are stored."""
        judged = zip(answers.verdict, answers.positive, answers.stars, strict=True)
        stored = [
            Stored(None, None, None, row.flags, row.cells, row.line)
            if row.flags & (BLANK | TOO_LONG)
            else Stored(*next(judged), row.flags, row.cells, row.line)
            for row in self.rows
        ]
        if next(judged, None) is not None:
            raise ValueError("more answers than texts")
        return stored


def chunks_of(rows: Iterable[Row], size: int, column: int) -> Iterator[Chunk]:
    """Yield the rows by *size*; those whose text cannot be judged carry a flag why."""
    source = iter(rows)
    while taken := list(itertools.islice(source, size)):
        marked = [row._replace(flags=row.flags | of_text(row.cells[column])) for row in taken]
        texts = [row.cells[column] for row in marked if not row.flags & (BLANK | TOO_LONG)]
        yield Chunk(marked, texts)


CHUNK_ROWS = {"instant": 2000, "precise": 500}
"""Rows of a chunk by mode: a second or so of work, and what a killed program loses at most."""

_PORTION = 512


@dataclass(frozen=True)
class Answers:
    """The judgements of a chunk's texts, one each.

    Attributes:
        verdict: three-way class 0, 1, 2; *positive*: P(긍정); *stars*: 0..5.
        model: name and version of what answered.
    """

    verdict: list[int]
    positive: list[float]
    stars: list[float]
    model: str


def answering_model(mode: str) -> str:
    """Return the name and version of what answers here and now."""
    return score(["좋아요"], mode).model


def check_mode(mode: str) -> None:
    """Return if there is such a mode.

    Raises:
        InputError: there is not.
    """
    if mode not in CHUNK_ROWS:
        known = ", ".join(CHUNK_ROWS)
        raise InputError(
            f"모르는 판단 방식이에요: {mode} (있는 것: {known})",
            f"Unknown mode {mode}; known: {known}",
        )


def score(texts: Sequence[str], mode: str, progress: Progress | None = None) -> Answers:
    """Judge *texts* as ``reviews.predict_many`` does, without a result object a row.

    Raises:
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    import numpy as np

    from engine.reviews import INSTANT, fusion, model
    from engine.text import encoder, ngrams

    answering = model.answering()
    label = answering.label if mode == INSTANT else f"{encoder.label()} + {answering.label}"
    found = Answers([], [], [], label)
    for first in range(0, len(texts), _PORTION):
        if progress is not None:
            progress.raise_if_cancelled()
        part = texts[first : first + _PORTION]
        if mode == INSTANT:
            scores = model.score(answering, [ngrams.fold(item) for item in part])
        else:
            scores = fusion.score(answering, part)
        positive = np.exp(-np.logaddexp(0.0, -scores.log_odds.astype(np.float64)))
        found.verdict.extend(scores.verdict.tolist())
        found.positive.extend(positive.tolist())
        found.stars.extend((np.rint(scores.rating.astype(np.float64)) / 2).tolist())
    return found


def check_worker(answers: Answers, model: str) -> None:
    """Return if a worker answered with *model*.

    Raises:
        InputError: it has another one, so its answers would differ.
    """
    if answers.model not in ("", model):
        raise InputError(
            f"작업자가 다른 모델로 답했어요: {answers.model} (여기는 {model}). "
            "모든 컴퓨터에 같은 판을 설치해 주세요.",
            f"A worker answered with {answers.model} instead of {model}. "
            "Install the same version on every machine.",
        )
