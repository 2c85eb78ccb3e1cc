"""The timeline of a session as a picture: expressions, blinks, attention, marks."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine import fonts
from engine.errors import InputError
from engine.faces.result import LABELS
from engine.faces.session import Session
from engine.faces.session_axis import clock, ticks
from engine.faces.session_colours import LIGHT
from engine.faces.session_track import Track
from engine.saving import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PERSONS = 8
"""So many of those who were longest in the picture are drawn."""

_POINTS, _DPI = 1200, 160
_INK, _MUTED, _LINE, _CALM = "#1b2130", "#566074", "#dde1ea", "#5156c8"
_drawing = threading.Lock()
"""matplotlib's settings are the process's, not a thread's."""


def write_png(session: Session, path: Path, persons: Sequence[int] | None = None) -> int:
    """Write the timeline of *persons* (all); return how many persons are on it.

    Raises:
        InputError: nobody is in the session, or the suffix is not ``.png``.
        StorageError: the file cannot be written.
        ModelMissingError: the Korean font is missing.
    """
    if path.suffix.lower() != ".png":
        raise InputError(f"PNG로만 저장할 수 있어요: {path.name}", f"Only .png: {path.name}")
    chosen = tuple(session.persons if persons is None else persons)
    if not chosen or not len(session.rows):
        raise InputError(
            "그릴 사람이 없어요. 이 세션에는 얼굴이 나오지 않아요.",
            "There is nobody to draw: the session shows no face.",
        )
    counts = {person: len(session.of(person)) for person in chosen}
    longest = sorted(chosen, key=lambda person: -counts[person])[:MOST_PERSONS]
    write_whole(path, _png(_figure(session, sorted(longest))))
    return len(longest)


def _figure(session: Session, persons: Sequence[int]) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 1.1 + 2.1 * len(persons)), layout="constrained")
    rows = figure.subplots(len(persons), 1, sharex=True, squeeze=False)[:, 0]
    for axes, person in zip(rows, persons, strict=True):
        _draw(axes, Track(session, person), session)
    for axes in rows[:-1]:
        axes.tick_params(labelbottom=False)
    places = ticks(0.0, session.duration, 12)
    rows[-1].set_xticks(places, [clock(place) for place in places],
                        fontproperties=fonts.properties(9))  # fmt: skip
    rows[0].set_title(session.about.name, loc="left", color=_INK,
                      fontproperties=fonts.properties(13, bold=True), pad=22)  # fmt: skip
    names = rows[0].legend(
        *rows[0].get_legend_handles_labels(), loc="lower right", bbox_to_anchor=(1.0, 1.04),
        ncols=len(LABELS), frameon=False, prop=fonts.properties(9), handlelength=1.0,
        columnspacing=1.0, borderaxespad=0,
    )  # fmt: skip
    for text in names.get_texts():
        text.set_color(_MUTED)
    return figure


def _draw(axes: Any, track: Track, session: Session) -> None:
    end = max(session.duration, 1e-3)
    curve = track.curve(0.0, end, _POINTS)
    for number, piece in enumerate(curve.pieces()):
        shares = curve.mean[piece].T
        labels = LABELS if number == 0 else ()
        axes.stackplot(curve.times[piece], shares, labels=labels, linewidth=0,
                       colors=[LIGHT[label] for label in LABELS])  # fmt: skip
        known = np.nan_to_num(curve.attention[piece], nan=0.0)
        axes.fill_between(curve.times[piece], -0.10, -0.10 + 0.08 * known, color=_CALM, lw=0)
    blinks = track.marks(track.blinks, 0.0, end, _POINTS)
    axes.vlines(blinks, -0.22, -0.14, color=_INK, linewidth=0.8)
    for event in session.events:
        axes.axvline(event.time, color=event.colour, linewidth=1.4)
        axes.annotate(
            fonts.printable(event.label), (event.time, 1.0), (3, -3), va="top",
            xycoords=("data", "axes fraction"), textcoords="offset points", color=_INK,
            fontproperties=fonts.properties(8, bold=True),
            bbox={"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 1.5},
        )  # fmt: skip
    axes.set_xlim(0, end)
    axes.set_ylim(-0.26, 1.0)
    axes.set_yticks(
        [-0.18, -0.06, 0, 0.5, 1], ["깜빡임", "주의", "", "50%", "100%"],
        fontproperties=fonts.properties(8), color=_MUTED,
    )  # fmt: skip
    axes.set_ylabel(f"사람 {track.person}", fontproperties=fonts.properties(10), color=_INK)
    axes.tick_params(colors=_MUTED, length=0)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(_LINE)


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    target = io.BytesIO()
    with _drawing:
        FigureCanvasAgg(figure)
        figure.savefig(target, format="png", dpi=_DPI, facecolor="white")
    return target.getvalue()
