"""Texts of a chunk to numbers; a plain function, so that any worker anywhere can run it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import InputError
from engine.jobs import Progress

CHUNK_ROWS = {"instant": 2000, "precise": 500}
"""Rows of a chunk by mode: a second or so of work, and what a killed program loses at most."""


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


def score(texts: Sequence[str], mode: str, progress: Progress | None = None) -> Answers:
    """Judge *texts*, each of which can be judged.

    Raises:
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    from engine.reviews import LABELS, predict_many

    if not texts:
        return Answers([], [], [], "")
    results = predict_many(texts, progress)
    return Answers(
        verdict=[LABELS.index(result.label) * 2 for result in results],
        positive=[result.positive for result in results],
        stars=[result.stars for result in results],
        model=results[0].model,
    )


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
