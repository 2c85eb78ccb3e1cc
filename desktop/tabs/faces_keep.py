"""What the faces tab keeps: the payload of history and JSON, annotated files, previews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.tabs.faces_shot import Shot
from engine.faces import Face
from engine.faces.overlay import Layers
from engine.faces.payload import unpack
from engine.images import encode_png
from engine.saving import write_whole


def payload(name: str, shot: Shot, landmarks: bool = False) -> dict[str, Any]:
    """Return what was read, as plain types; the 478 points only where asked for."""
    found = {"file": name, **shot.result.to_dict()}
    if not landmarks:
        for face in found["faces"]:
            del face["landmarks"]
    if shot.frame is not None:
        found["persons"] = [person.to_dict() for person in shot.frame.persons]
    return found


def as_text(name: str, shot: Shot, landmarks: bool = False) -> str:
    """Return the payload as JSON."""
    return json.dumps(payload(name, shot, landmarks), ensure_ascii=False, indent=1)


def summary(name: str, shot: Shot) -> str:
    """Return the history's one line."""
    return f"{name}: {', '.join(face.expression.label for face in shot.result.faces)}"


def write(target: Path, name: str, shot: Shot, layers: Layers, language: str) -> Path:
    """Write the annotated picture as PNG and everything that was read as JSON beside it.

    Raises:
        StorageError: one of them cannot be written.
    """
    write_whole(target, encode_png(shot.paint(layers, language)))
    write_whole(target.with_suffix(".json"), as_text(name, shot, True).encode())
    return target


def preview(face: Face) -> bytes:
    """Return the face's aligned crop as PNG, for the list of corrections."""
    picture = unpack([face.payload])[0][0]
    return encode_png(picture[:, :, None].repeat(3, axis=2))
