"""NanumGothic, which koreanize-matplotlib carries, and emoji: for charts, pages and PDF."""

from __future__ import annotations

import functools
import importlib.util
import io
import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.core import paths
from engine.core.errors import ModelMissingError

REGULAR, BOLD = "NanumGothic.ttf", "NanumGothicBold.ttf"
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
MISSING = "□"
"""Stands for a character that no font has."""


def path(bold: bool = False) -> Path:
    """Return the font's file, found without importing the package.

    Raises:
        ModelMissingError: the font is missing.
    """
    spec = importlib.util.find_spec("koreanize_matplotlib")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places or not (font := Path(places[0]) / "fonts" / (BOLD if bold else REGULAR)).exists():
        raise ModelMissingError(
            "한글 글꼴이 없어서 그림을 그릴 수 없어요. 프로그램을 다시 설치해 주세요.",
            "The font NanumGothic (package koreanize-matplotlib) is missing. Install it again.",
        )
    return font


def properties(size: float, bold: bool = False) -> Any:
    """Return matplotlib's ``FontProperties`` of the font in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(path(bold)), size=size, weight="bold" if bold else "normal")


def subset(text: str, bold: bool = False) -> bytes:
    """Return the font with the characters of *text* only, as WOFF, without its names."""
    from fontTools import subset as cutter
    from fontTools.ttLib import TTFont

    options = cutter.Options()
    options.flavor = "woff"
    options.name_IDs = []
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += [f"TSI{n}" for n in range(6)]  # sources of hints, which it cannot cut
    options.ignore_missing_unicodes = True
    target = io.BytesIO()
    with TTFont(path(bold), lazy=True) as font:
        worker = cutter.Subsetter(options)
        worker.populate(text=text)
        worker.subset(font)
        font.flavor = "woff"
        font.save(target)
    return target.getvalue()


def emoji_path() -> Path:
    """Return the file of the emoji in one colour that the program carries."""
    return paths.resources_dir() / "fonts" / "NotoEmoji-Regular.ttf"


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of *text*, each with whether it is emoji.

    A character that neither font has is ``□``; joiners, variation selectors and tones of
    skin, which are not seen alone, are left out.

    >>> list(runs("좋아요 😊👍!"))
    [('좋아요 ', False), ('😊👍', True), ('!', False)]
    """
    shown = (c for c in text if unicodedata.category(c) not in ("Cf", "Mn") and c not in _SKINS)
    for kind, stretch in itertools.groupby(shown, _kind):
        characters = "".join(stretch)
        yield MISSING * len(characters) if kind is None else characters, kind is True


def printable(text: str) -> str:
    """Return *text* with ``□`` for every character that NanumGothic does not have.

    >>> printable("좋아요 😊")
    '좋아요 □'
    """
    return "".join(MISSING * len(part) if emoji else part for part, emoji in runs(text))


def _kind(character: str) -> bool | None:
    """Return whether a character is emoji, ``None`` if no font has it."""
    if ord(character) in _known(path()) or character.isspace():
        return False
    return True if ord(character) in _known(emoji_path()) else None


@functools.cache
def _known(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
