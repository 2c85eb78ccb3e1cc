"""The report of a training run: what it measured, on which model, from which corrections."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.core import state
from engine.core.errors import Message, ModelMissingError
from engine.models import manifest


@dataclass(frozen=True)
class LearnReport:
    """What a training run measured; accuracies in 0..1.

    Attributes:
        corrections_before: share of the corrections that what answered before gets right.
        corrections_fitted: share that the new head gets right, having learned from them.
        corrections_shipped: share that the shipped head gets right.
        corrections_after: share got right by heads that did not see the correction they
            are asked about (``FOLDS``-fold cross-validation); to be compared with
            *corrections_shipped*.
        anchors_before, anchors_after: accuracy of the shipped and of the new head on the
            anchors held out of training.
        adopted: whether the new head now answers.
        version: number of the saved version, ``None`` when it was not adopted.
        model: name of the shipped model that the head belongs to.
        base: what that model's files were (SHA-256), see :func:`fingerprint`.
        learned_from: ids of the corrections.
        pictures: labelled pictures (``engine.learning.labelled``) that the head has learned.
        taught: whether they are what was learned now: then the ``corrections_`` shares are of
            pictures, *before*, *shipped* and *after* of those that were not learned from.
    """

    domain: str
    corrections: int
    corrections_before: float
    corrections_fitted: float
    corrections_shipped: float
    corrections_after: float
    anchors_before: float
    anchors_after: float
    adopted: bool
    version: int | None
    reason: Message
    created: str
    model: str
    base: str
    learned_from: tuple[int, ...] = ()
    pictures: int = 0
    taught: bool = False

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> LearnReport:
        """Return the report whose ``asdict`` went through JSON.

        Raises:
            KeyError, TypeError, ValueError: *row* is no such dict.
        """
        reason = Message(*map(state.text, row["reason"]))
        learned_from = tuple(row["learned_from"])
        report = cls(**{**row, "reason": reason, "learned_from": learned_from})
        state.check_fields(report)
        if not all(type(number) is int for number in learned_from):
            raise TypeError("learned_from are no ids")
        datetime.fromisoformat(report.created)
        return report


_reports: dict[tuple[Path, int], LearnReport] = {}


def read_report(path: Path) -> LearnReport:
    """Read a saved report (again only when the file has changed).

    Raises:
        OSError, ``state.MALFORMED``: it is missing or damaged.
    """
    key = (path, path.stat().st_mtime_ns)
    if key not in _reports:
        _reports[key] = LearnReport.from_dict(json.loads(path.read_text(encoding="utf-8")))
    return _reports[key]


def fingerprint(model: str) -> str:
    """Return a short hash of the shipped files of *model*.

    Raises:
        ModelMissingError: the manifest has no such model.
    """
    hashes = ":".join(item.sha256 for item in manifest.entry(model).files)
    return hashlib.sha256(hashes.encode()).hexdigest()[:16]


def outdated(report: LearnReport) -> bool:
    """Whether the version was learned on another release of the shipped model.

    Its weights mean nothing on the new model's features, so it no longer answers;
    the corrections are kept and can be learned again.
    """
    try:
        return report.base != fingerprint(report.model)
    except ModelMissingError:
        return True
