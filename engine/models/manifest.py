"""The list of models: what each is, how large, under which licence, and where it comes from."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core import paths
from engine.core.errors import ModelMissingError


@dataclass(frozen=True)
class ModelFile:
    """One file of a model: name below the model's folder, size in bytes, SHA-256 in hex."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Source:
    """One place that a file may come from, tried in the manifest's order.

    Attributes:
        kind: ``"models"`` (file in models/), ``"package"`` (member of an installed
            distribution), ``"wheel"`` (member of a wheel on PyPI) or ``"url"``.
        name: distribution name, ``name==version`` for a wheel, or the URL.
        member: path inside the distribution or wheel.
    """

    kind: str
    name: str = ""
    member: str = ""


@dataclass(frozen=True)
class ModelEntry:
    """One model of ``models/manifest.toml``."""

    name: str
    version: str
    task: str
    licence: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    folder: str = ""

    @property
    def bytes(self) -> int:
        """Size of all files in bytes."""
        return sum(item.bytes for item in self.files)

    @property
    def label(self) -> str:
        """Name and version as results show them, for example ``digits-cnn 1.0``."""
        return f"{self.name} {self.version}"


def read(path: Path) -> dict[str, ModelEntry]:
    """Parse a manifest file into entries by name.

    Raises:
        ModelMissingError: the manifest itself is missing or malformed.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("model", [])
        return {row["name"]: _entry(row) for row in rows}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelMissingError(
            f"모델 목록을 읽을 수 없어요: {path}", f"Cannot read the model manifest {path}: {error}"
        ) from error


def _entry(row: dict[str, Any]) -> ModelEntry:
    return ModelEntry(
        name=row["name"],
        version=row["version"],
        task=row["task"],
        licence=row["licence"],
        files=tuple(ModelFile(f["file"], f["bytes"], f["sha256"]) for f in row["files"]),
        sources=tuple(Source(**source) for source in row.get("sources", [{"kind": "models"}])),
        folder=row.get("folder", ""),
    )


@functools.cache
def _shipped(path: Path, stamp: int) -> dict[str, ModelEntry]:
    return read(path)


def entries() -> dict[str, ModelEntry]:
    """Return the shipped manifest's entries by name (read again only when it changed)."""
    path = paths.models_dir() / "manifest.toml"
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _shipped(path, stamp)


def entry(name: str) -> ModelEntry:
    """Return the entry called *name*.

    Raises:
        ModelMissingError: the manifest has none.
    """
    found = entries().get(name)
    if found is None:
        raise ModelMissingError(
            f"모델 목록에 '{name}'이(가) 없어요.", f"The manifest has no model called '{name}'."
        )
    return found


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
