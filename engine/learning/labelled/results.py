"""What looking at, reading and learning labelled pictures gives, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.core.errors import Message

UNKNOWN, MISSING, DENIED, UNREADABLE = "unknown", "missing", "denied", "unreadable"
DUPLICATE, CONFLICT, SMALL, NOTHING = "duplicate", "conflict", "small", "nothing"

KINDS: dict[str, Message] = {
    UNKNOWN: Message("모르는 라벨", "unknown class"),
    MISSING: Message("없는 파일", "missing file"),
    DENIED: Message("열 수 없음", "no permission"),
    UNREADABLE: Message("읽을 수 없는 사진", "unreadable picture"),
    NOTHING: Message("찾지 못함", "nothing found"),
    SMALL: Message("너무 작음", "too small"),
    DUPLICATE: Message("같은 사진", "duplicate"),
    CONFLICT: Message("라벨이 서로 다름", "contradicting labels"),
}
"""Why a picture may be left out, in the order in which a report counts them."""


@dataclass(frozen=True)
class Entry:
    """One labelled picture: its name as it was given, its file, and its class."""

    name: str
    path: Path
    label: str


@dataclass(frozen=True)
class LeftOut:
    """A picture (or a folder) that is not learned from, and why.

    Attributes:
        name: as it was given; *given*: its label as it was given, perhaps empty.
        kind: one of ``KINDS``; *why*: the whole sentence.
    """

    name: str
    given: str
    kind: str
    why: Message


@dataclass(frozen=True)
class Listing:
    """The labelled pictures of a table or folder, before any is opened.

    Attributes:
        source: the table or folder; *domain*: what is to be learned, for example ``"faces"``.
        entries: pictures with a known class whose file is there.
        left_out: what can be told without opening a picture.
        only_these: why other classes cannot be learned.
        others: files that are no pictures (folders only).
    """

    source: Path
    domain: str
    labels: tuple[str, ...]
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    only_these: Message
    others: int = 0

    def counts(self) -> dict[str, int]:
        """Return how many pictures each class has, in the usual order, those with none too."""
        made = dict.fromkeys(self.labels, 0)
        for entry in self.entries:
            made[entry.label] += 1
        return made

    def unknown(self) -> dict[str, int]:
        """Return how many pictures have a class that is not known, by its given name."""
        made: dict[str, int] = {}
        for row in self.left_out:
            if row.kind == UNKNOWN:
                made[row.given] = made.get(row.given, 0) + 1
        return made


@dataclass(frozen=True)
class Unfit:
    """Why a picture cannot be learned from; *kind* is one of ``KINDS``."""

    kind: str
    why: Message


@dataclass(frozen=True)
class Prepared:
    """What a domain stores of a picture, and of how many things (faces) it chose one."""

    payload: bytes
    found: int = 1


@dataclass(frozen=True)
class Outcome:
    """What a head is worth on the pictures that are asked about; shares in 0..1.

    Attributes:
        macro_f1: mean F1 of the classes that occur.
        recall, precision: by class that occurs.
        confusion: (C, C) rows are the given, columns the answered class.
    """

    accuracy: float
    macro_f1: float
    recall: dict[str, float]
    precision: dict[str, float]
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class PictureRow:
    """One picture that was read: its role, and the class answered before and after.

    Attributes:
        role: ``"learned"``, ``"asked"`` (held out) or ``"both"`` (cross-validated).
    """

    name: str
    label: str
    role: str
    before: str
    after: str


@dataclass(frozen=True)
class ClassCount:
    """A class: pictures listed, read, learned from, asked about."""

    label: str
    listed: int
    read: int
    learned: int
    asked: int


@dataclass(frozen=True)
class TeachReport:
    """What teaching from labelled pictures measured.

    Attributes:
        source: name of the table or folder; *model*: what answers without it.
        method: ``"held-out"``, ``"folds"``, ``"one"`` or ``"plain"``; *how*: in words.
        learned, asked: numbers of pictures; *corrections*: learned beside them; *earlier*:
            pictures taught earlier that are rehearsed.
        before, shipped, after: of what answers now, of the shipped model and of the new one.
        interval: 95 % interval of the new accuracy (Wilson 1927).
        fitted: share of the learned pictures that the new head gets right.
        anchors_before, anchors_after: accuracy on the shipped rehearsal set's held-out half.
        recommended: whether it is better and forgets nothing; *reason*: why.
    """

    domain: str
    source: str
    created: str
    model: str
    labels: tuple[str, ...]
    method: str
    how: Message
    counts: tuple[ClassCount, ...]
    learned: int
    asked: int
    corrections: int
    earlier: int
    before: Outcome
    shipped: Outcome
    after: Outcome
    interval: tuple[float, float]
    fitted: float
    anchors_before: float
    anchors_after: float
    recommended: bool
    reason: Message
    notes: tuple[Message, ...]
    left_out: tuple[LeftOut, ...]
    pictures: tuple[PictureRow, ...]

    def kinds(self) -> dict[str, int]:
        """Return how many were left out, by kind, in the order of ``KINDS``."""
        found = [row.kind for row in self.left_out]
        return {kind: found.count(kind) for kind in KINDS if kind in found}

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return asdict(self)
