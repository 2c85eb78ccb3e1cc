"""What a batch is asked to do, and the switch that holds it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from engine.jobs import Progress

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
