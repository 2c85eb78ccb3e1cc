"""Saving a digit: the drawing or picture as PNG, the answer as JSON beside it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtGui import QImage

from engine.digits import DigitResult
from engine.errors import StorageError


def save(image: QImage, result: DigitResult, target: Path) -> Path:
    """Write both files and return *target*.

    Raises:
        StorageError: one of them cannot be written.
    """
    text = json.dumps(result.to_dict(), ensure_ascii=False)
    try:
        if not image.save(str(target)):
            raise OSError(target)
        target.with_suffix(".json").write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"파일을 저장할 수 없어요: {target.name}. 폴더의 권한과 남은 공간을 확인해 주세요.",
            f"Cannot write {target}. Check the folder's permissions and the free space.",
        ) from error
    return target
