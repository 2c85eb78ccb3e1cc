"""What a batch amounts to, as pictures: distribution, over time, words, groups."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.core.files import write_whole
from engine.media import fonts
from engine.reviews.batch.result import BatchSummary, Word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POSITIVE, NEUTRAL, NEGATIVE = "#2f7fb8", "#a9b0ba", "#d1495b"
_INK, _LINE = "#2b2f36", "#dfe3e8"
_DPI = 150
_PAD = 0.15
_WORDS, _GROUPS, _TICKS = 15, 20, 12


def write(summary: BatchSummary, folder: Path) -> list[Path]:
    """Write a PNG for everything that *summary* has; return their paths.

    ``distribution.png`` always, ``over_time.png``, ``words.png`` and ``groups.png`` where
    there are dates, words and groups. Safe off the UI thread.

    Raises:
        ModelMissingError: the Korean font is missing.
        StorageError: the folder cannot be written.
    """
    folder = Path(folder)
    drawn: list[tuple[str, Callable[[BatchSummary], Figure]]] = [("distribution", _distribution)]
    drawn += [("over_time", _over_time)] if len(summary.over_time) > 1 else []
    drawn += [("words", _words)] if summary.words_positive or summary.words_negative else []
    drawn += [("groups", _groups)] if summary.groups else []
    written = []
    for name, draw in drawn:
        target = io.BytesIO()
        draw(summary).savefig(target, format="png", dpi=_DPI)
        written.append(folder / f"{name}.png")
        write_whole(written[-1], target.getvalue(), make_folder=True)
    return written


def _figure(width: float, height: float) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=_PAD, h_pad=_PAD)
    figure = Figure(figsize=(width, height), facecolor="white", layout=layout)
    FigureCanvasAgg(figure)
    return figure


def _font(size: float, bold: bool = False) -> Any:
    return fonts.properties(size, bold)


def _title(axes: Any, text: str) -> None:
    axes.set_title(text, fontproperties=_font(13, bold=True), color=_INK, loc="left", pad=12)


def _clear(axes: Any) -> None:
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, colors=_INK)


def _distribution(summary: BatchSummary) -> Figure:
    figure = _figure(11, 4.6)
    left, right = figure.subplots(1, 2, width_ratios=(2, 3))
    counts = (summary.positive, summary.neutral, summary.negative)
    left.bar(range(3), counts, color=(POSITIVE, NEUTRAL, NEGATIVE), width=0.62)
    left.set_xticks(range(3), ("긍정", "중립", "부정"), fontproperties=_font(11))
    left.set_yticks([])
    left.set_ylim(0, max(*counts, 1) * 1.15)
    for place, count in enumerate(counts):
        share = count / max(summary.judged, 1)
        left.text(place, count, f"{count:,}\n{share:.1%}", ha="center", va="bottom",
                  fontproperties=_font(10), color=_INK)  # fmt: skip
    _clear(left)
    _title(left, f"판단 ({summary.judged:,}줄)")
    steps = [step / 2 for step in range(len(summary.stars))]
    right.bar(steps, summary.stars, width=0.4, color="#e2b93b")
    right.set_xticks(range(6), [str(n) for n in range(6)], fontproperties=_font(11))
    right.set_yticks([])
    _clear(right)
    _title(right, f"별점 (평균 {summary.mean_stars or 0:.2f})")
    return figure


def _over_time(summary: BatchSummary) -> Figure:
    figure = _figure(11, 5)
    above, below = figure.subplots(2, 1, height_ratios=(3, 1), sharex=True)
    filled = [(i, p) for i, p in enumerate(summary.over_time) if p.judged]
    places = [i for i, _ in filled]
    for share, colour, name in (
        ([p.positive_share * 100 for _, p in filled], POSITIVE, "긍정"),
        ([p.negative_share * 100 for _, p in filled], NEGATIVE, "부정"),
    ):
        above.plot(places, share, color=colour, linewidth=2, marker="o", markersize=4, label=name)
    above.set_ylim(0, 100)
    above.set_yticks((0, 50, 100), ("0%", "50%", "100%"), fontproperties=_font(10))
    above.grid(axis="y", color=_LINE)
    above.legend(prop=_font(10), frameon=False, ncols=2, loc="lower right",
                 bbox_to_anchor=(1, 1.0))  # fmt: skip
    _clear(above)
    _title(above, f"시간에 따른 긍정·부정 비율 ({_UNITS[summary.time_unit]})")
    counts = [period.judged for period in summary.over_time]
    below.bar(range(len(counts)), counts, color=NEUTRAL, width=0.7)
    below.set_yticks((0, max(counts)), ("0", f"{max(counts):,}"), fontproperties=_font(9))
    every = -(-len(counts) // _TICKS)
    labels = [period.label for period in summary.over_time]
    below.set_xticks(range(0, len(counts), every), labels[::every], fontproperties=_font(9))
    below.set_xlabel("읽은 줄 수", fontproperties=_font(9), color=_INK)
    _clear(below)
    return figure


_UNITS = {"day": "하루씩", "week": "한 주씩", "month": "한 달씩", "year": "한 해씩"}


def _words(summary: BatchSummary) -> Figure:
    sides = (
        (summary.words_positive[:_WORDS], POSITIVE, "긍정을 말하는 낱말"),
        (summary.words_negative[:_WORDS], NEGATIVE, "부정을 말하는 낱말"),
    )
    longest = max(len(words) for words, _, _ in sides)
    figure = _figure(11, 1.2 + 0.34 * longest)
    for axes, (words, colour, title) in zip(figure.subplots(1, 2), sides, strict=True):
        _word_bars(axes, words, colour)
        axes.set_ylim(longest - 0.5, -0.5)
        _title(axes, title)
    return figure


def _word_bars(axes: Any, words: Sequence[Word], colour: str) -> None:
    weights = [abs(word.weight) for word in words]
    axes.barh(range(len(words)), weights, color=colour, height=0.66)
    names = [fonts.printable(word.text) for word in words]
    axes.set_yticks(range(len(words)), names, fontproperties=_font(11), color=_INK)
    axes.set_xticks([])
    axes.set_xlim(0, max(weights, default=1.0) * 1.2)
    for place, word in enumerate(words):
        axes.text(weights[place] * 1.02, place, f"{word.count:,}줄", va="center",
                  fontproperties=_font(9), color=_INK)  # fmt: skip
    _clear(axes)


def _groups(summary: BatchSummary) -> Figure:
    shown = summary.groups[:_GROUPS]
    figure = _figure(11, 1.4 + 0.36 * len(shown))
    axes = figure.subplots()
    places = range(len(shown))
    left = [0.0] * len(shown)
    for shares, colour, name in (
        ([group.positive_share for group in shown], POSITIVE, "긍정"),
        ([1 - group.positive_share - group.negative_share for group in shown], NEUTRAL, "중립"),
        ([group.negative_share for group in shown], NEGATIVE, "부정"),
    ):
        axes.barh(places, shares, left=left, color=colour, height=0.66, label=name)
        left = [start + share for start, share in zip(left, shares, strict=True)]
    names = [f"{fonts.printable(group.name[:24])}  ({group.judged:,})" for group in shown]
    axes.set_yticks(places, names, fontproperties=_font(10), color=_INK)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(0, 1.12)
    axes.set_xticks([])
    for place, group in enumerate(shown):
        axes.text(1.01, place, f"{group.positive_share:.0%}  ★{group.mean_stars:.1f}",
                  va="center", fontproperties=_font(10), color=_INK)  # fmt: skip
    axes.legend(prop=_font(10), frameon=False, ncols=3, loc="lower right",
                bbox_to_anchor=(1, 1.0))  # fmt: skip
    _clear(axes)
    _title(axes, "그룹별 비율")
    return figure
