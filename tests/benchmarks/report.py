"""One row a measurement, and the table that a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        name: what was measured.
        value: the median, in *unit*.
        bare: the median of the bare library doing the same, in *unit*; None without one.
        ratio: value/bare, or bare/value where a larger value is better; None without bare.
        mark: the limit that the project sets itself, as text, for example ``"ratio <= 2"``.
        reached: whether the mark is reached; None without a mark.
        note: how it was measured.
    """

    name: str
    value: float
    unit: str
    bare: float | None = None
    ratio: float | None = None
    mark: str = ""
    reached: bool | None = None
    note: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return plain types for JSON."""
        return asdict(self)


def row(
    name: str,
    value: float,
    unit: str,
    *,
    bare: float | None = None,
    more_is_better: bool = False,
    most: float | None = None,
    least_ratio: float | None = None,
    most_ratio: float | None = None,
    note: str = "",
) -> Row:
    """Return a Row with its ratio and its mark judged.

    Args:
        most: limit of the value itself.
        most_ratio: limit of value/bare.
        least_ratio: lower limit of value/bare, where more is better (speed-up).
    """
    ratio = None if bare is None else value / bare
    mark, reached = "", None
    if most is not None:
        mark, reached = f"<= {most:g} {unit}", value <= most
    elif ratio is not None and most_ratio is not None:
        mark, reached = f"ratio <= {most_ratio:g}", ratio <= most_ratio
    elif ratio is not None and least_ratio is not None:
        mark, reached = f"ratio >= {least_ratio:g}", ratio >= least_ratio
    return Row(name, value, unit, bare, ratio, mark, reached, note)


HEAD = ("measured", "median", "bare", "ratio", "mark", "")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as an aligned table with the notes below it."""
    cells = [HEAD, *(_cells(item) for item in rows)]
    widths = [max(_width(line[i]) for line in cells) for i in range(len(HEAD))]
    padded = [map(_pad, line, widths) for line in (cells[0], ["-" * w for w in widths], *cells[1:])]
    lines = ["  ".join(line).rstrip() for line in padded]
    notes = [f"{item.name}: {item.note}" for item in rows if item.note]
    return "\n".join([*lines, "", *notes] if notes else lines)


def _cells(item: Row) -> tuple[str, ...]:
    bare = "" if item.bare is None else f"{_number(item.bare)} {item.unit}"
    ratio = "" if item.ratio is None else f"{item.ratio:.2f}x"
    verdict = {None: "", True: "ok", False: "MISSED"}[item.reached]
    return item.name, f"{_number(item.value)} {item.unit}", bare, ratio, item.mark, verdict


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
