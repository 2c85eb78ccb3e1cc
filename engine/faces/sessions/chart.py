"""The timeline of a session as a picture: expressions, blinks, attention, marks."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.core.errors import InputError
from engine.core.files import write_whole
from engine.faces.result import LABELS
from engine.faces.sessions.session import Session, Track
from engine.media import fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
"""Seconds between two ticks."""


def ticks(start: float, end: float, most: int) -> list[float]:
    """Return about *most* round times, or fewer, from *start* to *end* in seconds.

    >>> ticks(0, 20, 5)
    [0, 5, 10, 15, 20]
    """
    span, days = end - start, STEPS[-1]
    step: float = next((s for s in STEPS if span / s < most), days * math.ceil(span / days / most))
    first, last = math.ceil(start / step - 1e-9), math.floor(end / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def clock(seconds: float, *, tenths: bool = False) -> str:
    """Return a time in hours, minutes and seconds.

    >>> clock(75.25), clock(3725), clock(75.25, tenths=True)
    ('1:15', '1:02:05', '1:15.2')
    """
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    end = f"{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
    end += f".{int(seconds * 10) % 10}" if tenths else ""
    return f"{hours}:{end}" if hours else end


# ----------------------------------------------------------------------------------------
# Colours of sessions: seven expressions, and marks, that colour-blind people tell apart.

LIGHT: dict[str, str] = {
    "행복": "#C77A00",
    "슬픔": "#0060A8",
    "분노": "#A82C00",
    "공포": "#8E2F6E",
    "놀람": "#2E9BD6",
    "혐오": "#007A5A",
    "중립": "#8A8F99",
}
"""By expression, on light grounds: the hues of Okabe and Ito (2008), darker."""

DARK: dict[str, str] = {
    "행복": "#F0B23A",
    "슬픔": "#3F7FD8",
    "분노": "#E8622A",
    "공포": "#F6B6DC",
    "놀람": "#5FBCEF",
    "혐오": "#2FB58A",
    "중립": "#7F8796",
}
"""The same on dark grounds."""

MARKS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Colours that marks are given in turn (Okabe and Ito 2008)."""


def bgr(colour: str) -> tuple[int, int, int]:
    """Return ``#RRGGBB`` as the picture's colours.

    >>> bgr("#0072B2")
    (178, 114, 0)
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return blue, green, red


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
