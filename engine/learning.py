"""Learning from corrections: train, evaluate, adopt or keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

__all__ = [
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

RETENTION_TOLERANCE = 0.01
"""How much accuracy on the anchors a personal head may lose and still be adopted."""

CORRECTION_WEIGHT = 5.0
"""Weight of one correction against one anchor row; the user's word counts more."""

UNSEEN_TOLERANCE = 0.1
"""How much worse than the shipped head learning may be on corrections that it did not see."""

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
    progress.report(0.95, Message("평가하는 중…", "Evaluating…"))
    scores = Scores(
        before=_accuracy(current, features, truth),
        fitted=_accuracy(head, features, truth),
        shipped=_accuracy(base, features, truth),
        unseen=float((guessed == truth).mean()),
        kept_before=_accuracy(base, anchors[held], anchor_truth[held]),
        kept_after=_accuracy(head, anchors[held], anchor_truth[held]),
    )
    return _report(domain, rows, scores), head


@dataclass(frozen=True)
class Scores:
    """Accuracies in 0..1 of one training run; the fields of :class:`LearnReport` in short."""

    before: float
    fitted: float
    shipped: float
    unseen: float
    kept_before: float
    kept_after: float


def _accuracy(head: LinearHead, features: Features, truth: npt.NDArray[np.int64]) -> float:
    return float((head.classes(features) == truth).mean())


def _report(domain: LearnableDomain, rows: list[Correction], scores: Scores) -> LearnReport:
    ids = tuple(row.id for row in rows)
    adopted, reason = _judge(scores, len(rows), _has_forgotten(domain.domain, ids))
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


def _judge(scores: Scores, count: int, forgotten: bool) -> tuple[bool, Message]:
    """Decide whether the new head answers from now on, and say why."""
    if scores.kept_after < scores.kept_before - RETENTION_TOLERANCE:
        return False, Message(
            "이전 모델을 그대로 써요: 새 모델은 기본 문제의 정확도가 "
            f"{scores.kept_before:.1%}에서 {scores.kept_after:.1%}로 떨어졌어요.",
            "Keeping the old model: accuracy on the anchors fell from "
            f"{scores.kept_before:.1%} to {scores.kept_after:.1%}.",
        )
    if scores.shipped - scores.unseen > max(UNSEEN_TOLERANCE, 1.5 / count):
        return False, Message(
            "이전 모델을 그대로 써요: 고친 답 일부로 배워도 나머지를 더 맞히지 못했어요 "
            f"({scores.shipped:.1%} → {scores.unseen:.1%}).",
            "Keeping the old model: what it learned from some corrections made it worse on "
            f"the others ({scores.shipped:.1%} to {scores.unseen:.1%}).",
        )
    if scores.fitted > scores.before or (forgotten and scores.fitted == scores.before):
        return True, Message(
            "새 모델을 쓰기 시작했어요: 고친 답 가운데 맞히는 비율이 "
            f"{scores.before:.1%}에서 {scores.fitted:.1%}이(가) 되었어요.",
            "The new model answers now: it gets "
            f"{scores.fitted:.1%} of the corrections right, before it was {scores.before:.1%}.",
        )
    if scores.before == 1.0:
        return False, Message(
            "지금 모델이 고친 답을 이미 모두 맞히고 있어서 그대로 써요.",
            "Keeping the model: it gets every correction right already.",
        )
    return False, Message(
        "이전 모델을 그대로 써요: 고친 답을 더 잘 맞히지 못했어요 "
        f"({scores.before:.1%} → {scores.fitted:.1%}).",
        "Keeping the old model: no gain on the corrections "
        f"({scores.before:.1%} to {scores.fitted:.1%}).",
    )


def _stack(first: Features, second: Features) -> Features:
    from scipy.sparse import issparse, vstack

    if issparse(first) or issparse(second):
        return vstack([first, second]).tocsr()
    return np.concatenate([first, second]).astype(np.float32)
