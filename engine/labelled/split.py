"""Which pictures a new head is asked about: those that it has not learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.errors import InputError, Message

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
