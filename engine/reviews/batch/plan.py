"""What a batch is asked to do, and the switch that holds it."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from engine.core import state
from engine.core.errors import InputError
from engine.core.jobs import Progress

Column = int | str | None
"""A column by its index from 0, by its name (or its number from 1 as text), or none."""

BACKENDS = ("threads", "loky", "dask", "ray")
_TICK = 0.1


@dataclass(frozen=True)
class Plan:
    """One file and how it is to be read.

    Attributes:
        source: .csv, .tsv, .txt, .xlsx or .parquet.
        text_column: column of the texts; ``None``: found out, refused where it is unclear.
        date_column: column of the share over time; ``None``: no share over time.
        group_column: column whose values are compared; ``None``: no groups.
        mode: one of ``engine.reviews.MODES``.
        backend: one of ``BACKENDS``; it changes the speed and never the results.
        label_column: column of known labels or ratings; ``None``: nothing to compare with.
        jobs: workers of the backend; ``None``: one a core, for "threads" one.
        scheduler: address of a running Dask scheduler; ``None``: a local cluster.
    """

    source: Path
    text_column: Column = None
    date_column: Column = None
    group_column: Column = None
    mode: str = "precise"
    backend: str = "threads"
    label_column: Column = None
    jobs: int | None = None
    scheduler: str | None = None


@dataclass(frozen=True)
class Columns:
    """The plan's columns as indexes from 0."""

    text: int
    date: int | None
    group: int | None
    label: int | None

    def to_dict(self) -> dict[str, int | None]:
        """Return the indexes as JSON-able plain types."""
        return dict(vars(self))


class Pause:
    """Holds a batch between two chunks while it is set; thread-safe."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()

    def set(self) -> None:
        """Hold the batch."""
        self._free.clear()

    def clear(self) -> None:
        """Let it go on."""
        self._free.set()

    @property
    def is_set(self) -> bool:
        """Whether the batch is held."""
        return not self._free.is_set()

    def wait(self, progress: Progress) -> None:
        """Return once nothing holds the batch.

        Raises:
            Cancelled: *progress* was cancelled, before or meanwhile.
        """
        progress.raise_if_cancelled()
        while not self._free.wait(_TICK):
            progress.raise_if_cancelled()


# ----------------------------------------------------------------------------------------
# Whether a store may go on: the same file, the same columns, the same model.

_ENDS = 1 << 16

READING = 2
"""Goes up when the same file has other rows than before: blank rows count since 2."""


@dataclass(frozen=True)
class Identity:
    """What every chunk of a store has in common.

    Attributes:
        source: the file's absolute path; *size* in bytes, *changed* its time of change in ns.
        ends: SHA-256 of its first and last 64 KiB.
        header: names of its columns as they were found.
        columns: ``Columns.to_dict()``; *mode*: of the judgement.
        model: name and version of what answers.
        reading: how the program that began the store cuts files into rows.
    """

    source: str
    size: int
    changed: int
    ends: str
    header: tuple[str, ...]
    columns: dict[str, int | None]
    mode: str
    model: str
    reading: int = 1

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able plain types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Identity:
        """Return what :meth:`to_dict` was made from; what a later version added is left out.

        Raises:
            state.MALFORMED: it was made from something else.
        """
        header = tuple(state.text(name) for name in plain["header"])
        names = {field.name for field in fields(cls)}
        known = {name: value for name, value in plain.items() if name in names}
        identity = cls(**{**known, "header": header})
        state.check_fields(identity)
        if any(type(column) not in (int, type(None)) for column in identity.columns.values()):
            raise TypeError("a column that is no number")
        return identity

    @property
    def file(self) -> tuple[int, int, str]:
        """What tells the file's content from another."""
        return self.size, self.changed, self.ends


def file_marks(path: Path) -> tuple[int, int, str]:
    """Return size, time of change and the ends' SHA-256 of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        about = path.stat()
        with path.open("rb") as stream:
            digest = hashlib.sha256(stream.read(_ENDS))
            stream.seek(max(about.st_size - _ENDS, 0))
            digest.update(stream.read(_ENDS))
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error
    return about.st_size, about.st_mtime_ns, digest.hexdigest()


def check_same(stored: Identity, asked: Identity) -> None:
    """Return if a store of *stored* may go on with *asked*.

    Raises:
        InputError: it may not; the sentence says what differs.
    """
    name = Path(asked.source).name
    if stored.source != asked.source:
        raise InputError(
            f"이 작업 폴더는 다른 파일의 것이에요: {Path(stored.source).name}. "
            "다른 폴더를 쓰거나 비워 주세요.",
            f"This folder belongs to another file: {stored.source}. Use another one.",
        )
    if stored.file != asked.file or stored.header != asked.header:
        raise InputError(
            f"멈춘 뒤에 파일이 바뀌어서 이어서 읽을 수 없어요: {name}. "
            "처음부터 다시 시작해 주세요.",
            f"{name} has changed since the batch stopped, so it cannot go on. Start anew.",
        )
    if stored.columns != asked.columns or stored.mode != asked.mode:
        raise InputError(
            "멈춘 작업과 열이나 판단 방식이 달라요. 같게 고르거나 처음부터 다시 시작해 주세요.",
            "The columns or the mode differ from those of the stopped batch. "
            "Choose the same or start anew.",
        )
    if stored.reading != asked.reading:
        raise InputError(
            "멈춘 뒤에 프로그램이 새 판으로 바뀌어서 이어서 읽을 수 없어요. "
            "처음부터 다시 시작해 주세요.",
            "This version of the program counts a file's rows differently from the one that "
            "began the batch, so it cannot go on. Start anew.",
        )
    if stored.model != asked.model:
        raise InputError(
            f"멈춘 뒤에 모델이 바뀌었어요 ({stored.model} → {asked.model}). "
            "한 파일을 두 모델로 읽지 않도록 처음부터 다시 시작해 주세요.",
            f"The model has changed from {stored.model} to {asked.model} since the batch "
            "stopped; one file is not judged by two models. Start anew.",
        )


def check_unchanged(path: Path, before: Identity) -> None:
    """Return if the file is still the one that was opened.

    Raises:
        InputError: it was written to while it was read.
    """
    if file_marks(path) != before.file:
        raise InputError(
            f"읽는 동안 파일이 바뀌었어요: {path.name}. 다 쓰인 뒤에 처음부터 다시 시작해 주세요.",
            f"{path.name} was changed while it was read. Start anew when it is complete.",
        )
