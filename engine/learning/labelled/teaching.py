"""Features of labelled pictures -> a proposed personal head, tried before it may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.core.library import Correction, Library
from engine.learning import versions
from engine.learning.labelled.measures import (
    HELD_OUT,
    Split,
    asked_about,
    interval,
    notes_on,
    recommend,
    split,
)
from engine.learning.labelled.reading import LabelledDomain, Material, domain_of
from engine.learning.labelled.results import ClassCount, PictureRow, TeachReport
from engine.learning.linear_head import LinearHead
from engine.learning.rehearsal import Lessons
from engine.learning.report import LearnReport, fingerprint
from engine.learning.trainer import ALWAYS, Trainer, accuracy
from engine.models import manifest

Classes = npt.NDArray[np.int64]
"""(N,) class indices."""


@dataclass(frozen=True, eq=False)
class Tried:
    """A head with what it and the others answer to the pictures (N,)."""

    head: LinearHead
    after: Classes
    kept_before: float
    kept_after: float


def report_of(
    material: Material,
    domain: LabelledDomain,
    parts: Split,
    learned: npt.NDArray[np.bool_],
    tried: Tried,
    corrections: int,
    taught: Lessons | None,
) -> TeachReport:
    """Return what trying a head measured.

    Args:
        learned: (N,) the pictures that the head has learned.
        corrections: how many it has learned beside them.
        taught: what the version that answers has learned.
    """
    lessons, labels = material.lessons, tuple(domain.labels)
    base = domain.base_head()
    answers = versions.answering(domain.domain, base.weights.shape)
    current = answers.head
    asked = parts.fold == 0 if parts.method == HELD_OUT else np.ones(len(parts.fold), bool)
    shipped = base.classes(lessons.features)
    before = shipped if current is None else current.classes(lessons.features)
    was, base_was, now = (
        asked_about(lessons.truth[asked], answers[asked], labels)
        for answers in (before, shipped, tried.after)
    )
    new, old = (answers[asked] == lessons.truth[asked] for answers in (tried.after, before))
    changed = int((new & ~old).sum()), int((old & ~new).sum())
    recommended, reason = recommend(was, now, (tried.kept_before, tried.kept_after), changed)
    mine = lessons.chosen(learned)
    return TeachReport(
        domain=domain.domain,
        source=material.listing.source.resolve().name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=versions.model_name(manifest.entry(domain.model).label, answers),
        labels=labels,
        method=parts.method,
        how=parts.how,
        counts=_counts(material, labels, learned, asked),
        learned=int(learned.sum()),
        asked=int(asked.sum()),
        corrections=corrections,
        earlier=0 if taught is None else len(taught.without(lessons.hashes)),
        before=was,
        shipped=base_was,
        after=now,
        interval=interval(now.accuracy, int(asked.sum())),
        fitted=accuracy(tried.head, mine.features, mine.truth),
        anchors_before=tried.kept_before,
        anchors_after=tried.kept_after,
        recommended=recommended,
        reason=reason,
        notes=notes_on(material, labels, asked, _known(lessons.chosen(asked), taught)),
        left_out=material.left_out,
        pictures=_pictures(material, labels, learned, asked, before, tried.after),
    )


def _known(asked: Lessons, taught: Lessons | None) -> int:
    """Return how many of the pictures asked about the answering version has learned."""
    return 0 if taught is None else len(asked) - len(asked.without(taught.hashes))


def _counts(
    material: Material,
    labels: tuple[str, ...],
    learned: npt.NDArray[np.bool_],
    asked: npt.NDArray[np.bool_],
) -> tuple[ClassCount, ...]:
    listed, truth = material.listing.counts(), material.lessons.truth
    return tuple(
        ClassCount(
            label,
            listed[label],
            int((truth == i).sum()),
            int(learned[truth == i].sum()),
            int(asked[truth == i].sum()),
        )
        for i, label in enumerate(labels)
    )


def _pictures(
    material: Material,
    labels: tuple[str, ...],
    learned: npt.NDArray[np.bool_],
    asked: npt.NDArray[np.bool_],
    before: Classes,
    after: Classes,
) -> tuple[PictureRow, ...]:
    roles = {(True, True): "both", (True, False): "learned", (False, True): "asked"}
    return tuple(
        PictureRow(
            name,
            labels[material.lessons.truth[i]],
            roles[bool(learned[i]), bool(asked[i])],
            labels[before[i]],
            labels[after[i]],
        )
        for i, name in enumerate(material.names)
    )


SAME = 1e-3
"""Features that differ by no more than this are of one picture."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """A head that has been tried but does not answer yet.

    Attributes:
        head: as it would answer; *lessons*: the pictures that it has learned.
        correction_ids: corrections that it has learned beside them.
    """

    report: TeachReport
    head: LinearHead
    lessons: Lessons
    correction_ids: tuple[int, ...]


def teach(material: Material, library: Library, progress: Progress | None = None) -> Proposal:
    """Fit a head to the pictures, from the shipped one, and try it on those it has not learned.

    The user's corrections are learned beside them, and what earlier pictures taught the
    version that answers is rehearsed. The model that answers is not touched.

    Raises:
        InputError: there are too few usable pictures.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
        StorageError: the library cannot be read.
        Cancelled: *progress* was cancelled.
    """
    progress, domain = progress or Progress(), domain_of(material.listing.domain)
    lessons = material.lessons
    parts = split(lessons.truth, lessons.hashes, domain.labels)
    progress.report(0.0, Message("배우는 중이에요.", "Learning."))
    rows, beside = _corrections(domain, library, lessons)
    corrected = np.array([domain.labels.index(row.corrected) for row in rows], np.int64)
    features = np.concatenate([lessons.features, beside])
    truth = np.concatenate([lessons.truth, corrected])
    taught = versions.active_lessons(domain.domain)
    earlier = None if taught is None else taught.without(lessons.hashes)
    trainer = Trainer(domain.base_head(), features, truth, *domain.anchors(), earlier)
    tried = _try(trainer, domain, parts, features, len(rows), progress)
    learned = parts.fold > 0 if parts.method == HELD_OUT else np.ones(len(parts.fold), bool)
    report = report_of(material, domain, parts, learned, tried, len(rows), taught)
    kept = lessons.chosen(learned)
    return Proposal(
        report=report,
        head=tried.head,
        lessons=kept if earlier is None else earlier.joined(kept),
        correction_ids=tuple(row.id for row in rows),
    )


def _corrections(
    domain: LabelledDomain, library: Library, lessons: Lessons
) -> tuple[list[Correction], npt.NDArray[np.float32]]:
    """Return the corrections and their (M, F) features, without those of the pictures.

    A picture that was corrected in the window as well must not be learned and asked about.
    """
    rows = [c for c in library.corrections(domain.domain) if c.corrected in domain.labels]
    if not rows:
        return [], lessons.features[:0]
    features = np.asarray(domain.embed([row.payload for row in rows]), dtype=np.float32)
    far = [float(np.abs(lessons.features - row).max(axis=1).min()) > SAME for row in features]
    return [row for row, other in zip(rows, far, strict=True) if other], features[far]


def _try(
    trainer: Trainer,
    domain: LabelledDomain,
    parts: Split,
    features: npt.NDArray[np.float32],
    corrections: int,
    progress: Progress,
) -> Tried:
    count = len(parts.fold)
    fold = np.concatenate([parts.fold, np.full(corrections, ALWAYS)])
    if parts.method == HELD_OUT:
        head, _ = trainer.wisest(progress, fold != 0)
        after = head.classes(features[:count])
    else:
        head, strength = trainer.wisest(progress.part(0.0, 0.7), fold >= ALWAYS)
        after = trainer.cross_validated(strength, progress.part(0.7, 1.0), fold)[:count]
    return Tried(head, after, trainer.kept(domain.base_head()), trainer.kept(head))


def accept(proposal: Proposal) -> LearnReport:
    """Let the proposed head answer from now on, as the next personal version.

    It can be undone like any other (:func:`engine.learning.versions.undo`).

    Raises:
        StorageError: it cannot be saved; what answered before still does.
    """
    report, model = proposal.report, domain_of(proposal.report.domain).model
    saved = LearnReport(
        domain=report.domain,
        corrections=report.corrections,
        corrections_before=report.before.accuracy,
        corrections_fitted=report.fitted,
        corrections_shipped=report.shipped.accuracy,
        corrections_after=report.after.accuracy,
        anchors_before=report.anchors_before,
        anchors_after=report.anchors_after,
        adopted=True,
        version=None,
        reason=_begun(report),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=model,
        base=fingerprint(model),
        learned_from=proposal.correction_ids,
        pictures=len(proposal.lessons),
        taught=True,
    )
    return versions.save(saved, proposal.head, proposal.lessons)


def _begun(report: TeachReport) -> Message:
    """Return what a version's report says of its beginning."""
    shares = f"{report.before.accuracy:.1%}", f"{report.after.accuracy:.1%}"
    ko = f"배우지 않은 사진의 정확도 {shares[0]} → {shares[1]}"
    en = f"accuracy on pictures not learned {shares[0]} to {shares[1]}"
    if report.recommended:
        return Message(f"새 모델을 쓰기 시작했어요: {ko}.", f"The new model answers now: {en}.")
    return Message(
        f"권하지 않는 모델이지만 골라서 쓰기 시작했어요: {ko}.",
        f"The new model answers now though it was not recommended: {en}.",
    )
