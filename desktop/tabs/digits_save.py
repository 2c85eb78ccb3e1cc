"""Saving a digit: the drawing or picture as PNG, the answer as JSON beside it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.widgets.image_view import to_png
from engine.digits import DigitResult
from engine.saving import write_whole


def save(image: QImage, result: DigitResult, target: Path) -> Path:
    """Write both files and return *target*.

    Raises:
        StorageError: one of them cannot be written.
    """
    text = json.dumps(result.to_dict(), ensure_ascii=False)
    write_whole(target, to_png(image))
    write_whole(target.with_suffix(".json"), text.encode())
    return target
