"""Listed pictures -> features and classes; each picture is checked, none is kept."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.errors import InputError, Message
from engine.images import decode_image, read_bytes
from engine.jobs import Progress
from engine.labelled.cache import Cache, Known
from engine.labelled.domains import LabelledDomain, Preparer, domain_of
from engine.labelled.results import (
    CONFLICT,
    DENIED,
    DUPLICATE,
    MISSING,
    UNREADABLE,
    Entry,
    LeftOut,
    Listing,
    Unfit,
)
from engine.lessons import HASH, Lessons


@dataclass(frozen=True, eq=False)
class Material:
    """Pictures that can be learned from.

    Attributes:
        listing: where they are from.
        names: (N,) as they were given; *lessons*: their features, classes and hashes.
        left_out: all that are not learned from, those of the listing first.
        several: pictures with more than one face, of which the largest counts.
        remembered: pictures that had been read before.
        notes: what a reader of the figures should know.
    """

    listing: Listing
    names: tuple[str, ...]
    lessons: Lessons
    left_out: tuple[LeftOut, ...]
    several: int
    remembered: int
    notes: tuple[Message, ...]


def read(listing: Listing, progress: Progress | None = None) -> Material:
    """Check and embed the pictures one by one; memory holds one picture at a time.

    What was read is kept in the cache picture by picture, so a cancelled reading goes on
    where it was. Pictures are neither copied nor changed.

    Raises:
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
        Cancelled: *progress* was cancelled.
    """
    progress, domain = progress or Progress(), domain_of(listing.domain)
    progress.report(0.0, Message("모델을 불러오는 중이에요.", "Loading the models."))
    shelf = _Shelf(domain, listing)
    with Cache(domain) as cache, domain.open_preparer() as preparer:
        total = max(len(listing.entries), 1)
        for number, entry in enumerate(listing.entries):
            said = Message(
                f"사진 {total:,}장 가운데 {number + 1:,}번째를 읽는 중이에요.",
                f"Reading picture {number + 1:,} of {total:,}.",
            )
            progress.report(number / total, said)
            _take(entry, shelf, cache, domain, preparer)
        notes = (cache.problem,) if cache.problem else ()
    return shelf.material(notes)


def _take(
    entry: Entry, shelf: _Shelf, cache: Cache, domain: LabelledDomain, preparer: Preparer
) -> None:
    data = _bytes(entry.path)
    if isinstance(data, Unfit):
        shelf.leave_out(entry, data)
        return
    digest = hashlib.sha256(data).digest()
    if not shelf.is_new(entry, digest):
        return
    known = cache.get(digest)
    if known is None:
        known = _known(data, entry.name, domain, preparer)
        cache.put(digest, known)
    else:
        shelf.remembered += 1
    shelf.put(entry, digest, known)


def _bytes(path: Path) -> bytes | Unfit:
    """Return a picture's file, or why it cannot be read."""
    try:
        return read_bytes(path)
    except InputError as error:
        cause = error.__cause__
        denied = DENIED if isinstance(cause, PermissionError) else UNREADABLE
        return Unfit(MISSING if isinstance(cause, FileNotFoundError) else denied, error.message)


def _known(data: bytes, name: str, domain: LabelledDomain, preparer: Preparer) -> Known:
    try:
        image = decode_image(data, os.path.basename(name))
    except InputError as error:
        return Unfit(UNREADABLE, error.message)
    prepared = preparer.prepare(image)
    if isinstance(prepared, Unfit):
        return prepared
    return np.asarray(domain.embed([prepared.payload])[0], dtype=np.float32), prepared.found


class _Shelf:
    """Collects what was read; sees to it that each picture counts once."""

    def __init__(self, domain: LabelledDomain, listing: Listing) -> None:
        self._labels, self._listing = domain.labels, listing
        self._width = domain.base_head().weights.shape[1]
        self._seen: dict[bytes, Entry] = {}
        self._contradicted: dict[bytes, Entry] = {}
        self._rows: list[tuple[Entry, bytes, npt.NDArray[np.float32], int]] = []
        self._left_out = list(listing.left_out)
        self.remembered = 0

    def leave_out(self, entry: Entry, unfit: Unfit) -> None:
        """Leave a picture out."""
        self._left_out.append(LeftOut(entry.name, entry.label, unfit.kind, unfit.why))

    def is_new(self, entry: Entry, digest: bytes) -> bool:
        """Whether this file has not come before; if it has, it is left out."""
        first = self._seen.setdefault(digest, entry)
        if first is entry:
            return True
        if first.label == entry.label:
            why = Message(f"{first.name}와(과) 같은 사진이에요.", f"The same as {first.name}.")
            self.leave_out(entry, Unfit(DUPLICATE, why))
        else:
            self._contradicted.setdefault(digest, entry)
            self.leave_out(entry, _contradiction(first))
        return False

    def put(self, entry: Entry, digest: bytes, known: Known) -> None:
        """Take what is known of a picture."""
        if isinstance(known, Unfit):
            self.leave_out(entry, known)
        else:
            self._rows.append((entry, digest, *known))

    def material(self, notes: tuple[Message, ...]) -> Material:
        """Return what can be learned from."""
        kept = []
        for row in self._rows:
            if row[1] in self._contradicted:
                self.leave_out(row[0], _contradiction(self._contradicted[row[1]]))
            else:
                kept.append(row)
        truth = [self._labels.index(row[0].label) for row in kept]
        features = np.stack([row[2] for row in kept]) if kept else np.zeros((0, self._width))
        hashes = np.frombuffer(b"".join(row[1] for row in kept), np.uint8).reshape(-1, HASH)
        return Material(
            listing=self._listing,
            names=tuple(row[0].name for row in kept),
            lessons=Lessons(features.astype(np.float32), np.array(truth, np.int64), hashes),
            left_out=tuple(self._left_out),
            several=sum(row[3] > 1 for row in kept),
            remembered=self.remembered,
            notes=notes,
        )


def _contradiction(other: Entry) -> Unfit:
    why = Message(
        f"같은 사진 {other.name}의 라벨은 {other.label}이에요. 어느 쪽도 배우지 않아요.",
        f"The same picture {other.name} is labelled {other.label}: neither is learned.",
    )
    return Unfit(CONFLICT, why)
