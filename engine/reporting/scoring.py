"""Answers of a model to a labelled set, and what they are worth.

``training.evaluate`` prints :meth:`Scored.metrics`; a report shows the same answers.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.errors import Message
from engine.jobs import Progress
from engine.metrics import (
    class_scores,
    classification_metrics,
    mean_absolute_error,
    quadratic_kappa,
)
from engine.reporting.sets.items import Item, LabelledSet
from engine.reporting.sets.reviews import verdict_of
from engine.reporting.tasks import task_of
from engine.reviews.results import THREE_WAY

_READ = 0.04


@dataclass(frozen=True)
class Answer:
    """What the model said of one item.

    Attributes:
        label: ``None`` when it could not answer; then *problem* says why.
        confidence: probability of *label* in 0..1.
        stars, rating, three_way: for reviews: 0..5 in half steps, 1..10, verdict of three.
    """

    item: Item
    label: str | None
    confidence: float
    stars: float | None = None
    rating: float | None = None
    three_way: str | None = None
    problem: Message | None = None

    @property
    def right(self) -> bool:
        """Whether it is the item's label."""
        return self.label is not None and self.label == self.item.label


@dataclass(frozen=True)
class Answers:
    """All answers in the order of the items, and which model gave them in how many seconds."""

    answers: tuple[Answer, ...]
    model: str
    seconds: float


@dataclass(frozen=True)
class Scored:
    """A labelled set with a model's answers.

    Attributes:
        labels: the task's labels, in their usual order.
        seconds: time of the answers, without loading the model.
    """

    task: str
    labels: tuple[str, ...]
    data: LabelledSet
    answers: tuple[Answer, ...]
    model: str
    seconds: float

    @cached_property
    def labelled(self) -> tuple[Answer, ...]:
        """Those whose item has a label."""
        return tuple(answer for answer in self.answers if answer.item.label is not None)

    @cached_property
    def truth(self) -> list[str]:
        """The labels of :attr:`labelled`."""
        return [answer.item.label or "" for answer in self.labelled]

    @cached_property
    def predicted(self) -> list[str | None]:
        """The answers of :attr:`labelled`."""
        return [answer.label for answer in self.labelled]

    def metrics(self) -> dict[str, object]:
        """Return ``classification_metrics`` and more.

        ``balanced_accuracy`` (mean recall of the labels that occur), ``left_out`` (rows
        without a known label) where there are any, ``seconds``, ``ms_per_item`` and
        ``model``; with ratings ``stars_mae`` (mean distance in stars from half the rating),
        ``rating_mae`` (mean distance of the rating, 1..10), ``quadratic_kappa`` (of the
        rounded rating), ``stars_n`` (how many) and ``three_way`` (1-4, 5-8, 9-10: accuracy,
        macro_f1, per_class; a review without an answer counts as wrong).
        """
        sure = [answer.confidence for answer in self.labelled]
        metrics = classification_metrics(self.truth, self.predicted, sure, self.labels)
        rows = metrics["per_class"]
        assert isinstance(rows, dict)
        recalls = [row["recall"] for row in rows.values()]
        left_out = self.data.unlabelled + sum(self.data.unknown.values())
        return {
            **metrics,
            "balanced_accuracy": sum(recalls) / len(recalls),
            **self._rated(),
            **({"left_out": left_out} if left_out else {}),
            "seconds": self.seconds,
            "ms_per_item": 1000 * self.seconds / len(self.answers),
            "model": self.model,
        }

    def rated(self) -> list[tuple[int, float, float]]:
        """Return (true rating 1..10, rating, stars 0..5) of the rated reviews with an answer."""
        return [
            (answer.item.rating, answer.rating, answer.stars)
            for answer in self.answers
            if answer.item.rating is not None
            and answer.rating is not None
            and answer.stars is not None
        ]

    def verdicts(self) -> tuple[list[str], list[str | None]]:
        """Return true and answered three-way verdicts of all rated reviews."""
        rated = [answer for answer in self.answers if answer.item.rating is not None]
        truth = [verdict_of(answer.item.rating or 0) for answer in rated]
        return truth, [answer.three_way for answer in rated]

    def _rated(self) -> dict[str, object]:
        rated = self.rated()
        truth, answered = self.verdicts()
        if not truth:
            return {}
        ratings = [row[0] for row in rated]
        per_class = class_scores(truth, answered, THREE_WAY)
        right = sum(t == a for t, a in zip(truth, answered, strict=True))
        return {
            "stars_mae": mean_absolute_error([r / 2 for r in ratings], [row[2] for row in rated]),
            "rating_mae": mean_absolute_error(ratings, [row[1] for row in rated]),
            "quadratic_kappa": quadratic_kappa(ratings, [round(row[1]) for row in rated]),
            "stars_n": len(rated),
            "three_way": {
                "accuracy": right / len(truth),
                "macro_f1": sum(row["f1"] for row in per_class.values()) / len(per_class),
                "per_class": per_class,
            },
        }


def score(
    key: str,
    data: Sequence[Path],
    limit: int | None = None,
    progress: Progress | None = None,
    mode: str | None = None,
) -> Scored:
    """Read a labelled set and have the model of task *key* answer it.

    Args:
        limit: at most so many items (pictures in folders: evenly spread over the classes).
        mode: which of the task's modes answers; its first when ``None``.

    Raises:
        InputError: there is no such task or mode, or the data cannot be read or holds no label.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
        Cancelled: *progress* was cancelled.
    """
    task = task_of(key, mode)
    progress = progress or Progress()
    progress.report(0.0, Message("자료를 읽는 중이에요.", "Reading the data."))
    read = importlib.import_module(f"engine.reporting.sets.{task.key}").read
    answer = importlib.import_module(f"engine.reporting.answers.{task.key}")
    found: LabelledSet = read([Path(path) for path in data], limit, progress.part(0.0, _READ))
    modes = (mode or task.modes[0][0],) if task.modes else ()
    given: Answers = answer.answer(found.items, progress.part(_READ, 1.0), *modes)
    labels: tuple[str, ...] = tuple(answer.LABELS)
    return Scored(task.key, labels, found, given.answers, given.model, given.seconds)
