"""What trying a proposed head measured, gathered into one report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from engine import manifest, personal
from engine.adapt import LinearHead
from engine.labelled.domains import LabelledDomain
from engine.labelled.measures import asked_about, interval, notes_on, recommend
from engine.labelled.reading import Material
from engine.labelled.results import ClassCount, PictureRow, TeachReport
from engine.labelled.split import HELD_OUT, Split
from engine.lessons import Lessons
from engine.trainer import accuracy

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
    answers = personal.answering(domain.domain, base.weights.shape)
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
        model=personal.model_name(manifest.entry(domain.model).label, answers),
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
