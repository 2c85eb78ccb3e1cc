"""A model card's Markdown as parts of a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.reporting.paper_style import ACCENT, safe

if TYPE_CHECKING:
    from markdown_it.token import Token

    from engine.reporting.paper_style import Style

_MARKS = {
    "strong_open": "<font name='NanumBold'>",
    "strong_close": "</font>",
    "em_open": "<i>",
    "em_close": "</i>",
    "link_open": f"<font color='{ACCENT}'>",
    "link_close": "</font>",
    "softbreak": " ",
    "hardbreak": "<br/>",
}


def card_parts(markdown: str, style: Style) -> list[Any]:
    """Return headings, paragraphs, lists, tables and code blocks; tags are shown as text."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    made: list[Any] = []
    table: list[list[Any]] = []
    role, bullet = "body", False
    for token in tokens:
        if token.type == "heading_open":
            role = "heading" if token.tag == "h1" else "subheading"
        elif token.type == "list_item_open":
            role, bullet = "item", True
        elif token.type in ("heading_close", "list_item_close"):
            role = "body"
        elif token.type == "tr_open":
            table.append([])
        elif token.type == "table_close":
            made += [_table(table, style), style.gap(6)]
            table = []
        elif token.type in ("fence", "code_block"):
            made.append(style.text(_escaped(token.content.strip("\n")), "code"))
        elif token.type == "inline" and table:
            table[-1].append(style.text(_inline(token), "cell"))
        elif token.type == "inline":
            mark = "• " if bullet else ""
            made.append(style.text(mark + _inline(token), role))
            bullet = False
    return made


def _table(rows: list[list[Any]], style: Style) -> Any:
    columns = max(map(len, rows))
    even = [row + [""] * (columns - len(row)) for row in rows]
    first = 0.22 if columns > 1 else 1.0
    widths = [first, *[(1 - first) / (columns - 1)] * (columns - 1)] if columns > 1 else [1.0]
    return style.table(even[0], even[1:], widths=widths) if even[1:] else style.gap(1)


def _inline(token: Token) -> str:
    """Return the markup of a line of text."""
    made = []
    for child in token.children or ():
        if child.type in _MARKS:
            made.append(_MARKS[child.type])
        elif child.type == "code_inline":
            made.append(f"<font backColor='#f1f2f6'>{_escaped(child.content)}</font>")
        else:
            made.append(_escaped(child.content))
    return "".join(made)


def _escaped(text: str) -> str:
    return safe(text).replace("\n", "<br/>")
