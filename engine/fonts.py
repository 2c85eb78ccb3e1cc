"""NanumGothic, which koreanize-matplotlib carries: for charts, pages and PDF."""

from __future__ import annotations

import functools
import importlib.util
import io
import unicodedata
from pathlib import Path
from typing import Any

from engine.errors import ModelMissingError

REGULAR, BOLD = "NanumGothic.ttf", "NanumGothicBold.ttf"
MISSING = "□"
"""Stands for a character that the font does not have, emoji above all."""


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


def printable(text: str) -> str:
    """Return *text* with ``□`` for every character that the font does not have.

    Joiners and variation selectors, which are not seen, are left out.

    >>> printable("좋아요 😊")
    '좋아요 □'
    """
    known = _known()
    return "".join(
        c if ord(c) in known or c.isspace() else MISSING
        for c in text
        if unicodedata.category(c) not in ("Cf", "Mn")
    )


@functools.cache
def _known() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path(), lazy=True) as font:
        return frozenset(font.getBestCmap())
