"""An answer as a JSON file."""

from __future__ import annotations

import json
from pathlib import Path

from engine.errors import StorageError


def save(payload: dict[str, object], target: Path) -> Path:
    """Write *payload* and return *target*.

    Raises:
        StorageError: the file cannot be written.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"파일을 저장할 수 없어요: {target.name}. 다른 폴더에 저장해 주세요.",
            f"Cannot write {target}. Try another folder.",
        ) from error
    return target
