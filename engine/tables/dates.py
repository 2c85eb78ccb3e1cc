"""Dates as people and programs write them, and the stretches of time that suit a span."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_FIRST, _LAST = date(1970, 1, 1), date(2100, 12, 31)
"""What lies outside is taken for no date, so that a span stays bounded."""

_ORDERED = re.compile(
    r"(?:(?P<year>\d{4})|['’]?(?P<short>\d{2}))\s*(?P<sign>[-./]|년)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:(?P=sign)|월)\s*(?P<day>\d{1,2}))?(?!\d)"
)
_SOLID = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:\D|\d{4,6}(?!\d)|$)")
_AMERICAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_EXCEL_FIRST, _EXCEL_LAST = 20_000, 73_415
_EXCEL_ZERO = date(1899, 12, 30)
_SECONDS = (10**8, 5 * 10**9)


@lru_cache(maxsize=1 << 16)
def parse(cell: str) -> date | None:
    """Return the day that *cell* names, ``None`` if it names none from 1970 to 2100.

    ISO 8601, 2024.01.05, 24.01.05, 2024/1/5, 2024년 1월 5일, 2024-01 (its first day),
    20240105, 01/31/2024 (month first unless that cannot be), seconds or milliseconds since
    1970 (UTC), and Excel's day numbers. A time after the day is passed over.

    >>> parse("2024년 1월 5일 오후 3시"), parse("45296"), parse("3점")
    (datetime.date(2024, 1, 5), datetime.date(2024, 1, 5), None)
    """
    cell = cell.strip()[:40]
    if not cell or (not cell.isascii() and not re.match(r"['’\d]", cell)):
        return None
    try:
        found = _parsed(cell)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _FIRST <= found <= _LAST else None


def _parsed(cell: str) -> date | None:
    if _NUMBER.fullmatch(cell):
        return _from_number(cell)
    if match := _SOLID.match(cell):
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _AMERICAN.match(cell):
        first, second, year = map(int, match.groups())
        return date(year, second, first) if first > 12 else date(year, first, second)
    if match := _ORDERED.match(cell):
        if match["short"] and not match["day"]:
            return None
        year = int(match["year"] or 2000 + int(match["short"]))
        return date(year, int(match["month"]), int(match["day"] or 1))
    return None


def _from_number(cell: str) -> date | None:
    if len(cell) == 8 and cell.isdigit():
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
    if len(cell) in (12, 14) and cell[:2] in ("19", "20") and cell.isdigit():
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:8]))
    value = float(cell)
    if _EXCEL_FIRST <= value <= _EXCEL_LAST:
        return _EXCEL_ZERO + timedelta(days=int(value))
    for scale in (1, 1000):
        if _SECONDS[0] <= value / scale <= _SECONDS[1]:
            return datetime.fromtimestamp(value / scale, UTC).date()
    return None


_MOST_DAYS = 62
_MOST_WEEKS = 62 * 7
_MOST_MONTHS = 62 * 31


def unit(first: date, last: date) -> str:
    """Return ``"day"``, ``"week"``, ``"month"`` or ``"year"``, so that at most some 62 result."""
    span = (last - first).days + 1
    if span <= _MOST_DAYS:
        return "day"
    if span <= _MOST_WEEKS:
        return "week"
    return "month" if span <= _MOST_MONTHS else "year"


def start(day: date, unit: str) -> date:
    """Return the first day of the stretch that *day* lies in; weeks begin on Monday."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def starts(first: date, last: date, unit: str) -> Iterable[date]:
    """Yield the first days of all stretches from *first* to *last*."""
    day = start(first, unit)
    while day <= last:
        yield day
        longest = {"day": 1, "week": 7, "month": 31, "year": 366}[unit]
        day = start(day + timedelta(days=longest), unit)


def label(day: date, unit: str) -> str:
    """Return how a stretch is shown: 2024, 2024-01 or 2024-01-05."""
    return {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(unit, f"{day:%Y-%m-%d}")
