"""Write what the tab shows into files: one photo, its data, or the whole album's pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from desktop.tabs.comments_overlay import marks, paint
from desktop.widgets.image_view import to_png, to_qimage
from engine.comments import album
from engine.comments.album import Entry
from engine.errors import MaumgyeolError, Message, StorageError
from engine.jobs import Progress
from engine.saving import free, write_whole


def save(target: Path, payload: dict[str, Any], picture: QImage | None) -> Path:
    """Write *payload* as JSON, and *picture* as PNG of the same name beside it.

    Raises:
        StorageError: a file cannot be written.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    write_whole(target.with_suffix(".json"), f"{text}\n".encode())
    if picture is not None:
        write_whole(target.with_suffix(".png"), to_png(picture))
    return target


def save_pictures(
    folder: Path, entries: Sequence[Entry], progress: Progress, language: str = "ko"
) -> int:
    """Write a copy of each photo with its boxes into *folder*; return how many.

    No file is written over, the originals least of all: a taken name gets a number.

    Raises:
        StorageError: *folder* cannot be written to.
        InputError: every photo has become unreadable since it was looked at.
        Cancelled: *progress* was cancelled; the copies so far stay.
    """
    made, fault = 0, None
    ready = [entry for entry in entries if entry.photo is not None]
    for number, entry in enumerate(ready):
        progress.report(
            number / len(ready),
            Message(f"사진을 저장하는 중… {entry.path.name}", f"Saving {entry.path.name}…"),
        )
        try:
            photo = to_qimage(album.read(entry.path).pixels)
            found = marks(entry.photo, language) if entry.photo else []
            picture = paint(photo, found, entry.labels)
            write_whole(free(folder / f"{entry.path.stem}-댓글.png"), to_png(picture))
            made += 1
        except StorageError:
            raise
        except MaumgyeolError as error:
            fault = error
    if fault is not None and not made:
        raise fault
    return made
