"""The stores of batches in the user's data folder: which can be used, which may go; no Qt."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.batch import (
    BatchSummary,
    Outcome,
    Plan,
    Unfinished,
    forget,
    store_for,
    unfinished,
)
from engine.batch.store import FILE
from engine.batch.stores import plan_of, stores_dir
from engine.errors import MaumgyeolError, Message, StorageError
from engine.jobs import Progress

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
    from engine.batch.scoring import answering_model

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
    from engine.batch.identity import file_marks
    from engine.batch.scoring import answering_model

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
