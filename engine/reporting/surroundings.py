"""What a report says of the model's origin and of the computer that it was made on."""

from __future__ import annotations

import os
import platform
from importlib import metadata

import engine
from engine import manifest, paths
from engine.reporting.report import Card
from engine.reporting.tasks import Task

_LIBRARIES = ("numpy", "onnxruntime", "mediapipe")
_FINDS_FACES = "face-landmarker"


def cards(task: Task, model: str) -> tuple[Card, ...]:
    """Return the cards of the models that answered, of all of the task's if that is unclear.

    Args:
        model: what the results say of who answered: ``"digits-cnn 1.0 + …"``.
    """
    entries = manifest.entries()
    known = [name for name in task.models if name in entries]
    named = [name for name in known if name in model or name == _FINDS_FACES]
    made = []
    for name in named if any(name in model for name in named) else known:
        file = paths.models_dir() / "cards" / f"{name}.md"
        if file.is_file():
            made.append(Card(entries[name].label, file.read_text(encoding="utf-8")))
    return tuple(made)


def environment() -> tuple[tuple[str, str], ...]:
    """Return program, system and library versions."""
    rows = [
        ("마음결", engine.__version__),
        ("Python", platform.python_version()),
        ("OS", f"{platform.system()} {platform.release()} · {platform.machine()}"),
        ("CPU", f"{os.cpu_count() or 1}"),
    ]
    rows += [(name, version) for name in _LIBRARIES if (version := _version(name))]
    return tuple(rows)


def _version(name: str) -> str:
    """Return a library's version; empty where a package leaves the particulars out."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
