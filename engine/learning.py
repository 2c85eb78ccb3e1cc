"""Learning from corrections: train, evaluate, adopt or keep, and undo."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine import adapt, paths
from engine.adapt import Features, LinearHead
from engine.errors import InputError, Message, ModelCorruptError, StorageError
from engine.jobs import Progress
from engine.library import Correction, Library

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


@dataclass(frozen=True)
class LearnReport:
    """What a training run measured; accuracies in 0..1.

    Attributes:
        corrections_before, corrections_after: accuracy on the corrections, each judged by
            heads that did not see it (``FOLDS``-fold cross-validation).
        corrections_fitted: share of the corrections that the new head now answers right.
        anchors_before, anchors_after: accuracy on the anchors held out of training.
        adopted: whether the new head now answers.
        version: number of the saved version, ``None`` when it was not adopted.
    """

    domain: str
    corrections: int
    corrections_before: float
    corrections_after: float
    corrections_fitted: float
    anchors_before: float
    anchors_after: float
    adopted: bool
    version: int | None
    reason: Message
    created: str


_heads: dict[tuple[Path, int], LinearHead] = {}
_lock = threading.RLock()


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
        report = _save(report, head)
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


def _folder(domain: str) -> Path:
    return paths.data_dir() / "personal" / domain


def versions(domain: str) -> list[LearnReport]:
    """Return the reports of the adopted versions, oldest first."""
    found = []
    for path in sorted(_folder(domain).glob("v*/report.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        found.append(LearnReport(**{**row, "reason": Message(*row["reason"])}))
    return sorted(found, key=lambda report: report.version or 0)


def active_version(domain: str) -> int | None:
    """Return the number of the personal version that answers, ``None`` for the shipped head."""
    try:
        text = (_folder(domain) / "active.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    value = json.loads(text)["version"]
    return value if value is None else int(value)


def active_label(domain: str) -> str | None:
    """Return how results name the personal version, for example ``"개인 3"``."""
    version = active_version(domain)
    return None if version is None else f"개인 {version}"


def active_head(domain: str) -> LinearHead | None:
    """Return the personal head that answers, ``None`` when the shipped one does.

    Raises:
        ModelCorruptError: the saved head cannot be read.
    """
    version = active_version(domain)
    if version is None:
        return None
    path = _folder(domain) / f"v{version}" / "head.npz"
    with _lock:
        try:
            key = (path, path.stat().st_mtime_ns)
            if key not in _heads:
                with np.load(path, allow_pickle=False) as saved:
                    _heads[key] = LinearHead(saved["weights"], saved["bias"])
            return _heads[key]
        except (OSError, ValueError, KeyError) as error:
            raise ModelCorruptError(
                f"개인 모델 v{version}을 읽을 수 없어요. 학습 탭에서 기본 모델로 되돌려 주세요.",
                f"The personal model v{version} of '{domain}' cannot be read ({error}). "
                "Go back to the shipped model in the learning tab.",
            ) from error


def use(domain: str, version: int | None) -> None:
    """Let *version* answer from now on (``None``: the shipped head).

    Raises:
        InputError: there is no such version.
        StorageError: the choice cannot be saved.
    """
    if version is not None and version not in [r.version for r in versions(domain)]:
        raise InputError(f"v{version}은(는) 없는 버전이에요.", f"There is no version {version}.")
    with _lock:
        previous = active_version(domain)
        _write_json(_folder(domain) / "active.json", {"version": version, "previous": previous})


def undo(domain: str) -> int | None:
    """Go back to what answered before the last change and return its version number."""
    try:
        text = (_folder(domain) / "active.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    previous = json.loads(text)["previous"]
    use(domain, previous)
    return None if previous is None else int(previous)


def _save(report: LearnReport, head: LinearHead) -> LearnReport:
    """Write head and report as the next version, then let it answer."""
    with _lock:
        number = 1 + max((r.version or 0 for r in versions(report.domain)), default=0)
        saved = LearnReport(**{**asdict(report), "reason": report.reason, "version": number})
        target = _folder(report.domain) / f"v{number}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = Path(tempfile.mkdtemp(dir=target.parent))
            try:
                np.savez_compressed(part / "head.npz", weights=head.weights, bias=head.bias)
                _write_json(part / "report.json", asdict(saved))
                os.replace(part, target)
            finally:
                shutil.rmtree(part, ignore_errors=True)
        except OSError as error:
            raise _storage_error(target, error) from error
        use(report.domain, number)
        return saved


def _write_json(path: Path, content: dict[str, object]) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise _storage_error(path, error) from error


def _storage_error(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"개인 모델을 저장할 수 없어요: {path} ({error.strerror}). 이전 모델을 그대로 써요.",
        f"Cannot save the personal model {path}: {error.strerror}. The old model stays.",
    )
