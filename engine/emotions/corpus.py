"""Emotion labels out of the 감성대화말뭉치: JSON, CSV, TSV, or folders of them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.emotions import corpus_json, corpus_table, encodings
from engine.errors import InputError
from engine.jobs import Progress

JSON_SUFFIXES = (".json", ".jsonl")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
IN_FOLDERS = (".json", ".jsonl", ".csv", ".tsv")


def files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read, folders searched to the bottom, none of them twice.

    Raises:
        InputError: there is nothing to read in any of *paths*.
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        for inner in _below(path) if os.path.isdir(path) else [path]:
            found.setdefault(os.path.realpath(inner), inner)
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise InputError(
            f"읽을 JSON, CSV, TSV 파일이 없어요: {names}",
            f"There is no JSON, CSV or TSV file to read in {names}",
        )
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    """Yield what is to be read, folders too that cannot be entered: reading them says why."""
    closed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(IN_FOLDERS) and not name.startswith("."):
                yield Path(place) / name
    yield from closed


def labels(path: Path, progress: Progress) -> Iterator[tuple[str, str]]:
    """Yield (emotion, group) of each dialogue or row as the file writes them.

    Raises:
        InputError: the file is missing, empty, unreadable, or holds no emotions.
        Cancelled: *progress* was cancelled.
    """
    suffix = path.suffix.lower()
    if os.path.isfile(path) and suffix not in JSON_SUFFIXES + TABLE_SUFFIXES:
        raise InputError(
            f"JSON, CSV, TSV만 읽을 수 있어요: {path.name}",
            f"Only JSON, CSV and TSV are read: {path}",
        )
    read = corpus_json.labels if suffix in JSON_SUFFIXES else corpus_table.labels
    try:
        encoding = encodings.detect(path, progress)
        size = path.stat().st_size
        with (
            path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=encoding, newline="") as stream,
        ):
            tick = _ticker(progress, raw.tell, size)
            yield from read(stream, path.name, tick)
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error


def _ticker(progress: Progress, position: Callable[[], int], size: int) -> Callable[[], None]:
    return lambda: progress.report(position() / max(size, 1))
