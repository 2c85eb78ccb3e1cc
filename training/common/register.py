"""Enter a trained model into ``models/manifest.toml``: size, SHA-256, licence, sources."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Sequence
from pathlib import Path

from engine.models import manifest
from engine.models.manifest import ModelEntry, ModelFile, Source


def register(
    models: Path,
    name: str,
    *,
    version: str,
    task: str,
    licence: str,
    files: Sequence[str],
    folder: str = "",
    sources: Sequence[Source] = (Source("models"),),
) -> ModelEntry:
    """Write or replace the entry *name* in ``models/manifest.toml`` and return it.

    Args:
        models: the models folder; *files* lie in ``models/folder``.

    Raises:
        FileNotFoundError: one of *files* is not there.
    """
    rows = tuple(
        ModelFile(file, where.stat().st_size, manifest.sha256(where))
        for file, where in ((f, models / folder / f) for f in files)
    )
    entry = ModelEntry(name, version, task, licence, rows, tuple(sources), folder)
    with (models / ".manifest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = models / "manifest.toml"
        known = manifest.read(path) if path.exists() else {}
        known[name] = entry
        path.write_text(_toml(known), encoding="utf-8")
    return entry


def _toml(entries: dict[str, ModelEntry]) -> str:
    quote = json.dumps
    lines = ["# Written by training/common/register.py; one [[model]] a model, sorted by name."]
    for _, item in sorted(entries.items()):
        lines += ["", "[[model]]", f"name = {quote(item.name)}", f"version = {quote(item.version)}"]
        lines += [f"task = {quote(item.task)}", f"licence = {quote(item.licence)}"]
        if item.folder:
            lines.append(f"folder = {quote(item.folder)}")
        lines.append("files = [")
        for f in item.files:
            lines.append(
                f"  {{ file = {quote(f.file)}, bytes = {f.bytes}, sha256 = {quote(f.sha256)} }},"
            )
        lines += ["]", "sources = ["]
        for s in item.sources:
            extra = "".join(
                f", {key} = {quote(value)}"
                for key, value in (("name", s.name), ("member", s.member))
                if value
            )
            lines.append(f"  {{ kind = {quote(s.kind)}{extra} }},")
        lines.append("]")
    return "\n".join(lines) + "\n"
