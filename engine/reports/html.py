"""A report as one HTML file that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

import base64

from engine.core import paths
from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.media import fonts
from engine.reports import figures
from engine.reports import figures as drawing
from engine.reports.report import Report

_ALWAYS = " 0123456789.,%·→…"


def render(report: Report, progress: Progress | None = None) -> bytes:
    """Return the page in UTF-8. All data is escaped; a policy in its head forbids scripts.

    Raises:
        ModelMissingError: the Korean font is missing.
        Cancelled: *progress* was cancelled.
    """
    import jinja2
    from markupsafe import Markup

    progress = progress or Progress()
    drawn = {}
    made = figures.of(report)
    for number, (name, figure) in enumerate(made.items()):
        progress.report(number / (len(made) + 1), Message("그림을 그려요.", "Drawing the figures."))
        drawn[name] = Markup(drawing.svg(figure, name, report.heading(name)))
    progress.report(len(made) / (len(made) + 1))
    folder = paths.resources_dir() / "report"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals["base64"] = lambda data: base64.b64encode(data).decode("ascii")
    names = ("macro_average", "weighted_average")
    values = {
        "r": report,
        "figures": {**dict.fromkeys(("coverage", "stars", "three_way")), **drawn},
        "sentence": sentence(report),
        "averages": list(zip(map(report.say, names), report.scores.averages, strict=True)),
        "pictures": any(mistake.picture for mistake in report.mistakes),
        "facts": facts(report),
        "cards": [Markup(markdown(card.markdown)) for card in report.cards],
        "css": Markup((folder / "page.css").read_text(encoding="utf-8")),
    }
    template = environment.get_template("page.html")
    bare = template.render(**values, regular="", bold="")
    used = "".join(sorted(set(bare) | set(_ALWAYS)))
    cut = [base64.b64encode(fonts.subset(used, bold)).decode("ascii") for bold in (False, True)]
    page = template.render(**values, regular=cut[0], bold=cut[1])
    progress.report(1.0)
    return page.encode("utf-8")


def markdown(text: str) -> str:
    """Return a card as HTML; tags in it are shown as text, and only web links are links."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def sentence(report: Report) -> str:
    """Return the result in one plain sentence."""
    s = report.scores
    return report.say("sentence", n=f"{s.n:,}", right=f"{s.right:,}", ece=f"{s.ece:.1%}")


def facts(report: Report) -> list[tuple[str, str]]:
    """Return what is told about the data, as name and value."""
    data = report.data
    rows = [
        (report.say("files"), ", ".join(data.files)),
        (report.say("scored"), f"{report.scores.n:,}"),
    ]
    if data.limit is not None:
        rows.append((report.say("limit"), f"{data.limit:,}"))
    if data.rated_only:
        rows.append((report.say("rated_only"), f"{data.rated_only:,}"))
    if data.unlabelled:
        rows.append((report.say("unlabelled"), f"{data.unlabelled:,}"))
    if data.unknown:
        total = sum(count for _, count in data.unknown)
        names = ", ".join(f"{label} {count:,}" for label, count in data.unknown)
        rows.append((report.say("unknown"), f"{total:,} ({names})"))
    rows.append((report.say("unanswered"), f"{report.scores.unanswered:,}"))
    rows += [(f"· {name}", reason) for name, reason in data.unanswered]
    return rows
