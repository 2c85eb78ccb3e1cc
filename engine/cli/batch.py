"""``maumgyeol predict reviews FILE --out RESULT``: a file of any length, without a window."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.cli import console
from engine.cli.console import stopping
from engine.core.errors import MaumgyeolError, Message
from engine.core.jobs import Cancelled, Progress
from engine.reviews import batch
from engine.reviews.batch import result_store

_ASKED_BY = ("--out", "--backend", "--resume", "--charts")
_MOST_PROBLEMS = 20
"""Lines of rows that were not read as they stand; --json has a hundred."""

_EVERY_SECONDS = 0.2
_EVERY_SECONDS_PLAIN = 10.0


def is_asked(argv: Sequence[str]) -> bool:
    """Whether the arguments of ``predict`` ask for a batch.

    >>> is_asked(["reviews", "a.csv", "--out=b.csv"]), is_asked(["reviews", "a.csv"])
    (True, False)
    """
    return argv[:1] == ["reviews"] and any(arg.split("=")[0] in _ASKED_BY for arg in argv)


def main(argv: Sequence[str]) -> int:
    """Run a batch; returns 0, 1 if it failed, 2 for bad options, 130 after Ctrl-C."""
    options = _parser().parse_args(argv)
    line = _ProgressLine(sys.stderr)
    progress = Progress(line.report)
    judged = False
    try:
        result_store.check(options.out)
        with stopping(progress):
            plan = _plan(options)
            store = options.store or batch.store_for(plan)
            if not options.resume:
                batch.forget(store)
            outcome = batch.run(plan, store, progress)
            judged = True
            with contextlib.closing(outcome):
                shortened = outcome.export(options.out, progress)
                summary = outcome.summary
            if options.charts:
                from engine.reviews.batch import charts

                charts.write(summary, options.charts)
    except MaumgyeolError as error:
        line.end()
        print(f"maumgyeol: {error}", file=sys.stderr)
        if judged:
            print("What was judged is kept; --resume only writes it.", file=sys.stderr)
        return 1
    except Cancelled:
        line.end()
        print(
            "Stopped; what was read is kept. The same command with --resume goes on.",
            file=sys.stderr,
        )
        return console.STOPPED
    batch.forget(store)
    line.end()
    if shortened:
        print(f"{shortened} long cells were shortened for Excel", file=sys.stderr)
    if options.json:
        console.print_json(summary.to_dict())
    else:
        print(text(summary))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol predict reviews",
        description="Judge every row of a file of any length, in bounded memory.",
        epilog="Ctrl-C (or a crash) keeps what was read; --resume goes on from there. A column "
        "is a name or a number from 1. dask: pip install \"dask[distributed]\"; ray: pip "
        "install ray (joblib's own backend for it; not among the project's tests).",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE", help=".csv .tsv .txt .xlsx .parquet")
    parser.add_argument("--out", type=Path, required=True, metavar="RESULT",
                        help=".csv, .xlsx or .parquet")  # fmt: skip
    parser.add_argument("--column", metavar="COL", help="the texts (found out)")
    parser.add_argument("--date", metavar="COL", help="dates, for the share over time")
    parser.add_argument("--group", metavar="COL", help="groups to compare")
    parser.add_argument("--label", metavar="COL", help="known labels or ratings to compare with")
    parser.add_argument("--mode", choices=("instant", "precise"), default="precise",
                        help="n-grams alone, or joined with the encoder (default)")  # fmt: skip
    parser.add_argument("--backend", choices=batch.BACKENDS, default="threads",
                        help="where to judge (default: this process)")  # fmt: skip
    parser.add_argument("--scheduler", metavar="ADDRESS",
                        help="dask: tcp://host:8786; without it a local cluster")  # fmt: skip
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="workers (default: one a core)")
    parser.add_argument("--charts", type=Path, metavar="FOLDER", help="write charts as PNG there")
    parser.add_argument("--store", type=Path, metavar="FOLDER",
                        help="keep unfinished work there, not in the user's data")  # fmt: skip
    parser.add_argument("--resume", action="store_true", help="go on where it stopped")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    return parser


def _jobs(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 1024:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 1 to 1024")
    return int(given)


def _plan(options: argparse.Namespace) -> batch.Plan:
    return batch.Plan(
        source=options.file,
        text_column=options.column,
        date_column=options.date,
        group_column=options.group,
        label_column=options.label,
        mode=options.mode,
        backend=options.backend,
        jobs=options.jobs,
        scheduler=options.scheduler,
    )


class _ProgressLine:
    """One line that is written again and again; whole lines, now and then, into a file."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._alive = stream.isatty()
        self._every = _EVERY_SECONDS if self._alive else _EVERY_SECONDS_PLAIN
        self._begun = time.monotonic()
        self._next = self._begun
        self._width = 0

    def report(self, fraction: float | None, message: Message | None) -> None:
        now = time.monotonic()
        if now < self._next or message is None:
            return
        self._next = now + self._every
        shown = message.en
        if fraction is not None:
            passed = now - self._begun
            shown += f" {fraction:.0%}, {_clock(passed)}"
            if 0.01 < fraction < 1:
                shown += f", about {_clock(passed / fraction - passed)} left"
        if self._alive:
            self._stream.write("\r" + shown.ljust(self._width))
            self._width = len(shown)
        else:
            self._stream.write(shown + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Leave the line for what comes next."""
        if self._width:
            self._stream.write("\n")
            self._width = 0


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def _where(problem: batch.Problem) -> str:
    return f"line {problem.line or '?'} (row {problem.row}): {problem.message.en}"


def text(summary: batch.BatchSummary) -> str:
    """Return the summary as lines for a person."""
    shares = (("긍정", summary.positive), ("중립", summary.neutral), ("부정", summary.negative))
    lines = [f"{summary.rows:,} rows: {summary.judged:,} judged, {summary.skipped:,} blank, "
             f"{summary.failed:,} too long"]  # fmt: skip
    lines += [f"{count:,}\t{count / summary.judged:.1%}\t{name}" for name, count in shares]
    lines.append(f"★ {summary.mean_stars or 0:.2f}")
    for words in (summary.words_positive, summary.words_negative):
        if words:
            side = "긍정" if words[0].weight > 0 else "부정"
            lines.append(f"{side}: " + ", ".join(word.text for word in words[:10]))
    lines += [
        f"{group.judged:,}\t{group.positive_share:.1%}\t★ {group.mean_stars:.2f}\t{group.name}"
        for group in summary.groups
    ]
    scores = summary.scores
    if scores is not None:
        right = "-" if scores.accuracy is None else f"{scores.accuracy:.4f}"
        lines.append(
            f"labels ({scores.scale}): accuracy {right} of {scores.compared:,} rows, "
            f"{scores.unlabelled:,} without a label, {scores.unknown:,} not understood"
            + (f" ({', '.join(scores.examples)})" if scores.examples else "")
        )
    lines += [f"{count:,} rows: {kind}" for kind, count in summary.odd if kind != "blank"]
    lines += [_where(problem) for problem in summary.problems[:_MOST_PROBLEMS]]
    return "\n".join(lines)
