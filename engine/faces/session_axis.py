"""Times as they are written along a timeline."""

from __future__ import annotations

import math

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
