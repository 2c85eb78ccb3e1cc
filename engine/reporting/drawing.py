"""Figures as SVG whose colours follow the page, or as PNG for paper; one look for all."""

from __future__ import annotations

import html
import io
import re
import threading
from typing import TYPE_CHECKING, Any

from engine import fonts

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
