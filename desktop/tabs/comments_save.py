"""Write what the tab shows into files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from engine.errors import StorageError


def save(target: Path, payload: dict[str, Any], picture: QImage | None) -> Path:
    """Write *payload* as JSON, and *picture* as PNG of the same name beside it.

    Raises:
        StorageError: a file cannot be written.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    try:
        target.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(target) from error
    if picture is not None and not picture.save(str(target.with_suffix(".png"))):
        raise _unwritable(target)
    return target


def _unwritable(target: Path) -> StorageError:
    return StorageError(
        f"파일을 저장할 수 없어요: {target.name}. 폴더의 권한과 남은 공간을 확인해 주세요.",
        f"Cannot write {target}. Check the folder's permissions and the free space.",
    )
