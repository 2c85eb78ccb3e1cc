"""Fits personal heads to corrections or labelled pictures, and asks what they still know."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine import adapt
from engine.adapt import Features, LinearHead
from engine.jobs import Progress
from engine.lessons import Lessons
from engine.verdict import RETENTION_TOLERANCE

Strength = tuple[float, float]
"""Weight of a row that is learned against an anchor row, and the prior's weight."""

STRENGTHS: tuple[Strength, ...] = ((5.0, 1.0), (2.0, 2.0), (1.0, 4.0), (1.0, 12.0), (1.0, 36.0))
"""How hard to learn, the hardest first. The first that keeps what was known is taken."""

GENTLER: tuple[Strength, ...] = (*STRENGTHS, (0.3, 36.0), (0.1, 108.0))
"""For many rows, whose labels may be noisy: the gentlest hardly move the shipped head."""

FOLDS = 3
ALWAYS, NEVER = -1, -2
"""Parts of a cross-validation: rows that every head learns, and rows that none does."""


class Trainer:
    """Fits heads to rows (N, F); half of the anchors is rehearsed, half is held out.

    Args:
        base: the shipped head, which every fit starts from.
        features, truth: (N, F) rows to learn and their (N,) classes.
        anchors, anchor_truth: (M, F) and (M,) of the shipped rehearsal set.
        lessons: learned before; they are rehearsed as certain as they were taught.
    """

    def __init__(
        self,
        base: LinearHead,
        features: Features,
        truth: npt.NDArray[np.int64],
        anchors: Features,
        anchor_truth: npt.NDArray[np.int64],
        lessons: Lessons | None = None,
    ) -> None:
        held = np.arange(len(anchor_truth)) % 2 == 1
        self._base, self._features, self._truth = base, features, truth
        self._rehearsal = anchors[~held]
        self._known = base.probabilities(self._rehearsal)  # to stay, its mistakes included
        if lessons is not None and len(lessons):
            self._rehearsal = _stack(self._rehearsal, lessons.features)
            self._known = np.concatenate([self._known, base.targets(lessons.truth)])
        self._held, self._held_truth = anchors[held], anchor_truth[held]

    def kept(self, head: LinearHead) -> float:
        """Return the accuracy on the anchors that are held out."""
        return accuracy(head, self._held, self._held_truth)

    def strongest(self, progress: Progress) -> tuple[LinearHead, Strength]:
        """Return the first of ``STRENGTHS`` that keeps what was known, or the gentlest."""
        everything, share = np.ones(len(self._truth), dtype=bool), 1 / len(STRENGTHS)
        for number, strength in enumerate(STRENGTHS):
            part = progress.part(share * number, share * (number + 1))
            head = self._fit(everything, strength, part)
            if self._keeps(head):
                break
        return head, strength

    def wisest(
        self, progress: Progress, chosen: npt.NDArray[np.bool_]
    ) -> tuple[LinearHead, Strength]:
        """Return the strength of ``GENTLER`` that answers rows best which it has not learned.

        Of those that keep what was known, by cross-validation within the (N,) *chosen* rows;
        the harder of equals, and the gentlest when none keeps it.
        """
        fold = np.where(chosen, np.cumsum(chosen) % FOLDS, NEVER)
        best, share = -1.0, 1 / len(GENTLER)
        for number, strength in enumerate(GENTLER):
            part = progress.part(share * number, share * (number + 1))
            head = self._fit(chosen, strength, part.part(0.0, 0.25))
            if self._keeps(head):
                guessed = self.cross_validated(strength, part.part(0.25, 1.0), fold)
                right = float((guessed == self._truth)[chosen].mean())
                if right > best:
                    best, found = right, (head, strength)
        return found if best >= 0 else (head, strength)

    def _keeps(self, head: LinearHead) -> bool:
        return self.kept(head) >= self.kept(self._base) - RETENTION_TOLERANCE

    def cross_validated(
        self,
        strength: Strength,
        progress: Progress,
        fold: npt.NDArray[np.int64] | None = None,
    ) -> npt.NDArray[np.int64]:
        """Return the class of each row by heads that did not learn from it.

        Args:
            fold: (N,) the part that each row belongs to, from 0, or ``ALWAYS`` or ``NEVER``,
                whose rows are answered -1. ``None``: ``FOLDS`` parts in turn.
        """
        parts = np.arange(len(self._truth)) % FOLDS if fold is None else fold
        asked = sorted(set(parts[parts >= 0].tolist()))
        guessed = np.full(len(self._truth), -1, dtype=np.int64)
        for number, k in enumerate(asked):
            part = progress.part(number / len(asked), (number + 1) / len(asked))
            head = self._fit((parts != k) & (parts != NEVER), strength, part)
            guessed[parts == k] = head.classes(self._features[parts == k])
        return guessed

    def _fit(
        self, chosen: npt.NDArray[np.bool_], strength: Strength, progress: Progress
    ) -> LinearHead:
        stacked = _stack(self._features[chosen], self._rehearsal)
        targets = np.concatenate([self._base.targets(self._truth[chosen]), self._known])
        weight = np.ones(len(targets))
        weight[: int(chosen.sum())], prior = strength
        return adapt.fit(self._base, stacked, targets, weight, prior=prior, progress=progress)


def accuracy(head: LinearHead, features: Features, truth: npt.NDArray[np.int64]) -> float:
    """Return the share of (N, F) rows that *head* puts into their class."""
    return float((head.classes(features) == truth).mean())


def _stack(first: Features, second: Features) -> Features:
    from scipy.sparse import issparse, vstack

    if issparse(first) or issparse(second):
        return vstack([first, second]).tocsr()
    return np.concatenate([first, second]).astype(np.float32)
