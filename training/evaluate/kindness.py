"""Score the kindness filter: ``training.evaluate kindness --data …``.

Files with the columns ``comments`` and ``hate`` (none, offensive, hate) give recall and false
alarms; ``text reason`` the same for remarks on persons; JSON lists of ``{labels, comment}`` and
reviews (``id document label``) are harmless text: every flag is a false alarm.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from engine.core.errors import InputError
from engine.reports.sets.rows import read_tsv
from engine.text import kindness
from training.writing.comments.data import read_pairs

HARMLESS = ("none", "", "comment", "review")
"""Kinds of text that should pass; the other kinds should not."""


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return what share of each kind of text is flagged, and for which reasons.

    Raises:
        InputError: the data cannot be read or has none of the layouts above.
    """
    rows = [row for path in data for row in read(path)[:limit]]
    if not rows:
        raise InputError("평가할 글이 없어요.", "There is no text to score.")
    kindness.check(["준비"])  # loading is not part of the time a text
    start = time.perf_counter()
    verdicts = kindness.check([text for text, _ in rows])
    seconds = time.perf_counter() - start
    reasons = [verdict.reason for verdict in verdicts]
    return {
        "n": len(rows),
        **_summary(rows, reasons),
        "flagged": _by_kind(rows, reasons),
        "ms_per_text": 1000 * seconds / len(rows),
    }


def read(path: Path) -> list[tuple[str, str]]:
    """Return the (text, kind) rows of a file of any of the layouts.

    Raises:
        InputError: it has none of them.
    """
    if path.suffix == ".json":
        return [(pair.comment, "comment") for pair in read_pairs(path)]
    rows = list(read_tsv(path))
    for text, kind in (("comments", "hate"), ("text", "reason"), ("document", ""), ("text", "")):
        if rows and text in rows[0] and (not kind or kind in rows[0]):
            return [(row[text], row[kind].strip() if kind else "review") for row in rows]
    raise InputError(
        f"열 'comments hate', 'text reason', 'document' 가운데 하나가 필요해요: {path}",
        f"{path} needs the columns 'comments hate', 'text reason' or 'document'.",
    )


def _summary(rows: Sequence[tuple[str, str]], reasons: Sequence[str]) -> dict[str, float]:
    """Return recall over the unkind kinds and false alarms over the harmless ones."""
    unkind = [bool(r) for (_, kind), r in zip(rows, reasons, strict=True) if kind not in HARMLESS]
    harmless = [bool(r) for (_, kind), r in zip(rows, reasons, strict=True) if kind in HARMLESS]
    shares: dict[str, float] = {}
    if unkind:
        shares["recall"] = sum(unkind) / len(unkind)
    if harmless:
        shares["false_alarms"] = sum(harmless) / len(harmless)
    if unkind and any(unkind + harmless):
        shares["precision"] = sum(unkind) / (sum(unkind) + sum(harmless))
    return shares


def _by_kind(
    rows: Sequence[tuple[str, str]], reasons: Sequence[str]
) -> dict[str, dict[str, float | int]]:
    """Return per kind: how many, the share flagged, and how often for each reason."""
    table: dict[str, dict[str, float | int]] = {}
    for kind in dict.fromkeys(kind for _, kind in rows):
        found = Counter(r for (_, k), r in zip(rows, reasons, strict=True) if k == kind)
        total = found.total()
        share = (total - found[""]) / total
        counts = {reason: count for reason, count in sorted(found.items()) if reason}
        table[kind or "harmless"] = {"n": total, "share": share, **counts}
    return table
