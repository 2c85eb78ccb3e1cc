"""Names that a batch is shown with, in the window's language; the engine's are Korean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

VERDICT_FILL = {"긍정": "positive", "중립": "border_strong", "부정": "negative"}
"""Colour role of a verdict's part of a chart."""


def group_name(name: str) -> str:
    """Return the shown name of a group: its own, but that of the gathered rest, and of none."""
    from engine.batch.results import OTHERS

    if name == OTHERS:
        return QCoreApplication.translate("reviews", "그 밖")
    return name.strip() or QCoreApplication.translate("reviews", "(빈칸)")


def duration(seconds: float) -> str:
    """Return a stretch of time as a person says it, roughly."""
    if seconds < 50:
        text = QCoreApplication.translate("reviews", "{n}초")
        return text.format(n=max(5, 5 * round(seconds / 5)))
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return QCoreApplication.translate("reviews", "{n}분").format(n=minutes)
    if minutes >= 48 * 60:
        return QCoreApplication.translate("reviews", "{n}일").format(n=round(minutes / 1440))
    text = QCoreApplication.translate("reviews", "{hours}시간 {minutes}분")
    return text.format(hours=minutes // 60, minutes=minutes % 60)


def percent(part: float, whole: float) -> str:
    """Return a share for a person: whole percents, finer where that would hide it.

    >>> percent(1, 2), percent(1, 300), percent(9_999, 10_000), percent(0, 5), percent(1, 0)
    ('50%', '0.3%', '99.9%', '0%', '–')
    """
    if not whole:
        return "–"
    share = part / whole
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{min(max(share, 0.001), 0.999):.1%}"
    return f"{share:.0%}"
