"""Small files in the layout of the 감성대화말뭉치, written by the project itself."""

from __future__ import annotations

import json
from pathlib import Path

from engine.emotions.corpus.distribution import measure


def dialogue(code: str, said: str = "일은 왜 해도 해도 끝이 없을까?") -> dict[str, object]:
    """Return one dialogue in the corpus's layout."""
    return {
        "profile": {
            "persona-id": "Pro_05349",
            "persona": {"human": ["A02", "G02"], "computer": ["C01"]},
            "emotion": {
                "emotion-id": f"S06_D02_{code}",
                "type": code,
                "situation": ["S06", "D02"],
            },
        },
        "talk": {
            "id": {"profile-id": "Pro_05349", "talk-id": "Pro_05349_00053"},
            "content": {"HS01": said, "SS01": "많이 힘드시겠어요.", "HS02": "", "SS02": ""},
        },
    }


def corpus(path: Path, found: list[str], encoding: str = "utf-8", indent: int | None = 2) -> Path:
    text = json.dumps([dialogue(code) for code in found], ensure_ascii=False, indent=indent)
    path.write_text(text, encoding=encoding)
    return path


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def counted(*paths: Path) -> dict[str, int]:
    return {row.code: row.count for row in measure(paths).labels if row.count}
