"""Every setting of the window: a typed key with its default, kept in one JSON file.

>>> import tempfile
>>> from pathlib import Path
>>> settings = Settings(Path(tempfile.mkdtemp()) / "settings.json")
>>> settings.get(ZOOM)
1.0
>>> settings.set(ZOOM, 1.25)
>>> Settings(settings.path).get(ZOOM)
1.25

Without a path, ``Settings()`` uses ``settings.json`` in the user's data folder. A damaged file
is set aside and told (``engine.core.state``); where it cannot be read or written,
``settings.problem`` says so and the values live on in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from engine.core import paths
from engine.core.errors import MaumgyeolError, Message, StorageError
from engine.core.state import StateFile, whole

T = TypeVar("T", str, int, float, bool)


@dataclass(frozen=True)
class Key(Generic[T]):
    """One setting: its name in the file, its default, and the values it may take."""

    name: str
    default: T
    choices: tuple[T, ...] = ()


LANGUAGE = Key("language", "ko", ("ko", "en"))
THEME = Key("theme", "system", ("system", "light", "dark"))
ZOOM_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
ZOOM = Key("zoom", 1.0, ZOOM_STEPS)
GEOMETRY = Key("window/geometry", "")
LAST_TAB = Key("window/last_tab", "reviews")
LAST_FOLDER = Key("files/last_folder", "")
CAMERA = Key("faces/source", "0")
FACE_BASELINE = Key("faces/baseline", True)
FACE_LAYERS = Key("faces/layers", "boxes,label,contours")
REVIEW_MODE = Key("reviews/mode", "precise", ("precise", "instant"))
REVIEW_VERDICTS = Key("reviews/verdicts", 2, (2, 3))
KEEP_HISTORY = Key("history/keep", True)

_MOST = 2**53
"""A whole number from here on is no float's."""


_FILE: StateFile[Mapping[str, Any]] = StateFile(
    title=Message("설정", "the settings"),
    decode=whole(lambda data: {**data}),
    encode=dict,
    empty={},
)


class Settings:
    """The user's settings; ``get`` and ``set`` take a :class:`Key`."""

    def __init__(self, path: Path | None = None) -> None:
        self.problem: Message | None = None
        self._values: Mapping[str, Any] = {}
        self.path: Path | None = path
        try:
            self.path = path or paths.data_dir() / "settings.json"
            self._values = _FILE.read(self.path)
        except MaumgyeolError as error:
            self.problem = error.message

    def get(self, key: Key[T]) -> T:
        """Return the stored value, or the default when there is none of the right kind."""
        value = self._values.get(key.name, key.default)
        if isinstance(key.default, float) and type(value) is int and abs(value) < _MOST:
            value = float(value)
        if type(value) is not type(key.default) or (key.choices and value not in key.choices):
            return key.default
        return value  # type: ignore[no-any-return]

    def set(self, key: Key[T], value: T) -> None:
        """Store *value* and write the file at once; what another window has set stays."""
        if self._values.get(key.name) == value:
            return
        mine = {**self._values, key.name: value}
        if self.path is None:
            self._values = mine
            return
        try:
            self._values = _FILE.change(
                self.path, lambda known: {**self._values, **known, key.name: value}
            )
            self.problem = None
        except StorageError as error:
            self._values, self.problem = mine, error.message
