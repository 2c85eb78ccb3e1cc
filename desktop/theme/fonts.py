"""The window's font: NanumGothic, which koreanize-matplotlib carries, on every machine.

It is registered always and not only where the system lacks Hangul: one look everywhere,
screenshots that can be compared, and no search through the system's fonts at the start.
Emoji come from the system, in colour, or from resources/fonts where it has none.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from engine.core import paths

log = logging.getLogger(__name__)

PACKAGE = "koreanize_matplotlib"
EMOJI = "NotoEmoji-Regular.ttf"
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


@functools.cache
def add_emoji() -> bool:
    """Register the packaged emoji where the system has none; return whether that was needed.

    It looks through the system's fonts, so it is called after the first drawing.
    """
    if any("emoji" in name.lower() for name in QFontDatabase.families()):
        return False
    QFontDatabase.addApplicationFont(str(paths.resources_dir() / "fonts" / EMOJI))
    return True
