"""What a head is worth on pictures, whether a new one is better, and how far to trust that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError, Message
from engine.learning.labelled.reading import Material
from engine.learning.labelled.results import Outcome
from engine.learning.metrics import class_scores, confusion_matrix
from engine.learning.promotion import RETENTION_TOLERANCE

MIN_PICTURES = 4
"""Fewer pictures cannot be split into learned and asked ones."""

HELD_FROM = 10
"""With so many pictures of every class, a fifth is held out; with fewer, parts take turns."""

HELD_SHARE = 0.2
FOLDS = 5
MOST_ONE_BY_ONE = 30

HELD_OUT, BY_PARTS, ONE_BY_ONE, PLAIN = "held-out", "folds", "one", "plain"


@dataclass(frozen=True, eq=False)
class Split:
    """How pictures are tried.

    Attributes:
        method: ``"held-out"``: part 0 is never learned; ``"folds"``, ``"plain"`` and
            ``"one"``: each part is asked once, by a head that learned the others.
        fold: (N,) the part of each picture.
        how: the method in words.
    """

    method: str
    fold: npt.NDArray[np.int64]
    how: Message


def split(
    truth: npt.NDArray[np.int64], hashes: npt.NDArray[np.uint8], labels: Sequence[str]
) -> Split:
    """Choose the parts, stratified where every class has enough pictures.

    The choice depends on the files' hashes (N, 32) alone, so that the same pictures are asked
    about again however they are called.

    Raises:
        InputError: there are fewer than ``MIN_PICTURES``.
    """
    if len(truth) < MIN_PICTURES:
        raise InputError(
            f"배울 수 있는 사진이 {MIN_PICTURES}장 이상 필요해요 (지금 {len(truth)}장).",
            f"At least {MIN_PICTURES} usable pictures are needed (there are {len(truth)}).",
        )
    order = sorted(range(len(truth)), key=lambda i: (truth[i], hashes[i].tobytes()))
    counts = np.bincount(truth, minlength=len(labels))
    least = int(counts[counts > 0].min())
    if least >= HELD_FROM:
        return _held_out(truth, order, counts)
    if least >= 2:
        return _by_parts(order, min(FOLDS, least))
    lonely = ", ".join(labels[i] for i in np.flatnonzero(counts == 1).tolist())
    return _unstratified(order, lonely)


def _held_out(
    truth: npt.NDArray[np.int64], order: list[int], counts: npt.NDArray[np.int64]
) -> Split:
    fold = np.ones(len(truth), dtype=np.int64)
    taken = np.zeros(len(counts), dtype=np.int64)
    for i in order:
        if taken[truth[i]] < round(HELD_SHARE * counts[truth[i]]):
            fold[i] = 0
            taken[truth[i]] += 1
    asked = int((fold == 0).sum())
    return Split(
        HELD_OUT,
        fold,
        Message(
            f"분류마다 5분의 1씩, 사진 {asked:,}장을 배우지 않고 남겨 두었다가 시험했어요.",
            f"A fifth of each class, {asked:,} pictures, was held out of learning and asked about.",
        ),
    )


def _by_parts(order: list[int], parts: int) -> Split:
    return Split(
        BY_PARTS,
        _dealt(order, parts),
        Message(
            f"사진이 {HELD_FROM}장보다 적은 분류가 있어서, 분류마다 고르게 {parts}묶음으로 나누어 "
            "한 묶음씩 빼고 배운 모델에게 그 묶음을 물었어요 (교차 검증).",
            f"A class has fewer than {HELD_FROM} pictures, so {parts} stratified parts took turns: "
            "each was asked of a head that had learned the others (cross-validation).",
        ),
    )


def _unstratified(order: list[int], lonely: str) -> Split:
    if len(order) <= MOST_ONE_BY_ONE:
        method, fold = ONE_BY_ONE, np.arange(len(order), dtype=np.int64)
        ko, en = "한 장씩 빼고 배운 모델에게 그 사진을 물었어요", "each picture was asked of a head"
        en += " that had learned the others"
    else:
        method, fold = PLAIN, _dealt(order, FOLDS)
        ko = f"{FOLDS}묶음으로 나누어 한 묶음씩 빼고 배운 모델에게 그 묶음을 물었어요"
        en = f"{FOLDS} parts took turns, each asked of a head that had learned the others"
    return Split(
        method,
        fold,
        Message(
            f"한 장뿐인 분류({lonely})가 있어서 고르게 나눌 수 없어요. {ko}. "
            "한 장뿐인 분류는 배우지 않은 채 답하게 되니 점수가 낮게 나와요.",
            f"A class has a single picture ({lonely}), so no stratified split is possible: {en}. "
            "Such a class is asked about without having been learned, which lowers the figures.",
        ),
    )


def _dealt(order: list[int], parts: int) -> npt.NDArray[np.int64]:
    """Return the part of each picture, dealt in turn in this order."""
    fold = np.empty(len(order), dtype=np.int64)
    fold[order] = np.arange(len(order)) % parts
    return fold


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
