"""The stores of batches in the user's data folder: which can be used, which may go; no Qt."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.core.errors import MaumgyeolError, Message, StorageError
from engine.core.jobs import Progress
from engine.reviews.batch import (
    BatchSummary,
    Outcome,
    Plan,
    ScoredRow,
    Unfinished,
    forget,
    store_for,
    unfinished,
)
from engine.reviews.batch.repository import plan_of, stores_dir
from engine.reviews.batch.store import FILE

if TYPE_CHECKING:
    from engine.reviews.batch import Outcome

log = logging.getLogger(__name__)

KEPT = 5
"""Finished batches that are kept, so that their files open at once when they come again."""

ANEW = Message(
    "전에 읽은 뒤로 파일이나 모델이 바뀌어서 처음부터 읽어요.",
    "The file or the model has changed since it was read, so it is read anew.",
)


@dataclass(frozen=True)
class Reading:
    """A batch as it is shown: the rows, what they amount to, how many, and whether that is all.

    *former*: another model than the one that read it answers now.

    The store is closed when nobody holds it any more: a worker may still look into it.
    """

    outcome: Outcome
    summary: BatchSummary
    rows: int
    finished: bool
    former: bool = False

    @property
    def source(self) -> Path:
        """The file that was read."""
        return Path(self.outcome.identity.source)

    @property
    def plan(self) -> Plan:
        """What it was read by."""
        return plan_of(self.outcome.identity)


def reading(outcome: Outcome) -> Reading:
    """Return what *outcome* holds; seconds a million rows for an unfinished one."""
    from engine.reviews.batch.scoring import answering_model

    about = outcome.identity
    try:
        former = about.model != answering_model(about.mode)
    except MaumgyeolError as error:  # no model answers now; what was read can still be seen
        log.warning("%s", error)
        former = False
    return Reading(outcome, outcome.summary, len(outcome), outcome.finished, former)


def half_read(path: Path) -> list[Unfinished]:
    """Return the batches of one file that stopped early, the newest first.

    Where the data folder cannot be used there is none to go on with; reading the file tells why.
    """
    wanted = path.resolve()
    try:
        return [one for one in unfinished() if one.source.resolve() == wanted]
    except StorageError as error:
        log.warning("%s", error)
        return []


def stored(store: Path) -> Reading | None:
    """Return what a store holds, ``None`` if it was begun and never filled, or is damaged."""
    outcome = opened(store)
    return None if outcome is None else reading(outcome)


def prepared(plan: Plan, progress: Progress) -> Path:
    """Return the store for *plan*, emptied if its rows are of another file or model.

    Raises:
        InputError: the file cannot be read, or which column holds the texts is unclear.
        StorageError: the store is in use, or cannot be deleted.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    store = store_for(plan)
    if store.is_dir() and not _is_of(plan, store):
        progress.report(None, ANEW)
        forget(store)
    return store


def opened(store: Path) -> Outcome | None:
    """Return what a store holds, ``None`` if it was begun and never filled, or is damaged."""
    try:
        return Outcome(store)
    except MaumgyeolError:
        return None


def _is_of(plan: Plan, store: Path) -> bool:
    from engine.reviews.batch.plan import file_marks
    from engine.reviews.batch.scoring import answering_model

    outcome = opened(store)
    if outcome is None:
        return False
    about = outcome.identity
    outcome.close()
    same = file_marks(plan.source) == about.file
    return same and about.model == answering_model(plan.mode)


def finished_reading(name: str) -> Reading | None:
    """Return what was read into the folder called *name*, ``None`` if it has gone."""
    outcome = finished(name)
    return None if outcome is None else reading(outcome)


def counts(done: Reading) -> dict[str, Any]:
    """Return what the history keeps: where the batch lies and its counts, as plain types."""
    summary = done.summary
    return {
        "store": done.outcome.folder.name,
        "positive": summary.positive,
        "neutral": summary.neutral,
        "negative": summary.negative,
        "skipped": summary.skipped + summary.failed,
        "stars": list(summary.stars),
        "mean_stars": summary.mean_stars,
    }


def finished(name: str) -> Outcome | None:
    """Return the stored batch in the folder called *name*, ``None`` if it has gone."""
    outcome = opened(stores_dir() / name) if name else None
    if outcome is None or outcome.finished:
        return outcome
    outcome.close()
    return None


def forget_unjudged(store: Path) -> None:
    """Delete a store without a single judgement: there is nothing to go on with."""
    outcome = opened(store)
    if outcome is not None:
        judged = outcome.summary.judged
        outcome.close()
        if not judged:
            forget(store)


def tidy(keep: Path) -> None:
    """Delete the finished batches but *keep* and the newest; unfinished ones stay.

    One that cannot be deleted now (another window looks at it) is tried again next time.
    """
    done = []
    for store in stores_dir().iterdir():
        outcome = finished(store.name)
        if outcome is not None:
            outcome.close()
            if store != keep:
                done.append(store)
    done.sort(key=lambda store: -(store / FILE).stat().st_mtime)
    for store in done[KEPT - 1 :]:
        try:
            forget(store)
        except StorageError as error:
            log.warning("%s", error)


# ----------------------------------------------------------------------------------------
# Which rows of a batch are shown, and their cells as far as they are seen; no Qt.

BLOCK = 100
"""Rows that are read at a time."""

_LONGEST = 2000
"""Characters of a text that are kept: a row may hold megabytes."""


class Query(NamedTuple):
    """Which rows are shown and how they are sorted: the arguments of ``Outcome.select``."""

    label: str | None = None
    word: str = ""
    order: str = "row"
    descending: bool = False


class Found(NamedTuple):
    """Row numbers from 0 that answer a query, and how many rows there are."""

    query: Query
    numbers: Sequence[int]
    total: int


class Line(NamedTuple):
    """One row as the table shows it."""

    text: str
    verdict: str
    positive: float | None
    stars: float | None
    problem: Message | None


class Part(NamedTuple):
    """Blocks of the rows that answered a query."""

    found: Found
    blocks: dict[int, list[Line]]


def find(outcome: Outcome, query: Query) -> Found:
    """Return the rows that answer a query, not listed where all are shown in order."""
    total = len(outcome)
    if query == Query():
        return Found(query, range(total), total)
    return Found(query, outcome.select(*query), total)


def read(outcome: Outcome, found: Found, blocks: Sequence[int]) -> Part:
    """Return the lines of some blocks of *found*."""
    column = outcome.columns.text
    lines = {}
    for block in blocks:
        part = found.numbers[block * BLOCK : (block + 1) * BLOCK]
        plain = isinstance(part, range)
        rows = outcome.page(part[0], len(part)) if plain and part else outcome.take(part)
        lines[block] = [_line(row, column) for row in rows]
    return Part(found, lines)


def text_of(outcome: Outcome, number: int) -> str:
    """Return the whole text of a row, by its number from 0."""
    (row,) = outcome.take([number])
    return row.cells[outcome.columns.text]


def _line(row: ScoredRow, column: int) -> Line:
    text = row.cells[column][:_LONGEST]
    return Line(text, row.three_way, row.positive, row.stars, row.problem)
