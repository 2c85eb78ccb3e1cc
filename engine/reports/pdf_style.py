"""How a report looks on paper: fonts, text styles, tables, tiles, pictures side by side."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from engine.media import fonts

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


INK, MUTED, LINE, ALT = "#1b2130", "#566074", "#dde1ea", "#f1f2f6"
ACCENT, GOOD, BAD, WARN = "#5156c8", "#12714f", "#be3149", "#8a5a00"
_COLUMNS = 4
_GALLERY = 6
_ROOM = 110
"""Points that a part needs below its heading, else it begins on the next page."""


def safe(text: str) -> str:
    """Return data for a paragraph: markup escaped, each character in a font that has it."""
    return "".join(
        f"<font name='Emoji'>{part}</font>" if emoji else escape(part)
        for part, emoji in fonts.runs(text)
    )


class Style:
    """Makes the parts of a page that is *width* points wide."""

    def __init__(self, width: float) -> None:
        from reportlab.lib.styles import ParagraphStyle

        self.width = width
        self.space = 14.0
        plain: dict[str, Any] = {"fontName": "Nanum", "textColor": INK, "splitLongWords": 1}

        def style(name: str, size: float, **more: Any) -> ParagraphStyle:
            leading = {"leading": size * 1.5}
            return ParagraphStyle(name, **{**plain, "fontSize": size, **leading, **more})

        self.styles = {
            "kind": style("kind", 9.5, fontName="NanumBold", textColor=ACCENT),
            "title": style("title", 21, fontName="NanumBold", leading=28, spaceAfter=4),
            "heading": style("heading", 13.5, fontName="NanumBold", spaceBefore=8, keepWithNext=1),
            "part": style("part", 13.5, fontName="NanumBold"),
            "subheading": style("sub", 10.5, fontName="NanumBold", spaceBefore=7, keepWithNext=1),
            "body": style("body", 10, spaceAfter=4),
            "hint": style("hint", 8.5, textColor=MUTED, spaceAfter=4, keepWithNext=1),
            "muted": style("muted", 8.5, textColor=MUTED, spaceBefore=2),
            "note": style("note", 9, textColor=WARN, leftIndent=11, firstLineIndent=-11),
            "cell": style("cell", 8.8, leading=12.5),
            "small": style("small", 7, leading=9, textColor=MUTED),
            "item": style("item", 9.3, leftIndent=12, bulletIndent=2, spaceAfter=2),
            "code": style("code", 8.5, backColor=ALT, borderPadding=6, spaceBefore=6, spaceAfter=8),
        }

    def text(self, markup: str, role: str) -> Any:
        """Return a paragraph; *markup* is reportlab's, so data in it has to be escaped."""
        from reportlab.platypus import Paragraph

        return Paragraph(markup, self.styles[role])

    def part(self, title: str) -> list[Any]:
        """Return the heading of what may run over pages; near a page's end it goes to the next."""
        from reportlab.platypus import CondPageBreak

        return [CondPageBreak(_ROOM), self.gap(10), self.text(title, "part")]

    def gap(self, points: float) -> Any:
        """Return empty room."""
        from reportlab.platypus import Spacer

        return Spacer(1, points)

    def whole(self, *parts: Any) -> Any:
        """Return parts that stay on one page."""
        from reportlab.platypus import KeepTogether

        return KeepTogether(list(parts))

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float] = ()
    ) -> Any:
        """Return a table with its *head* on every page; numbers stand on the right."""
        from reportlab.platypus import Table, TableStyle

        looks: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), "Nanum", 8.8),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("ALIGN", (1, 0), (-1, -1), "LEFT" if widths else "RIGHT"),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ]
        if head:
            looks.append(("TEXTCOLOR", (0, 0), (-1, 0), MUTED))
        sizes = [self.width * share for share in widths] or None
        made = Table(
            [list(row) for row in ([head] if head else []) + list(rows)],
            colWidths=sizes or [self.width / len(rows[0])] * len(rows[0]),
            repeatRows=1 if head else 0,
        )
        made.setStyle(TableStyle(looks))
        return made

    def tiles(self, tiles: Sequence[tuple[str, str, str]]) -> Any:
        """Return the headline figures on grey tiles: name, value, hint."""
        from reportlab.platypus import Table, TableStyle

        cells = [
            [self.text(name, "muted"), self._large(value), self.text(hint, "small")]
            for name, value, hint in tiles
        ]
        columns = 3 if len(cells) == 2 * 3 else _COLUMNS
        cells += [[] for _ in range(-len(cells) % columns)]
        rows = [cells[i : i + columns] for i in range(0, len(cells), columns)]
        made = Table(rows, colWidths=[self.width / columns] * columns)
        made.setStyle(
            TableStyle(
                [
                    ("BACKGROUND", (0, 0), (-1, -1), ALT),
                    ("INNERGRID", (0, 0), (-1, -1), 5, "#ffffff"),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 9),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
                ]
            )
        )
        return made

    def _large(self, value: str) -> Any:
        return self.text(f"<font name='NanumBold' size='15' color='{INK}'>{value}</font>", "body")

    def figure(self, title: str, hint: str, png: bytes) -> Callable[[float], Any]:
        """Return a call that makes a titled picture of a given width."""

        def sized(width: float) -> Any:
            words = [self.text(title, "heading")] + ([self.text(hint, "hint")] if hint else [])
            return self.whole(*words, self._picture(png, width))

        return sized

    def beside(self, parts: Sequence[Any]) -> Any:
        """Return one or two parts of half the width side by side."""
        from reportlab.platypus import Table, TableStyle

        cells = [list(part._content) for part in parts] + [[]] * (2 - len(parts))
        made = Table([cells], colWidths=[self.width / 2] * 2)
        made.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), self.space / 2),
                ]
            )
        )
        return made

    def _picture(self, png: bytes, width: float, height: float | None = None) -> Any:
        from PIL import Image as Opened
        from reportlab.platypus import Image

        with Opened.open(io.BytesIO(png)) as opened:
            across, down = opened.size
        scale = width / across if height is None else min(width / across, height / down)
        return Image(io.BytesIO(png), across * scale, down * scale)

    def gallery(self, pictures: Sequence[tuple[bytes, str, str]]) -> Any:
        """Return small pictures in rows, each with a line of markup and its name."""
        from reportlab.platypus import Table, TableStyle

        side = self.width / _GALLERY
        cells: list[list[Any]] = []
        for png, verdict, name in pictures:
            picture = [self._picture(png, side - 12, side - 12)] if png else []
            cells.append([*picture, self.text(verdict, "cell"), self.text(name, "small")])
        cells += [[] for _ in range(-len(cells) % _GALLERY)]
        rows = [cells[i : i + _GALLERY] for i in range(0, len(cells), _GALLERY)]
        made = Table(rows, colWidths=[side] * _GALLERY)
        made.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return made
