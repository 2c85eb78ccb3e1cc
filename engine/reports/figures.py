"""The figures of a report, drawn from its values."""

from __future__ import annotations

import html
import io
import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.media import fonts
from engine.reports.report import Report
from engine.reviews.result import THREE_WAY

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, MUTED, LINE = "#1b2130", "#566074", "#dde1ea"
ACCENT, SECOND, ON_ACCENT = "#5156c8", "#c2571a", "#fffffe"
_DPI = 200
_VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    LINE: "var(--line)",
    ACCENT: "var(--accent)",
    SECOND: "var(--second)",
    ON_ACCENT: "var(--on-accent)",
}
_settings = threading.Lock()
"""matplotlib's settings are the process's, not a thread's."""


def new(width: float, height: float) -> Figure:
    """Return an empty figure of this size in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def svg(figure: Figure, name: str, description: str) -> str:
    """Return the figure as an ``<svg>`` element with real text and the page's colours.

    Args:
        name: unique on the page, so that no two figures share an id.
        description: for who cannot see it.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    target = io.StringIO()
    with _settings, matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        FigureCanvasSVG(figure)
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None})
    text = target.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", text, flags=re.DOTALL)
    used = set(re.findall(r'#(\w+)[")]', text))
    text = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", text)
    text = re.sub(r"font-family: [^;\"]*; ?", "", text)  # the page has the font
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, variable)
    label = html.escape(description, quote=True)
    return re.sub(
        r'<svg [^>]*?viewBox="([^"]+)"[^>]*>',
        rf'<svg viewBox="\1" role="img" aria-label="{label}" class="figure {name}" '
        r'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">',
        text,
        count=1,
    )


def png(figure: Figure) -> bytes:
    """Return the figure as the bytes of a PNG on white, for paper."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    target = io.BytesIO()
    with _settings:
        FigureCanvasAgg(figure)
        figure.savefig(target, format="png", dpi=_DPI, facecolor="white")
    return target.getvalue()


def words(axes: Any, x: str = "", y: str = "") -> None:
    """Name the axes, and give every tick the font and colour of the look."""
    if x:
        axes.set_xlabel(x, fontproperties=fonts.properties(10), color=MUTED, labelpad=6)
    if y:
        axes.set_ylabel(y, fontproperties=fonts.properties(10), color=MUTED, labelpad=6)
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontproperties(fonts.properties(9.5))
        tick.set_color(INK)


def bare(axes: Any, grid: str = "") -> None:
    """Take frame and tick marks away; *grid*: ``"x"``, ``"y"`` or ``"both"`` for thin lines."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)
    if grid:
        axes.grid(axis=grid, color=LINE, linewidth=0.8)


def percents(axis: Any) -> None:
    """Write an axis of 0..1 in per cent."""
    from matplotlib.ticker import PercentFormatter

    axis.set_major_formatter(PercentFormatter(1.0))


_DARK_CELL = 0.66
"""From this share of a row on a cell is dark enough for light writing."""


def confusion(report: Report) -> Figure:
    """Draw the confusion matrix as a heat map: counts, and the share of each row."""
    return _heat(report, report.matrix, report.labels)


def three_way(report: Report) -> Figure:
    """Draw the confusion matrix of the verdicts 부정, 중립, 긍정."""
    return _heat(report, report.verdicts, THREE_WAY)


def _heat(report: Report, counts: Sequence[Sequence[int]], labels: Sequence[str]) -> Figure:
    from matplotlib.patches import Rectangle

    matrix = np.array(counts)
    columns = [*labels, report.say("no_answer")]
    if not matrix[:, -1].any():
        matrix, columns = matrix[:, :-1], columns[:-1]
    rows, width = matrix.shape
    cell = 0.62 if rows > 3 else 1.15
    figure = new(1.5 + cell * width, 1.1 + cell * rows)
    axes = figure.subplots()
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    for row in range(rows):
        for column in range(width):
            share = float(shares[row, column])
            place = (column - 0.5 + 0.02, row - 0.5 + 0.02)
            tint = (ACCENT, max(share**0.8, 0.05))
            axes.add_patch(Rectangle(place, 0.96, 0.96, facecolor=tint, linewidth=0))
            _cell(axes, column, row, int(matrix[row, column]), share, cell)
    axes.set_xlim(-0.5, width - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_aspect("equal")
    axes.set_xticks(range(width), columns)
    axes.set_yticks(range(rows), labels)
    bare(axes)
    words(axes, report.say("answer"), report.say("truth"))
    return figure


def _cell(axes: Any, x: int, y: int, count: int, share: float, size: float) -> None:
    ink = ON_ACCENT if share > _DARK_CELL else INK
    large = 11.5 if size > 1 else 8.8
    middle = {"ha": "center", "va": "center", "color": ink}
    if not count:
        axes.text(x, y, "·", fontproperties=fonts.properties(large), **middle | {"color": MUTED})
        return
    bold, small = fonts.properties(large, bold=True), fonts.properties(large - 2.2)
    axes.text(x, y - 0.12, f"{count:,}", fontproperties=bold, **middle)
    axes.text(x, y + 0.2, f"{share:.0%}", fontproperties=small, **middle)


def reliability(report: Report) -> Figure:
    """Draw accuracy over confidence in bins, and how many answers each bin has."""
    figure = new(5.4, 4.7)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3.2, 1))
    met = [b for b in report.bins if b.count]
    low = min((b.low for b in met), default=0.0)
    width = report.bins[0].high - report.bins[0].low
    middles = [(b.low + b.high) / 2 for b in met]
    upper.bar(middles, [b.accuracy or 0 for b in met], width * 0.9, color=(ACCENT, 0.85))
    upper.plot([low, 1], [low, 1], linestyle=(0, (4, 3)), color=SECOND, linewidth=1.4)
    upper.plot(
        [b.confidence for b in met], [b.accuracy for b in met], "o",
        markersize=5, markerfacecolor=ON_ACCENT, markeredgecolor=INK, markeredgewidth=1,
    )  # fmt: skip
    upper.set_ylim(0, 1.02)
    upper.set_xlim(low - 0.02, 1.02)
    percents(upper.yaxis)
    percents(upper.xaxis)
    upper.text(
        0.03, 0.95, f"ECE {report.scores.ece:.4f}", transform=upper.transAxes, va="top",
        fontproperties=fonts.properties(11, bold=True), color=INK,
    )  # fmt: skip
    upper.text(
        0.03, 0.86, f"- -  {report.say('perfect')}", transform=upper.transAxes, va="top",
        fontproperties=fonts.properties(9), color=SECOND,
    )  # fmt: skip
    counts = [b.count for b in met]
    lower.bar(middles, counts, width * 0.9, color=(MUTED, 0.55))
    lower.set_ylim(0, max(counts, default=1) * 1.35)
    for middle, count in zip(middles, counts, strict=True):
        lower.text(middle, count, _brief(count), ha="center", va="bottom", color=MUTED,
                   fontproperties=fonts.properties(7.5))  # fmt: skip
    lower.set_yticks([])
    for axes, grid in ((upper, "y"), (lower, "")):
        bare(axes, grid)
    words(upper, y=report.say("accuracy"))
    words(lower, report.say("confidence"), report.say("count"))
    figure.align_ylabels()
    return figure


def _brief(count: int) -> str:
    """Return a count in few letters: 940, 3.1k."""
    return f"{count}" if count < 1000 else f"{count / 1000:.3g}k"


def per_class(report: Report) -> Figure:
    """Draw precision, recall and F1 of every label that occurs."""
    rows = report.scores.classes
    figure = new(5.4, 0.9 + max(2.4, 0.62 * len(rows)))
    axes = figure.subplots()
    kinds = (
        ("precision", 1, (ACCENT, 1.0)),
        ("recall", 2, (ACCENT, 0.5)),
        ("f1", 3, (SECOND, 0.9)),
    )
    for shift, (_, column, colour) in zip((-0.27, 0.0, 0.27), kinds, strict=True):
        places = [i + shift for i in range(len(rows))]
        values = [row[column] for row in rows]
        axes.barh(places, values, height=0.23, color=colour)
        for place, value in zip(places, values, strict=True):
            axes.text(float(value) + 0.012, place, f"{value:.2f}", va="center", color=MUTED,
                      fontproperties=fonts.properties(7.5))  # fmt: skip
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(len(rows) - 0.45, -0.55)
    axes.set_xlim(0, 1.09)
    axes.set_xticks(np.linspace(0, 1, 6))
    bare(axes, "x")
    words(axes)
    handles = [axes.barh([0], [0], color=colour) for _, _, colour in kinds]
    axes.legend(
        handles, [report.say(name) for name, _, _ in kinds], ncols=3, frameon=False,
        loc="lower left", bbox_to_anchor=(0, 1.0), borderpad=0, handlelength=1.1,
        prop=fonts.properties(9.5), labelcolor=INK,
    )  # fmt: skip
    return figure


def coverage(report: Report) -> Figure:
    """Draw the accuracy of the surest answers over the share of items that they are."""
    figure = new(5.4, 3.6)
    axes = figure.subplots()
    x, y = [p.coverage for p in report.coverage], [p.accuracy for p in report.coverage]
    axes.plot(x, y, color=ACCENT, linewidth=2.2, marker="o" if len(x) < 12 else "", markersize=4)
    low = max(0.0, min(y, default=0.0) - 0.05)
    axes.fill_between(x, low, y, color=(ACCENT, 0.12), linewidth=0)
    axes.set_xlim(0, 1.01)
    axes.set_ylim(low, 1.005 + (1 - low) * 0.02)
    percents(axes.xaxis)
    percents(axes.yaxis)
    bare(axes, "both")
    words(axes, report.say("coverage_axis"), report.say("coverage_accuracy"))
    return figure


def stars(report: Report) -> Figure:
    """Draw people's ratings against the model's stars: circles by number, and the mean."""
    figure = new(5.4, 3.9)
    axes = figure.subplots()
    rated = np.array(report.rated, dtype=np.float64)
    rating, half, count = rated.T
    axes.plot([1, 10], [0.5, 5], linestyle=(0, (4, 3)), color=SECOND, linewidth=1.2)
    axes.scatter(rating, half / 2, s=12 + 520 * count / count.max(), color=(ACCENT, 0.45),
                 linewidths=0)  # fmt: skip
    steps = np.unique(rating)
    means = [np.average(half[rating == r] / 2, weights=count[rating == r]) for r in steps]
    axes.plot(steps, means, color=INK, linewidth=1.6, marker="o", markersize=3.5)
    axes.set_xlim(0.4, 10.6)
    axes.set_ylim(-0.3, 5.3)
    axes.set_xticks(range(1, 11))
    axes.set_yticks(range(6))
    bare(axes, "both")
    words(axes, report.say("rating"), report.say("stars_axis"))
    return figure


def balance(report: Report) -> Figure:
    """Draw how many items each label has."""
    counts = report.data.counts
    total = sum(count for _, count in counts)
    figure = new(5.4, 0.5 + 0.36 * len(counts))
    axes = figure.subplots()
    values = [count for _, count in counts]
    axes.barh(range(len(counts)), values, color=(ACCENT, 0.8), height=0.66)
    axes.set_yticks(range(len(counts)), [label for label, _ in counts])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, max(values) * 1.3)
    for place, count in enumerate(values):
        axes.text(count + max(values) * 0.015, place, f"{count:,} ({count / total:.1%})",
                  va="center", color=MUTED, fontproperties=fonts.properties(9))  # fmt: skip
    bare(axes)
    words(axes)
    axes.axvline(0, color=LINE, linewidth=1)
    return figure


FIGURES: dict[str, Callable[[Report], Figure]] = {
    "confusion": confusion,
    "reliability": reliability,
    "per_class": per_class,
    "coverage": coverage,
    "balance": balance,
}
"""Those that every report has; ``stars`` and ``three_way`` are for ratings."""


def of(report: Report) -> dict[str, Figure]:
    """Return the figures of *report* by name.

    Raises:
        ModelMissingError: the Korean font is missing.
    """
    made = {name: draw(report) for name, draw in FIGURES.items() if name != "coverage"}
    if report.coverage:
        made["coverage"] = coverage(report)
    if report.rated:
        made["stars"] = stars(report)
    if report.verdicts:
        made["three_way"] = three_way(report)
    return made
