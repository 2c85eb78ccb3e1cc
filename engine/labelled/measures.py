"""What a head is worth on pictures, whether a new one is better, and how far to trust that."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.errors import Message
from engine.labelled.reading import Material
from engine.labelled.results import Outcome
from engine.metrics import class_scores, confusion_matrix
from engine.verdict import RETENTION_TOLERANCE

FEW_ASKED = 30
"""With fewer pictures asked, the figures are little more than a hint."""

SMALL_CLASS = 5
UNLIKELY = 0.05
_Z = 1.959964


def asked_about(
    truth: npt.NDArray[np.int64], answers: npt.NDArray[np.int64], labels: Sequence[str]
) -> Outcome:
    """Return what the *answers* (N,) to pictures of classes *truth* (N,) are worth."""
    given, said = [labels[i] for i in truth], [labels[i] for i in answers]
    rows = class_scores(given, said, labels)
    matrix = confusion_matrix(given, said, labels)
    return Outcome(
        accuracy=float((truth == answers).mean()),
        macro_f1=float(np.mean([row["f1"] for row in rows.values()])),
        recall={label: float(row["recall"]) for label, row in rows.items()},
        precision={label: float(row["precision"]) for label, row in rows.items()},
        confusion=tuple(row[:-1] for row in matrix),  # every picture was answered
    )


def interval(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a *share* of *count* (Wilson 1927).

    >>> [round(end, 3) for end in interval(0.5, 10)]
    [0.237, 0.763]
    """
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    reach = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    reach /= 1 + _Z**2 / count
    return max(0.0, middle - reach), min(1.0, middle + reach)


def by_chance(fixed: int, broken: int) -> float:
    """Return how likely so uneven a change is by chance (McNemar 1947, exact, two-sided).

    Args:
        fixed, broken: pictures that only the new, or only the old head gets right.

    >>> by_chance(6, 0), by_chance(3, 2)
    (0.03125, 1.0)
    """
    both = fixed + broken
    ways = sum(math.comb(both, k) for k in range(min(fixed, broken) + 1))
    return min(1.0, 2 * ways / 2**both)


def recommend(
    before: Outcome,
    after: Outcome,
    kept: tuple[float, float],
    changed: tuple[int, int],
) -> tuple[bool, Message]:
    """Return whether the new head should answer, and why.

    Args:
        kept: accuracy on what was known, before and after.
        changed: pictures that only the new, and only the old head gets right.
    """
    kept_before, kept_after = kept
    if kept_after < kept_before - RETENTION_TOLERANCE:
        return False, Message(
            "권하지 않아요: 새 모델은 원래 알던 기본 문제의 정확도가 "
            f"{kept_before:.1%}에서 {kept_after:.1%}로 떨어졌어요.",
            "Not recommended: accuracy on what was known fell from "
            f"{kept_before:.1%} to {kept_after:.1%}.",
        )
    ko = f"배우지 않은 사진의 정확도 {before.accuracy:.1%} → {after.accuracy:.1%}"
    en = f"accuracy on pictures not learned {before.accuracy:.1%} to {after.accuracy:.1%}"
    was, now = (before.accuracy, before.macro_f1), (after.accuracy, after.macro_f1)
    if now > was:
        fixed, broken = changed
        if by_chance(fixed, broken) < UNLIKELY:
            return True, Message(
                f"새 모델이 더 잘 맞혀요: {ko}.", f"The new model is better: {en}."
            )
        return True, Message(
            f"새 모델이 조금 더 맞혔지만 우연일 수 있어요: {ko} "
            f"(더 맞힌 사진 {fixed:,}장, 더 틀린 사진 {broken:,}장).",
            f"The new model is a little better, perhaps by chance: {en} "
            f"({fixed:,} more right, {broken:,} more wrong).",
        )
    if now == was:
        return False, Message(f"나아진 것이 없어요: {ko}.", f"Nothing has improved: {en}.")
    return False, Message(f"권하지 않아요: {ko}.", f"Not recommended: {en}.")


def notes_on(
    material: Material,
    labels: Sequence[str],
    asked: npt.NDArray[np.bool_],
    known: int,
) -> tuple[Message, ...]:
    """Return what a reader of the figures should know, most important first.

    Args:
        asked: (N,) the pictures that were asked about.
        known: how many of them the answering version has learned.
    """
    truth = material.lessons.truth
    counts = np.bincount(truth, minlength=len(labels))
    notes: list[Message] = []
    if asked.sum() < FEW_ASKED:
        notes.append(
            Message(
                f"시험한 사진이 {asked.sum()}장뿐이라 수치가 크게 흔들릴 수 있어요.",
                f"Only {asked.sum()} pictures were asked about: the figures are rough.",
            )
        )
    if (counts > 0).sum() == 1:
        only = labels[int(counts.argmax())]
        notes.append(
            Message(
                f"한 가지({only}) 사진뿐이라 새 모델이 {only}(으)로 기울 수 있어요.",
                f"All pictures are of one class ({only}): the new model may lean to it.",
            )
        )
    few = np.flatnonzero((counts > 0) & (counts < SMALL_CLASS)).tolist()
    small = [labels[i] for i in few]
    if small:
        notes.append(
            Message(
                f"사진이 {SMALL_CLASS}장이 안 되는 분류: {', '.join(small)}.",
                f"Classes with fewer than {SMALL_CLASS} pictures: {', '.join(small)}.",
            )
        )
    if known:
        notes.append(
            Message(
                f"시험한 사진 {known:,}장은 지금 답하는 모델이 이미 배워서 ‘전’ 점수가 후해요.",
                f"The answering model has learned {known:,} of the pictures asked about, which "
                "flatters 'before'.",
            )
        )
    if material.several:
        notes.append(
            Message(
                f"얼굴이 여럿인 사진 {material.several:,}장은 가장 큰 얼굴을 배웠어요.",
                f"Of {material.several:,} pictures with several faces the largest was learned.",
            )
        )
    if material.listing.unknown():
        notes.append(material.listing.only_these)
    same = Message(
        "같은 사람이나 이어 찍은 사진이 나뉘어 들어가면 점수가 실제보다 후해요.",
        "Pictures of one person, or in a row, on both sides of the split flatter the figures.",
    )
    return (*notes, *material.notes, same)
