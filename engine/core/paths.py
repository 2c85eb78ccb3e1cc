"""Where the program's own files and the user's files lie."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import platformdirs

from engine.core.errors import StorageError

APP = "maumgyeol"


def program_dir() -> Path:
    """Return the folder that holds ``models/`` and ``resources/`` (also when frozen)."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def models_dir() -> Path:
    """Return the folder of shipped models; ``MAUMGYEOL_MODELS`` overrides it."""
    override = os.environ.get("MAUMGYEOL_MODELS")
    return Path(override) if override else program_dir() / "models"


def resources_dir() -> Path:
    """Return the folder of icons, styles, translations and samples."""
    return program_dir() / "resources"


def data_place() -> Path:
    """Return where the user's data folder lies, made or not (for those who only read)."""
    return Path(os.environ.get("MAUMGYEOL_DATA") or platformdirs.user_data_dir(APP, False))


def data_dir() -> Path:
    """Return the user's data folder, made if need be; ``MAUMGYEOL_DATA`` overrides it.

    Raises:
        StorageError: the folder cannot be made.
    """
    return _made(data_place())


def cache_place() -> Path:
    """Return where the user's cache folder lies, made or not."""
    return Path(os.environ.get("MAUMGYEOL_CACHE") or platformdirs.user_cache_dir(APP, False))


def cache_dir() -> Path:
    """Return the user's cache folder, made if need be; ``MAUMGYEOL_CACHE`` overrides it.

    Raises:
        StorageError: the folder cannot be made.
    """
    return _made(cache_place())


def _made(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"폴더를 만들 수 없어요: {path} ({error.strerror})",
            f"Cannot make the folder {path}: {error.strerror}",
        ) from error
    return path


def as_spelled(path: Path) -> Path:
    """Return *path* as the disk spells it: Hangul in names is composed or, from macOS, not.

    A path that is nowhere in either spelling comes back as it is.
    """
    if os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        forms = (part, *(unicodedata.normalize(form, part) for form in ("NFC", "NFD")))
        spelled = next((form for form in forms if os.path.lexists(found / form)), None)
        if spelled is None:
            return path
        found /= spelled
    return found
