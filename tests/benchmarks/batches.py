"""A batch of a synthetic file: rows a second, and memory that does not grow with the rows."""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import psutil

from tests.benchmarks import fresh
from tests.benchmarks.report import Row, row
from tests.benchmarks.texts import reviews as sentences

ROWS = 200_000
_PORTION = 10_000


def batch(rounds: int, data: Path | None, rows: int = ROWS) -> list[Row]:
    """Return the rows of one batch in instant mode, from the file to its table."""
    found = fresh.run("batch", str(rows))
    made = f"{rows:,} synthetic rows with date, group and label, instant mode, one process"
    return [
        row("batch, rows a second", found["per_second"], "/s", note=f"{made}; reading to store"),
        row("batch, words and summary", found["words_s"], "s", note="after the last row, with Okt"),
        row("batch, export to CSV", found["csv_s"], "s"),
        row("batch, export to Parquet", found["parquet_s"], "s"),
        row(
            "batch, peak memory",
            found["all_mb"],
            "MB",
            bare=found["quarter_mb"],
            most_ratio=1.15,
            note="resident while rows are judged; bare: the peak after a quarter of the rows",
        ),
        row("batch, peak memory at the end", found["end_mb"], "MB",
            note="with Okt's virtual machine and both exports"),
    ]  # fmt: skip


def probe(rows: str) -> dict[str, float]:
    """Run the batch in this process."""
    from engine.reviews import batch as engine

    count = int(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        _write(path, count)
        seen: list[tuple[float, int, float]] = []

        def note(summary: engine.BatchSummary) -> None:
            seen.append((time.perf_counter(), summary.rows, _peak()))

        plan = engine.Plan(path, "리뷰", "날짜", "지점", "instant", label_column="라벨")
        begun = time.perf_counter()
        outcome = engine.run(plan, Path(folder) / "store", on_summary=note)
        ended = time.perf_counter()
        export = partial(_timed_export, outcome, Path(folder))
        judged = seen[-2]  # the last one comes with the words
        quarter = next(peak for _, done, peak in seen if done * 4 >= count)
        if len(outcome) != count or outcome.summary.judged != count:
            raise SystemExit(f"{len(outcome)} rows of {count} were judged")
        return {
            "per_second": count / (judged[0] - begun),
            "words_s": ended - judged[0],
            "csv_s": export(".csv"),
            "parquet_s": export(".parquet"),
            "quarter_mb": quarter,
            "all_mb": judged[2],
            "end_mb": _peak(),
        }


def _timed_export(outcome: object, folder: Path, suffix: str) -> float:
    target = folder / f"out{suffix}"
    return fresh.timed(lambda: outcome.export(target))  # type: ignore[attr-defined]


def _peak() -> float:
    """Return this process's peak resident memory in MB."""
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["번호", "리뷰", "날짜", "지점", "라벨"])
        for first in range(0, count, _PORTION):
            texts, sides = sentences(min(_PORTION, count - first), seed=first)
            for i, (text, side) in enumerate(zip(texts, sides, strict=True), start=first):
                day = f"{2020 + i % 5}.{1 + i % 12:02}.{1 + i % 28:02}"
                writer.writerow([i, text, day, f"{i % 37}호점", side])
