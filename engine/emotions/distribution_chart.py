"""The emotion distribution as a picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import fonts
from engine.emotions.codes import GROUPS
from engine.emotions.distribution import Distribution
from engine.errors import InputError
from engine.saving import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = dict(
    zip(GROUPS, ("#d1495b", "#3d6fb6", "#7b5ea7", "#5b8c85", "#e08e45", "#e2b93b"), strict=True)
)
_INK = "#2b2f36"
_DPI = 150


def write(distribution: Distribution, path: Path, top: int = 10) -> None:
    """Write the commonest emotions and the groups as a PNG.

    Raises:
        InputError: the suffix is not .png.
        ModelMissingError: the Korean font is missing.
        StorageError: the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".png":
        raise InputError(f"그림은 PNG로만 저장할 수 있어요: {path.name}", f"Only .png: {path.name}")
    write_whole(path, png(distribution, top))


def png(distribution: Distribution, top: int = 10) -> bytes:
    """Return the picture as the bytes of a PNG; safe off the UI thread.

    Raises:
        ModelMissingError: the Korean font is missing.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = distribution.top(top)
    figure = Figure(figsize=(11, max(4.5, 1.8 + 0.36 * len(shown))), facecolor="white")
    FigureCanvasAgg(figure)
    _draw(figure, distribution, top)
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=_DPI)
    return target.getvalue()


def _draw(figure: Figure, distribution: Distribution, top: int) -> None:
    shown = distribution.top(top)
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    _bars(
        left,
        f"가장 많은 감정 {len(shown)}가지",
        [f"{label.name}  {label.code}" for label in shown],
        [label.count for label in shown],
        [COLOURS[label.group] for label in shown],
        distribution.total,
    )
    groups = distribution.groups
    _bars(right, "대분류", list(groups), list(groups.values()), list(COLOURS.values()),
          distribution.total)  # fmt: skip
    figure.suptitle(
        f"감정 분포 (대화 {distribution.total:,}개)",
        fontproperties=fonts.properties(16, bold=True), color=_INK, x=0.02, ha="left",
    )  # fmt: skip
    figure.tight_layout(rect=(0, 0, 1, 0.97), w_pad=2)


def _bars(
    axes: Any, title: str, names: list[str], counts: list[int], colours: list[str], total: int
) -> None:
    """Draw one bar a name, the first at the top, each with its count and share."""
    places = range(len(names))
    axes.barh(places, counts, color=colours, height=0.68)
    axes.set_yticks(places, names, fontproperties=fonts.properties(11), color=_INK)
    axes.invert_yaxis()
    axes.set_xlim(0, max(counts) * 1.4)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(title, fontproperties=fonts.properties(12, bold=True), color=_INK, loc="left")
    for place, count in zip(places, counts, strict=True):
        axes.text(
            count + max(counts) * 0.015, place, f"{count:,} ({count / total:.1%})",
            va="center", fontproperties=fonts.properties(10), color=_INK,
        )  # fmt: skip
