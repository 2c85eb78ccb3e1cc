"""``python dev.py bench``: every measurement, one table."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import psutil

from tests.benchmarks import batches, engines, live, sessions, window
from tests.benchmarks.report import Row, table

Measure = Callable[[int, Path | None], list[Row]]

MEASURES: dict[str, Measure] = {
    "window": window.start,
    "memory": window.used,
    "reviews": engines.reviews,
    "faces": engines.faces,
    "session": sessions.sessions,
    "digits": engines.digits,
    "comments": engines.comments,
    "batch": batches.batch,
    "live-long": live.live,
}

LONG = ("live-long",)
"""Measured only when asked for."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what was asked for; returns 0, or 1 when a measurement failed."""
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Speed and memory, as medians; ratios within one run."
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=list(MEASURES),
        metavar="NAME",
        default=[name for name in MEASURES if name not in LONG],
        help=f"of: {', '.join(MEASURES)} (all but {', '.join(LONG)})",
    )
    parser.add_argument("--rounds", type=int, default=5, help="window starts a side (default 5)")
    parser.add_argument("--data", type=Path, help="reviews: a text file, one a line, not synthetic")
    parser.add_argument(
        "--rows", type=int, default=batches.ROWS, help=f"batch: rows of the file ({batches.ROWS:,})"
    )
    parser.add_argument(
        "--minutes", type=float, default=live.MINUTES, help="live-long: how long (default 30)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows here")
    options = parser.parse_args(argv)
    sized: dict[str, Measure] = {
        "batch": partial(batches.batch, rows=options.rows),
        "live-long": partial(live.live, minutes=options.minutes),
    }
    rows: list[Row] = []
    failed = False
    for name in options.only:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            rows += {**MEASURES, **sized}[name](options.rounds, options.data)
        except RuntimeError as error:
            failed = True
            print(f"{name} failed: {error}", file=sys.stderr, flush=True)
    print(f"\n{_machine()}\n\n{table(rows)}")
    if options.json:
        content = {"machine": _machine(), "rows": [item.to_dict() for item in rows]}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return int(failed)


def _machine() -> str:
    busy = psutil.cpu_percent(interval=0.5)
    cores = psutil.cpu_count() or 1
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores ({busy:.0f} % busy), "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main())
