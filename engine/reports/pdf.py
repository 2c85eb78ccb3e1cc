"""A report as PDF: the page's content on A4, with NanumGothic inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.media import fonts
from engine.reports import figures
from engine.reports import figures as drawing
from engine.reports.html import facts, sentence
from engine.reports.pdf_style import ACCENT, BAD, GOOD, INK, MUTED, Style, register, safe
from engine.reports.report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token

    from engine.reports.pdf_style import Style

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


_WIDE = 4
"""With more labels than this the confusion matrix gets the page's width."""
_PADDING = 6
"""What reportlab's frame leaves free at each side, in points."""


def render(report: Report, progress: Progress | None = None) -> bytes:
    """Return the PDF.

    Characters that its fonts do not have are printed as ``□``.

    Raises:
        ModelMissingError: the Korean font is missing.
        Cancelled: *progress* was cancelled.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    progress = progress or Progress()
    register()
    paper = _Paper(report, Style(A4[0] - 32 * mm - 2 * _PADDING), progress)
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=16 * mm, rightMargin=16 * mm, topMargin=16 * mm,
        bottomMargin=18 * mm, title=report.title, author="마음결", subject=report.model,
        lang=report.language,
    )  # fmt: skip

    def footer(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont("Nanum", 8)
        canvas.setFillColor(MUTED)
        left = fonts.printable(f"마음결 · {report.title}")[:90]
        canvas.drawString(16 * mm, 10 * mm, left)
        canvas.drawRightString(A4[0] - 16 * mm, 10 * mm, str(document.page))
        canvas.restoreState()

    document.build(paper.parts(), onFirstPage=footer, onLaterPages=footer)
    progress.report(1.0)
    return target.getvalue()


class _Paper:
    """Lays a report out as reportlab's flowing parts."""

    def __init__(self, report: Report, style: Style, progress: Progress) -> None:
        self._r, self._style = report, style
        self._drawn: dict[str, bytes] = {}
        made = figures.of(report)
        for number, (name, figure) in enumerate(made.items()):
            told = Message("그림을 그려요.", "Drawing the figures.")
            progress.report(0.8 * number / len(made), told)
            self._drawn[name] = drawing.png(figure)

    def parts(self) -> list[Any]:
        """Return everything, in the order of the pages."""
        from reportlab.platypus import PageBreak

        return [
            *self._head(), *self._figures(), PageBreak(), *self._mistakes(), *self._data(),
            *self._cards(), *self._repeat(),
        ]  # fmt: skip

    def _head(self) -> list[Any]:
        r, s = self._r, self._style
        line = [(r.say("model"), r.model), (r.say("mode"), r.mode)]
        line += [(r.say("data"), ", ".join(r.data.files)), (r.say("made"), r.created)]
        words = " &nbsp; ".join(
            f"{name} <font name='NanumBold' color='{INK}'>{safe(value)}</font>"
            for name, value in line
            if value
        )
        made = [
            s.text(f"마음결 · {r.say('kind')}", "kind"),
            s.text(safe(r.title), "title"),
            s.text(words, "muted"),
            s.gap(8),
            s.text(r.say("summary"), "heading"),
            s.text(sentence(r), "body"),
            s.gap(4),
            s.tiles(r.tiles()),
            s.gap(6),
        ]
        return made + [s.text(f"※ {safe(note)}", "note") for note in r.notes]

    def _figures(self) -> list[Any]:
        r, s = self._r, self._style
        wide = len(r.labels) > _WIDE
        titled = {
            name: s.figure(r.heading(name), r.hint(name), png) for name, png in self._drawn.items()
        }
        classes = s.whole(
            s.text(r.say("per_class"), "heading"),
            s.text(r.say("per_class_text"), "hint"),
            s.table(*self._class_rows()),
        )
        full, half = s.width, (s.width - s.space) / 2
        order = [
            "confusion",
            "reliability",
            "per_class",
            "coverage",
            "stars",
            "three_way",
            "balance",
        ]
        small = [name for name in order if name in titled and not (wide and name == "confusion")]
        made: list[Any] = [titled["confusion"](full * 0.74)] if wide else []
        for first in range(0, len(small), 2):
            pair = [titled[name](half) for name in small[first : first + 2]]
            made.append(s.beside(pair))
            if first == 0:
                made.append(classes)
        return made

    def _class_rows(self) -> tuple[list[str], list[list[str]]]:
        r = self._r
        head = [r.say(key) for key in ("label", "precision", "recall", "f1", "support")]
        averages = zip(("macro_average", "weighted_average"), r.scores.averages, strict=True)
        named = [(row[0], row) for row in r.scores.classes]
        named += [(r.say(key), row) for key, row in averages]
        rows = [[name, *(f"{x:.3f}" for x in row[1:4]), f"{row[4]:,}"] for name, row in named]
        rows.append([r.say("accuracy"), "", "", f"{r.scores.accuracy:.3f}", f"{r.scores.n:,}"])
        return head, rows

    def _mistakes(self) -> list[Any]:
        r, s = self._r, self._style
        made = [s.text(r.say("mistakes"), "heading")]
        if not r.mistakes:
            return [*made, s.text(r.say("mistakes_none"), "hint")]
        words = r.say("mistakes_text", n=f"{r.wrong:,}", shown=len(r.mistakes))
        made.append(s.text(words, "hint"))
        if any(mistake.picture for mistake in r.mistakes):
            pictures = [
                (m.picture, f"{_verdict(m.truth, m.answer)} {m.confidence:.0%}", safe(m.short))
                for m in r.mistakes
            ]
            return [*made, s.gallery(pictures)]
        head = [r.say(key) for key in ("item", "truth", "answer", "confidence")]
        rows = [
            [
                s.text(safe(m.text), "cell"),
                s.text(f"<font color='{GOOD}'>{m.truth}</font>", "cell"),
                s.text(f"<font color='{BAD}'>{m.answer}</font>", "cell"),
                f"{m.confidence:.1%}",
            ]
            for m in r.mistakes
        ]
        return [*made, s.table(head, rows, widths=(0.66, 0.11, 0.12, 0.11))]

    def _data(self) -> list[Any]:
        r, s = self._r, self._style
        rows: list[list[Any]] = [
            [s.text(safe(name), "cell"), s.text(safe(value), "cell")] for name, value in facts(r)
        ]
        return [
            *s.part(r.say("data")),
            s.table([], rows, widths=(0.36, 0.64)),
        ]

    def _cards(self) -> list[Any]:
        r, s = self._r, self._style
        made = s.part(r.say("card"))
        for card in r.cards:
            made += card_parts(card.markdown, s)
        return made if r.cards else [*made, s.text(r.say("card_none"), "hint")]

    def _repeat(self) -> list[Any]:
        r, s = self._r, self._style
        around = " &nbsp; ".join(f"{safe(name)} {safe(value)}" for name, value in r.environment)
        return [
            s.whole(
                s.gap(8),
                s.text(r.say("repeat"), "heading"),
                s.text(r.say("repeat_text"), "hint"),
                s.text(safe(r.command), "code"),
                s.text(f"{r.say('environment')}: {around}", "muted"),
                s.text(r.say("private"), "muted"),
            )
        ]


def _verdict(truth: str, answer: str) -> str:
    return f"<font color='{GOOD}'>{truth}</font> → <font color='{BAD}'>{answer}</font>"
