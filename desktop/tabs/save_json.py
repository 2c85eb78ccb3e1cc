"""An answer as a JSON file."""

from __future__ import annotations

import json
from pathlib import Path

from engine.saving import write_whole


def save(payload: dict[str, object], target: Path) -> Path:
    """Write *payload* and return *target*.

    Raises:
        StorageError: the file cannot be written.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    write_whole(target, text.encode())
    return target
