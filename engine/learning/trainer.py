"""Learning from corrections: train, evaluate, adopt or keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.core.library import Correction, Library
from engine.learning import linear_head
from engine.learning.linear_head import Features, LinearHead
from engine.learning.promotion import RETENTION_TOLERANCE, Scores, judge
from engine.learning.rehearsal import Lessons
from engine.learning.report import LearnReport, fingerprint, outdated
from engine.learning.versions import (
    active_head,
    active_label,
    active_lessons,
    active_version,
    answering,
    can_undo,
    model_name,
    save,
    undo,
    use,
    versions,
)

__all__ = [
    "RETENTION_TOLERANCE",
    "LearnReport",
    "LearnableDomain",
    "active_head",
    "active_label",
    "active_lessons",
    "active_version",
    "answering",
    "can_undo",
    "model_name",
    "outdated",
    "retrain",
    "undo",
    "use",
    "versions",
]

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
        return linear_head.fit(self._base, stacked, targets, weight, prior=prior, progress=progress)


def accuracy(head: LinearHead, features: Features, truth: npt.NDArray[np.int64]) -> float:
    """Return the share of (N, F) rows that *head* puts into their class."""
    return float((head.classes(features) == truth).mean())


def _stack(first: Features, second: Features) -> Features:
    from scipy.sparse import issparse, vstack

    if issparse(first) or issparse(second):
        return vstack([first, second]).tocsr()
    return np.concatenate([first, second]).astype(np.float32)


MIN_CORRECTIONS = 3
"""Fewer corrections than this say too little to train on."""


class LearnableDomain(Protocol):
    """What a domain's ``learn.py`` offers."""

    domain: str
    labels: tuple[str, ...]
    model: str  # its name in the manifest

    def base_head(self) -> LinearHead:
        """Return the shipped head."""

    def anchors(self) -> tuple[Features, npt.NDArray[np.int64]]:
        """Return features (N, F) and labels (N,) of the shipped rehearsal set."""

    def embed(self, payloads: Sequence[bytes]) -> Features:
        """Return the (N, F) features of stored corrections."""


def retrain(domain: LearnableDomain, library: Library, progress: Progress) -> LearnReport:
    """Train a personal head from the shipped one; adopt it only if it is better.

    Corrections of labels the domain does not know are left out. Labelled pictures that the
    answering version has learned are rehearsed, so that they are not forgotten. The old head
    answers until the new one has been evaluated and saved.

    Raises:
        InputError: fewer than ``MIN_CORRECTIONS`` corrections.
        Cancelled: the user stopped it; nothing has changed.
        ModelCorruptError: the personal version that answers now cannot be read.
        StorageError: the new version cannot be saved; nothing has changed.
    """
    rows = [c for c in library.corrections(domain.domain) if c.corrected in domain.labels]
    if len(rows) < MIN_CORRECTIONS:
        raise InputError(
            f"다시 학습하려면 고친 답이 {MIN_CORRECTIONS}개 이상 필요해요 (지금 {len(rows)}개).",
            f"Retraining needs at least {MIN_CORRECTIONS} corrections (there are {len(rows)}).",
        )
    progress.report(0.02, Message("고친 답을 읽는 중…", "Reading the corrections…"))
    lessons = active_lessons(domain.domain)
    report, head = _train(domain, rows, lessons, progress)
    progress.raise_if_cancelled()
    return save(report, head, lessons) if report.adopted else report


def _train(
    domain: LearnableDomain,
    rows: list[Correction],
    lessons: Lessons | None,
    progress: Progress,
) -> tuple[LearnReport, LinearHead]:
    base = domain.base_head()
    current = active_head(domain.domain, base.weights.shape)
    features = domain.embed([row.payload for row in rows])
    truth = np.array([domain.labels.index(row.corrected) for row in rows], dtype=np.int64)
    trainer = Trainer(base, features, truth, *domain.anchors(), lessons)
    head, strength = trainer.strongest(progress.part(0.1, 0.6))
    guessed = trainer.cross_validated(strength, progress.part(0.6, 0.95))
    progress.report(0.95, Message("평가하는 중…", "Evaluating…"))
    scores = Scores(
        before=accuracy(base if current is None else current, features, truth),
        fitted=accuracy(head, features, truth),
        shipped=accuracy(base, features, truth),
        unseen=float((guessed == truth).mean()),
        kept_before=trainer.kept(base),
        kept_after=trainer.kept(head),
    )
    return _report(domain, rows, scores, 0 if lessons is None else len(lessons)), head


def _report(
    domain: LearnableDomain, rows: list[Correction], scores: Scores, pictures: int
) -> LearnReport:
    ids = tuple(row.id for row in rows)
    adopted, reason = judge(scores, len(rows), _has_forgotten(domain.domain, ids))
    return LearnReport(
        domain=domain.domain,
        corrections=len(rows),
        corrections_before=scores.before,
        corrections_fitted=scores.fitted,
        corrections_shipped=scores.shipped,
        corrections_after=scores.unseen,
        anchors_before=scores.kept_before,
        anchors_after=scores.kept_after,
        adopted=adopted,
        version=None,
        reason=reason,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=domain.model,
        base=fingerprint(domain.model),
        learned_from=ids,
        pictures=pictures,
    )


def _has_forgotten(domain: str, ids: tuple[int, ...]) -> bool:
    """Whether the version that answers learned from a correction that was deleted since."""
    version = active_version(domain)
    learned = [set(r.learned_from) for r in versions(domain) if r.version == version]
    return any(one - set(ids) for one in learned)
