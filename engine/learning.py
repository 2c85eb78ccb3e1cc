"""Learning from corrections: train, evaluate, adopt or keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.adapt import Features, LinearHead
from engine.errors import InputError, Message
from engine.jobs import Progress
from engine.lessons import Lessons
from engine.library import Correction, Library
from engine.personal import (
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
from engine.report import LearnReport, fingerprint, outdated
from engine.trainer import Trainer, accuracy
from engine.verdict import RETENTION_TOLERANCE, Scores, judge

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
