"""The fonts of a PDF: NanumGothic and emoji, whose characters can be copied out again."""

from __future__ import annotations

import re
import threading
from typing import Any

from engine import fonts

_lock = threading.Lock()
_CMAP = "toUnicodeCMap:"


def register() -> None:
    """Make the fonts known to reportlab as Nanum, NanumBold and Emoji.

    Raises:
        ModelMissingError: NanumGothic is missing.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    class Font(TTFont):
        """Says what its characters are in UTF-16, as PDF wants it, beyond U+FFFF too."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
            super().addObjects(doc)
            for name, stream in doc.idToObject.items():
                if name.startswith(_CMAP):
                    stream.content = utf16(stream.content)

    with _lock:
        known = pdfmetrics.getRegisteredFontNames()
        places = {"Nanum": fonts.path(), "NanumBold": fonts.path(True), "Emoji": fonts.emoji_path()}
        for name, place in places.items():
            if name not in known:
                pdfmetrics.registerFont(Font(name, str(place)))
        pdfmetrics.registerFontFamily(
            "Nanum", normal="Nanum", bold="NanumBold", italic="Nanum", boldItalic="NanumBold"
        )


def utf16(cmap: str) -> str:
    """Return a ToUnicode table with characters beyond U+FFFF as two surrogates.

    >>> utf16("<05> <1F60A>")
    '<05> <D83DDE0A>'
    """

    def pair(found: re.Match[str]) -> str:
        return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"

    return re.sub(r"<([0-9A-F]{5,6})>", pair, cmap)
