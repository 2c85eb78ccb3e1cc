"""A file of any length: streamed through the model into a store, in bounded memory.

A batch can be held, cancelled, killed and resumed; no row is lost and none is there twice.

    plan = Plan(Path("reviews.csv"), date_column="날짜")
    outcome = run(plan, store_for(plan), progress, pause, on_summary=print)
    outcome.export(Path("reviews-read.parquet"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.reviews.batch.plan import BACKENDS, Column, Columns, Pause, Plan
from engine.reviews.batch.result import (
    OTHERS,
    BatchSummary,
    Group,
    Period,
    Problem,
    ScoredRow,
    Scores,
    Word,
)

if TYPE_CHECKING:
    from engine.reviews.batch.columns import Preview, preview
    from engine.reviews.batch.repository import Unfinished, forget, store_for, unfinished
    from engine.reviews.batch.result_store import Outcome
    from engine.reviews.batch.runner import run

__all__ = [
    "BACKENDS", "OTHERS", "BatchSummary", "Column", "Columns", "Group", "Outcome", "Pause",
    "Period", "Plan", "Preview", "Problem", "ScoredRow", "Scores", "Unfinished", "Word",
    "forget", "preview", "run", "store_for", "unfinished",
]  # fmt: skip

_LAZY = {
    "Outcome": "result_store",
    "run": "runner",
    "Preview": "columns",
    "preview": "columns",
    "Unfinished": "repository",
    "forget": "repository",
    "store_for": "repository",
    "unfinished": "repository",
}


def __getattr__(name: str) -> Any:
    """Import what needs more than the standard library only when it is used."""
    if name in _LAZY:
        import importlib

        found = getattr(importlib.import_module(f"engine.reviews.batch.{_LAZY[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
