"""Answers of a model to a labelled set, and what they are worth.

``training.evaluate`` prints :meth:`Scored.metrics`; a report shows the same answers.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.learning.metrics import (
    class_scores,
    classification_metrics,
    mean_absolute_error,
    quadratic_kappa,
)
from engine.reports.sets.items import Item, LabelledSet
from engine.reports.sets.reviews import verdict_of
from engine.reviews.result import THREE_WAY


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        key: its name on the command line and of its modules.
        title: what it is called.
        layout: a sentence on the data that it takes.
        suffixes: file endings of such data.
        folders: whether a folder is such data too.
        models: names in the manifest of the models that may answer.
        modes: ways in which the models may answer, the usual one first; none: only one.
    """

    key: str
    title: Message
    layout: Message
    suffixes: tuple[str, ...]
    folders: bool
    models: tuple[str, ...]
    modes: tuple[tuple[str, Message], ...] = ()


_TABLES = (".tsv", ".gz", ".txt", ".csv", ".xlsx")

TASKS = {
    task.key: task
    for task in (
        Task(
            "reviews",
            Message("리뷰 감성", "Review sentiment"),
            Message(
                "TSV(.gz)나 CSV: id document label(0 부정, 1 긍정) 또는 "
                "review_id movie_id rating text(1~10점)",
                "TSV (.gz) or CSV: id document label (0 negative, 1 positive) or "
                "review_id movie_id rating text (1 to 10)",
            ),
            _TABLES,
            False,
            ("text-encoder", "reviews-ngram"),
            (("precise", Message("정밀", "Precise")), ("instant", Message("즉시", "Instant"))),
        ),
        Task(
            "emotions",
            Message("글 감정", "Emotions in text"),
            Message(
                "TSV(.gz)나 CSV: text emotion(행복 슬픔 분노 공포 놀람 혐오 중립)",
                "TSV (.gz) or CSV: text emotion (행복 슬픔 분노 공포 놀람 혐오 중립)",
            ),
            _TABLES,
            False,
            ("text-encoder", "emotions-ngram"),
        ),
        Task(
            "faces",
            Message("표정", "Facial expressions"),
            Message(
                "폴더나 zip: 감정/사진.jpg (행복, happy, 슬픔, sad …)",
                "Folder or zip: CLASS/NAME.jpg (happy, sad, angry, 행복 …)",
            ),
            (".zip",),
            True,
            ("face-expression", "face-landmarker"),
        ),
        Task(
            "digits",
            Message("숫자", "Digits"),
            Message(
                "폴더나 zip: 숫자/그림.png, 또는 IDX 파일 두 개(그림, 라벨), 또는 .npz",
                "Folder or zip: DIGIT/NAME.png, or two IDX files (images, labels), or .npz",
            ),
            (".zip", ".npz", ".gz", ""),
            True,
            ("digits-cnn",),
        ),
    )
}
"""By key, in the order in which they are offered."""


def task_of(key: str, mode: str | None = None) -> Task:
    """Return the task called *key*, which must know *mode* if one is given.

    Raises:
        InputError: there is none.
    """
    if key not in TASKS:
        known = ", ".join(TASKS)
        raise InputError(
            f"'{key}'의 보고서는 만들 수 없어요. 있는 것: {known}",
            f"There is no report of '{key}'. Known: {known}",
        )
    modes = [name for name, _ in TASKS[key].modes]
    if mode is not None and mode not in modes:
        raise InputError(
            f"'{key}'에는 '{mode}' 방식이 없어요. 있는 것: {', '.join(modes) or '한 가지뿐'}",
            f"'{key}' has no mode '{mode}'. Known: {', '.join(modes) or 'only one'}",
        )
    return TASKS[key]


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
    read = importlib.import_module(f"engine.reports.sets.{task.key}").read
    answer = importlib.import_module(f"engine.reports.answers.{task.key}")
    found: LabelledSet = read([Path(path) for path in data], limit, progress.part(0.0, _READ))
    modes = (mode or task.modes[0][0],) if task.modes else ()
    given: Answers = answer.answer(found.items, progress.part(_READ, 1.0), *modes)
    labels: tuple[str, ...] = tuple(answer.LABELS)
    return Scored(task.key, labels, found, given.answers, given.model, given.seconds)
