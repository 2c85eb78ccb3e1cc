"""Every setting of the window: a typed key with its default, kept in one JSON file.

>>> import tempfile
>>> from pathlib import Path
>>> settings = Settings(Path(tempfile.mkdtemp()) / "settings.json")
>>> settings.get(ZOOM)
1.0
>>> settings.set(ZOOM, 1.25)
>>> Settings(settings.path).get(ZOOM)
1.25

Without a path, ``Settings()`` uses ``settings.json`` in the user's data folder. A file
that is damaged or cannot be written never stops the window: ``settings.problem`` says
what happened and the values live on in memory.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from engine import paths
from engine.errors import MaumgyeolError, Message, StorageError
from engine.saving import write_whole

T = TypeVar("T", str, int, float, bool)


@dataclass(frozen=True)
class Key(Generic[T]):
    """One setting: its name in the file, its default, and the values it may take."""

    name: str
    default: T
    choices: tuple[T, ...] = ()


LANGUAGE = Key("language", "ko", ("ko", "en"))
THEME = Key("theme", "system", ("system", "light", "dark"))
ZOOM = Key("zoom", 1.0)
GEOMETRY = Key("window/geometry", "")
LAST_TAB = Key("window/last_tab", "reviews")
LAST_FOLDER = Key("files/last_folder", "")
CAMERA = Key("faces/source", "0")
FACE_BASELINE = Key("faces/baseline", True)
FACE_LAYERS = Key("faces/layers", "boxes,label,contours")
REVIEW_MODE = Key("reviews/mode", "precise", ("precise", "instant"))
REVIEW_VERDICTS = Key("reviews/verdicts", 2, (2, 3))
KEEP_HISTORY = Key("history/keep", True)

ZOOM_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Settings:
    """The user's settings; ``get`` and ``set`` take a :class:`Key`."""

    def __init__(self, path: Path | None = None) -> None:
        self.problem: Message | None = None
        self._values: dict[str, Any] = {}
        self.path: Path | None = path
        try:
            self.path = path or paths.data_dir() / "settings.json"
        except MaumgyeolError as error:
            self.problem = error.message
            return
        self._read(self.path)

    def get(self, key: Key[T]) -> T:
        """Return the stored value, or the default when there is none of the right kind."""
        value = self._values.get(key.name, key.default)
        if isinstance(key.default, float) and type(value) is int:
            value = float(value)
        if type(value) is not type(key.default) or (key.choices and value not in key.choices):
            return key.default
        return value  # type: ignore[no-any-return]

    def set(self, key: Key[T], value: T) -> None:
        """Store *value* and write the file at once."""
        if self._values.get(key.name) == value:
            return
        self._values[key.name] = value
        self._write()

    def _read(self, path: Path) -> None:
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            self.problem = Message(
                f"설정 파일을 읽을 수 없어 기본값으로 시작했어요: {path}",
                f"The settings file cannot be read, so defaults are used: {path} ({error})",
            )
            return
        self._values = values if isinstance(values, dict) else {}

    def _write(self) -> None:
        if self.path is None:
            return
        text = json.dumps(self._values, ensure_ascii=False, indent=1)
        try:
            write_whole(self.path, text.encode(), make_folder=True)
            self.problem = None
        except StorageError as error:
            self.problem = error.message
