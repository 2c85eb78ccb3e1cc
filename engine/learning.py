"""Learning from corrections: train, evaluate, adopt or keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine import adapt
from engine.adapt import Features, LinearHead
from engine.errors import InputError, Message
from engine.jobs import Progress
from engine.library import Correction, Library
from engine.personal import (
    active_head,
    active_label,
    active_version,
    can_undo,
    save,
    undo,
    use,
    versions,
)
from engine.report import LearnReport, fingerprint, outdated
from engine.verdict import RETENTION_TOLERANCE, Scores, judge

__all__ = [
    "RETENTION_TOLERANCE",
    "LearnReport",
    "LearnableDomain",
    "active_head",
    "active_label",
    "active_version",
    "can_undo",
    "outdated",
    "retrain",
    "undo",
    "use",
    "versions",
]

MIN_CORRECTIONS = 3
"""Fewer corrections than this say too little to train on."""

STRENGTHS = ((5.0, 1.0), (2.0, 2.0), (1.0, 4.0), (1.0, 12.0), (1.0, 36.0))
"""How hard to learn, the hardest first: weight of a correction against an anchor row, and
the prior's weight. The first that keeps what was known is taken."""

FOLDS = 3


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

    Corrections of labels the domain does not know are left out. The old head answers
    until the new one has been evaluated and saved.

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
    report, head = _train(domain, rows, progress)
    progress.raise_if_cancelled()
    return save(report, head) if report.adopted else report


def _train(
    domain: LearnableDomain, rows: list[Correction], progress: Progress
) -> tuple[LearnReport, LinearHead]:
    base, current = domain.base_head(), active_head(domain.domain)
    features = domain.embed([row.payload for row in rows])
    truth = np.array([domain.labels.index(row.corrected) for row in rows], dtype=np.int64)
    trainer = _Trainer(base, features, truth, *domain.anchors())
    head, strength = trainer.strongest(progress.part(0.1, 0.6))
    guessed = trainer.cross_validated(strength, progress.part(0.6, 0.95))
    progress.report(0.95, Message("평가하는 중…", "Evaluating…"))
    scores = Scores(
        before=_accuracy(base if current is None else current, features, truth),
        fitted=_accuracy(head, features, truth),
        shipped=_accuracy(base, features, truth),
        unseen=float((guessed == truth).mean()),
        kept_before=trainer.kept(base),
        kept_after=trainer.kept(head),
    )
    return _report(domain, rows, scores), head


class _Trainer:
    """Fits heads to corrections (N, F); half of the anchors is rehearsed, half is held out."""

    def __init__(
        self,
        base: LinearHead,
        features: Features,
        truth: npt.NDArray[np.int64],
        anchors: Features,
        anchor_truth: npt.NDArray[np.int64],
    ) -> None:
        held = np.arange(len(anchor_truth)) % 2 == 1
        self._base, self._features, self._truth = base, features, truth
        self._rehearsal = anchors[~held]
        self._known = base.probabilities(self._rehearsal)  # to stay, its mistakes included
        self._held, self._held_truth = anchors[held], anchor_truth[held]

    def kept(self, head: LinearHead) -> float:
        """Return the accuracy on the anchors that are held out."""
        return _accuracy(head, self._held, self._held_truth)

    def strongest(self, progress: Progress) -> tuple[LinearHead, tuple[float, float]]:
        """Return the first of ``STRENGTHS`` that keeps what was known, or the gentlest."""
        enough = self.kept(self._base) - RETENTION_TOLERANCE
        everything, share = np.ones(len(self._truth), dtype=bool), 1 / len(STRENGTHS)
        for number, strength in enumerate(STRENGTHS):
            part = progress.part(share * number, share * (number + 1))
            head = self._fit(everything, strength, part)
            if self.kept(head) >= enough:
                break
        return head, strength

    def cross_validated(
        self, strength: tuple[float, float], progress: Progress
    ) -> npt.NDArray[np.int64]:
        """Return the class of each correction by heads that did not learn from it."""
        fold = np.arange(len(self._truth)) % FOLDS
        guessed = np.empty_like(self._truth)
        for k in range(FOLDS):
            head = self._fit(fold != k, strength, progress.part(k / FOLDS, (k + 1) / FOLDS))
            guessed[fold == k] = head.classes(self._features[fold == k])
        return guessed

    def _fit(
        self, chosen: npt.NDArray[np.bool_], strength: tuple[float, float], progress: Progress
    ) -> LinearHead:
        stacked = _stack(self._features[chosen], self._rehearsal)
        targets = np.concatenate([self._base.targets(self._truth[chosen]), self._known])
        weight = np.ones(len(targets))
        weight[: int(chosen.sum())], prior = strength
        return adapt.fit(self._base, stacked, targets, weight, prior=prior, progress=progress)


def _accuracy(head: LinearHead, features: Features, truth: npt.NDArray[np.int64]) -> float:
    return float((head.classes(features) == truth).mean())


def _report(domain: LearnableDomain, rows: list[Correction], scores: Scores) -> LearnReport:
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
    )


def _has_forgotten(domain: str, ids: tuple[int, ...]) -> bool:
    """Whether the version that answers learned from a correction that was deleted since."""
    version = active_version(domain)
    learned = [set(r.learned_from) for r in versions(domain) if r.version == version]
    return any(one - set(ids) for one in learned)


def _stack(first: Features, second: Features) -> Features:
    from scipy.sparse import issparse, vstack

    if issparse(first) or issparse(second):
        return vstack([first, second]).tocsr()
    return np.concatenate([first, second]).astype(np.float32)
