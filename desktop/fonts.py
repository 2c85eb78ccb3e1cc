"""The window's font: NanumGothic, which koreanize-matplotlib carries, on every machine.

It is registered always and not only where the system lacks Hangul: one look everywhere,
screenshots that can be compared, and no search through the system's fonts at the start.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
from pathlib import Path

from PySide6.QtGui import QFontDatabase

log = logging.getLogger(__name__)

PACKAGE = "koreanize_matplotlib"
FILES = ("NanumGothic.ttf", "NanumGothicBold.ttf")


def folder() -> Path | None:
    """Return the folder of the packaged fonts, found without importing the package."""
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) / "fonts" if places else None


@functools.cache
def family() -> str:
    """Register the font once and return its family; the system's default if it is missing.

    Needs a running QGuiApplication.
    """
    place = folder()
    names: list[str] = []
    for file in FILES if place else ():
        number = QFontDatabase.addApplicationFont(str(place / file)) if place else -1
        names += QFontDatabase.applicationFontFamilies(number)
    if not names:
        log.warning("NanumGothic of %s was not found: the system's font is used", PACKAGE)
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return names[0]
