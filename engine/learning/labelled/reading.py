"""Listed pictures -> features and classes; each picture is checked, none is kept."""

from __future__ import annotations

import hashlib
import importlib
import json
import logging
import os
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from engine.core import paths, state
from engine.core.errors import InputError, Message, StorageError
from engine.core.jobs import Progress
from engine.learning.labelled.results import (
    CONFLICT,
    DENIED,
    DUPLICATE,
    MISSING,
    UNREADABLE,
    Entry,
    LeftOut,
    Listing,
    Prepared,
    Unfit,
)
from engine.learning.rehearsal import HASH, Lessons
from engine.learning.report import fingerprint
from engine.learning.trainer import LearnableDomain
from engine.media.images import Bgr, decode_image, read_bytes

log = logging.getLogger(__name__)

MAX_BYTES = 512 * 1024 * 1024
"""A cache that has grown beyond this is begun anew."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pictures (
    hash BLOB PRIMARY KEY, features BLOB, found INTEGER NOT NULL, unfit TEXT) WITHOUT ROWID
"""

Known = tuple[npt.NDArray[np.float32], int] | Unfit
"""What is known of a picture: its features (F,) and of how many it is, or why it is unfit."""


class Cache:
    """What reading gave, for one domain and the models that it reads with; durable a picture.

    A cache that cannot be opened or written is done without; :attr:`problem` says so.
    """

    def __init__(self, domain: LabelledDomain) -> None:
        self.problem: Message | None = None
        self._connection: sqlite3.Connection | None = None
        try:
            folder = paths.cache_dir() / "labelled"
            folder.mkdir(exist_ok=True)
            path = folder / f"{domain.domain}-{_version(domain)}.sqlite3"
            for other in folder.glob(f"{domain.domain}-*.sqlite3*"):
                if not other.name.startswith(path.name):
                    other.unlink()
            if path.exists() and path.stat().st_size > MAX_BYTES:
                path.unlink()
            self._connection = _opened(path)
        except (OSError, sqlite3.Error, StorageError) as error:
            self._give_up(error)

    def get(self, digest: bytes) -> Known | None:
        """Return what is known of the file with this SHA-256."""
        if self._connection is None:
            return None
        sql = "SELECT features, found, unfit FROM pictures WHERE hash = ?"
        try:
            row = self._connection.execute(sql, (digest,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None:
            return None
        features, found, unfit = row
        try:
            if unfit is not None:
                kind, ko, en = json.loads(unfit)
                return Unfit(kind, Message(state.text(ko), state.text(en)))
            return np.frombuffer(features, dtype="<f4").astype(np.float32), int(found)
        except state.MALFORMED as error:  # the picture is read again
            log.warning("a row of the cache is damaged: %r", error)
            return None

    def put(self, digest: bytes, known: Known) -> None:
        """Remember what reading the file gave."""
        if self._connection is None:
            return
        row: tuple[bytes, bytes | None, int, str | None]
        if isinstance(known, Unfit):
            row = (digest, None, 0, json.dumps([known.kind, *known.why], ensure_ascii=False))
        else:
            row = (digest, known[0].astype("<f4").tobytes(), known[1], None)
        try:
            with self._connection:
                self._connection.execute("REPLACE INTO pictures VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        log.warning("the cache of labelled pictures is not used: %s", error)
        self.problem = Message(
            "읽은 것을 저장해 둘 수 없어서, 다음에는 사진을 처음부터 다시 읽어요.",
            "What was read cannot be kept, so the next time every picture is read again.",
        )
        self.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _version(domain: LabelledDomain) -> str:
    """Return a name for everything that an embedding depends on."""
    parts = [str(domain.preparation), *map(fingerprint, domain.reads_with)]
    return hashlib.sha256(":".join(parts).encode()).hexdigest()[:16]


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file; a damaged one is begun anew, as nothing in it is the only copy."""
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if not state.is_database_damage(error):
            raise
        log.warning("the cache %s is damaged and begun anew: %s", path, error)
        for damaged in path.parent.glob(f"{path.name}*"):
            damaged.unlink()
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a lost line is only read again
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


# ----------------------------------------------------------------------------------------
# What can be taught by labelled pictures, and what such a domain offers.

MODULES = {"faces": "engine.faces.expression.labelled", "digits": "engine.digits.learn"}
"""By key, the module that is the domain."""


class Preparer(Protocol):
    """Turns pictures into what the domain's network reads; one thread at a time."""

    def prepare(self, image: Bgr) -> Prepared | Unfit:
        """Return what is stored of *image* (H, W, 3) uint8, or why it cannot be learned."""


class LabelledDomain(LearnableDomain, Protocol):
    """A domain that learns from labelled pictures; the module is the object."""

    class_names: Mapping[str, str]  # small letters -> one of ``labels``
    only_these: Message  # why other classes cannot be learned
    reads_with: tuple[str, ...]  # models in the manifest that an embedding depends on
    preparation: int  # raised when the way to an embedding changes

    def open_preparer(self) -> AbstractContextManager[Preparer]:
        """Load what prepares pictures."""


def domain_of(key: str) -> LabelledDomain:
    """Return the domain called *key*.

    Raises:
        InputError: there is none.
    """
    if key not in MODULES:
        known = ", ".join(MODULES)
        raise InputError(
            f"'{key}'은(는) 사진으로 가르칠 수 없어요. 가르칠 수 있는 것: {known}",
            f"'{key}' cannot be taught by labelled pictures. Known: {known}",
        )
    return cast(LabelledDomain, importlib.import_module(MODULES[key]))


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
