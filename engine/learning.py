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
    LearnReport,
    active_head,
    active_label,
    active_version,
    save,
    undo,
    use,
    versions,
)

__all__ = [
    "LearnReport",
    "LearnableDomain",
    "active_head",
    "active_label",
    "active_version",
    "retrain",
    "undo",
    "use",
    "versions",
]

MIN_CORRECTIONS = 3
"""Fewer corrections than this say too little to train on."""

RETENTION_TOLERANCE = 0.01
"""How much accuracy on the anchors a personal head may lose and still be adopted."""

CORRECTION_WEIGHT = 5.0
"""Weight of one correction against one anchor row; the user's word counts more."""

FOLDS = 3


class LearnableDomain(Protocol):
    """What a domain's ``learn.py`` offers."""

    domain: str
    labels: tuple[str, ...]

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
    if report.adopted:
        progress.raise_if_cancelled()
        report = save(report, head)
    progress.report(1.0, report.reason)
    return report


def _train(
    domain: LearnableDomain, rows: list[Correction], progress: Progress
) -> tuple[LearnReport, LinearHead]:
    base, current = domain.base_head(), active_head(domain.domain)
    current = base if current is None else current
    features = domain.embed([row.payload for row in rows])
    truth = np.array([domain.labels.index(row.corrected) for row in rows], dtype=np.int64)
    anchors, anchor_truth = domain.anchors()
    held = np.arange(len(anchor_truth)) % 2 == 1
    rehearsal, rehearsal_truth = anchors[~held], anchor_truth[~held]
    progress.report(0.1, Message("학습하는 중…", "Training…"))

    def fitted(chosen: npt.NDArray[np.bool_], part: Progress) -> LinearHead:
        stacked = _stack(features[chosen], rehearsal)
        labels = np.concatenate([truth[chosen], rehearsal_truth])
        weight = np.ones(len(labels))
        weight[: int(chosen.sum())] = CORRECTION_WEIGHT
        return adapt.fit(base, stacked, labels, weight, progress=part)

    fold = np.arange(len(truth)) % FOLDS
    guessed = np.empty_like(truth)
    for k in range(FOLDS):
        part = progress.part(0.1 + 0.2 * k, 0.1 + 0.2 * (k + 1))
        guessed[fold == k] = fitted(fold != k, part).classes(features[fold == k])
    head = fitted(np.ones(len(truth), dtype=bool), progress.part(0.7, 0.95))
    before = float((current.classes(features) == truth).mean())
    after = float((guessed == truth).mean())
    kept_before = float((base.classes(anchors[held]) == anchor_truth[held]).mean())
    kept_after = float((head.classes(anchors[held]) == anchor_truth[held]).mean())
    fits = float((head.classes(features) == truth).mean())
    adopted, reason = _judge(before, after, fits, kept_before, kept_after)
    report = LearnReport(
        domain=domain.domain,
        corrections=len(rows),
        corrections_before=before,
        corrections_after=after,
        corrections_fitted=fits,
        anchors_before=kept_before,
        anchors_after=kept_after,
        adopted=adopted,
        version=None,
        reason=reason,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return report, head


def _judge(
    before: float, after: float, fits: float, kept: float, kept_after: float
) -> tuple[bool, Message]:
    if kept_after < kept - RETENTION_TOLERANCE:
        return False, Message(
            "이전 모델을 그대로 써요: 새 모델은 기본 문제의 정확도가 "
            f"{kept:.1%}에서 {kept_after:.1%}로 떨어졌어요.",
            "Keeping the old model: accuracy on the anchors fell from "
            f"{kept:.1%} to {kept_after:.1%}.",
        )
    if after < before or fits <= before:
        return False, Message(
            "이전 모델을 그대로 써요: 고친 답을 더 잘 맞히지 못했어요 "
            f"({before:.1%} → {min(after, fits):.1%}).",
            "Keeping the old model: no gain on the corrections "
            f"({before:.1%} to {min(after, fits):.1%}).",
        )
    return True, Message(
        f"새 모델을 쓰기 시작했어요: 고친 답 가운데 {before:.1%} → {fits:.1%}을(를) 맞혀요.",
        f"The new model answers now: {before:.1%} to {fits:.1%} of the corrections are right.",
    )


def _stack(first: Features, second: Features) -> Features:
    from scipy.sparse import issparse, vstack

    if issparse(first) or issparse(second):
        return vstack([first, second]).tocsr()
    return np.concatenate([first, second]).astype(np.float32)
