"""Streaming a file through the model into its store, and going on where it stopped."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from pathlib import Path

from engine import tables
from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reviews.batch import aggregate, backends, scoring
from engine.reviews.batch import plan as identity
from engine.reviews.batch.aggregate import Tally
from engine.reviews.batch.plan import Columns, Identity, Pause, Plan
from engine.reviews.batch.result import BatchSummary
from engine.reviews.batch.result_store import Outcome
from engine.reviews.batch.scoring import chunks_of
from engine.reviews.batch.store import Store
from engine.tables import find_column, read

OnSummary = Callable[[BatchSummary], None]


def run(
    plan: Plan,
    store: Path,
    progress: Progress | None = None,
    pause: Pause | None = None,
    on_summary: OnSummary | None = None,
) -> Outcome:
    """Judge every row of a file; with a store that is not finished, those that are left.

    Args:
        store: folder of the results, made if need be, kept when the batch stops early.
        pause: holds the batch between chunks.
        on_summary: is handed what the rows so far amount to, after every chunk.

    Raises:
        InputError: the file cannot be read or has changed, the column of the texts is
            unclear or empty, or the store belongs to another batch.
        StorageError: the store cannot be written; what it holds stays.
        Cancelled: *progress* was cancelled; the same call goes on afterwards.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    progress = progress or Progress()
    scoring.check_mode(plan.mode)
    progress.report(None, Message("파일을 살펴보고 있어요.", "Looking at the file."))
    found, columns = opened(plan)
    asked = _identity(plan, found, columns)
    with Store(store, writing=True) as kept:
        stored = kept.identity
        if stored is None:
            kept.put("identity", asked.to_dict())
        else:
            identity.check_same(stored, asked)
        if not kept.finished:
            batch = _Batch(plan, found, columns, asked.model, kept)
            batch.run(progress.part(0.0, 0.95), pause or Pause(), on_summary or (lambda _: None))
            identity.check_unchanged(found.path, asked)
            summary = batch.finish(progress.part(0.95, 1.0))
            kept.put("summary", summary.to_dict())
            if on_summary is not None:
                on_summary(summary)
    progress.report(1.0)
    return Outcome(store)


def opened(asked: Plan) -> tuple[tables.Layout, Columns]:
    """Return how the plan's file is laid out and which columns are meant.

    Raises:
        InputError: the file cannot be read, or a column is missing or unclear.
    """
    found, sample = tables.look(asked.source)
    index = read.text_index(found, sample, asked.text_column)
    others = (asked.date_column, asked.group_column, asked.label_column)
    return found, Columns(index, *(find_column(column, found.header) for column in others))


def _identity(asked: Plan, found: tables.Layout, columns: Columns) -> Identity:
    size, changed, ends = identity.file_marks(found.path)
    return Identity(
        source=str(found.path.resolve()),
        size=size,
        changed=changed,
        ends=ends,
        header=found.header,
        columns=columns.to_dict(),
        mode=asked.mode,
        model=scoring.answering_model(asked.mode),
        reading=identity.READING,
    )


class _Batch:
    def __init__(
        self, plan: Plan, found: tables.Layout, columns: Columns, model: str, kept: Store
    ) -> None:
        self._plan = plan
        self._layout = found
        self._columns = columns
        self._model = model
        self._store = kept
        self._tally = Tally(columns)

    def run(self, progress: Progress, pause: Pause, on_summary: OnSummary) -> None:
        done = self._recount(progress)
        reader = tables.Reader(self._layout, done)
        chunks = chunks_of(reader, scoring.CHUNK_ROWS[self._plan.mode], self._columns.text)
        with backends.judge(self._plan) as (judge, width):
            while True:
                pause.wait(progress)
                taken = list(itertools.islice(chunks, width))
                if not taken:
                    break
                texts = [chunk.texts for chunk in taken]
                for chunk, answers in zip(taken, judge(texts, progress), strict=True):
                    scoring.check_worker(answers, self._model)
                    stored = chunk.with_answers(answers)
                    self._store.append(done, stored)
                    self._tally.add(stored)
                    done += len(stored)
                on_summary(self._tally.summary())
                progress.report(reader.fraction, _count(done))

    def finish(self, progress: Progress) -> BatchSummary:
        """Return what all rows amount to, with the words that tell most.

        Raises:
            InputError: no row had a text.
        """
        summary = self._tally.summary()
        if not summary.judged:
            name = self._layout.header[self._columns.text]
            raise InputError(
                f"'{name}' 열에 읽을 글이 없어요.", f"The column '{name}' holds no text."
            )
        found = aggregate.telling(self._store, self._columns.text, progress)
        return dataclasses.replace(
            summary,
            words_positive=found.positive,
            words_negative=found.negative,
            words_by=found.tokenizer,
            sampled=found.sampled,
        )

    def _recount(self, progress: Progress) -> int:
        """Count the rows that an earlier run stored; return how many there are."""
        done = 0
        for rows in self._store.scan():
            progress.report(None, Message("저장된 데까지 불러오고 있어요.", "Going on."))
            self._tally.add(rows)
            done += len(rows)
        return done


def _count(done: int) -> Message:
    return Message(f"{done:,}줄을 읽었어요.", f"{done:,} rows read.")
