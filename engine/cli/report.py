"""``maumgyeol report``: what a model is worth on labelled data, as one HTML or PDF file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli import console
from engine.core.errors import MaumgyeolError, Message
from engine.core.jobs import Progress
from engine.reports import write
from engine.reports.scoring import TASKS


def main(argv: Sequence[str]) -> int:
    """Score and write; returns 0, 1 if the data or the file failed, 2 for bad options."""
    options = _parser().parse_args(argv)
    told = Told()
    try:
        report = write.make(
            options.task,
            options.data,
            options.out,
            limit=options.limit,
            mode=options.mode,
            title=options.title,
            language=options.language,
            progress=Progress(told.tell),
        )
    except MaumgyeolError as error:
        told.end()
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        told.end()
        print("maumgyeol: stopped, no report was written", file=sys.stderr)
        return console.STOPPED
    told.end()
    s = report.scores
    print(f"{options.out}\taccuracy {s.accuracy:.4f}\tmacro_f1 {s.macro_f1:.4f}\tece {s.ece:.4f}")
    return 0


def _parser() -> argparse.ArgumentParser:
    layouts = "\n".join(f"  {task.key:<9} {task.layout.en}" for task in TASKS.values())
    parser = argparse.ArgumentParser(
        prog="maumgyeol report",
        description="Write a report of a model on labelled data: accuracy, precision, recall, F1, "
        "confusion matrix, reliability diagram, hardest mistakes, data and model card.",
        epilog="data:\n" + layouts,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    modes = [name for task in TASKS.values() for name, _ in task.modes]
    parser.add_argument("task", choices=list(TASKS))
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="PATH")
    parser.add_argument("--out", type=Path, required=True, metavar="REPORT.html|.pdf")
    parser.add_argument("--limit", type=_number, metavar="N", help="score at most N items")
    parser.add_argument("--mode", choices=modes, help="reviews: which way of judging is scored")
    parser.add_argument("--title", default="", metavar="T", help="heading of the report")
    parser.add_argument("--language", choices=["ko", "en"], default="ko", help="of its words (ko)")
    return parser


def _number(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 1 on")
    return int(given)


class Told:
    """Tells of progress on standard error: one line that changes, or a line each tenth."""

    def __init__(self) -> None:
        self._line = sys.stderr.isatty()
        self._last = -1

    def tell(self, fraction: float | None, message: Message | None) -> None:
        """Show how far the work is."""
        percent = 0 if fraction is None else int(fraction * 100)
        if percent == self._last or (not self._line and percent // 10 == self._last // 10):
            return
        self._last = percent
        words = message.en if message else ""
        if self._line:
            print(f"\r\x1b[K{percent:3d}% {words}", end="", file=sys.stderr, flush=True)
        else:
            print(f"{percent}% {words}".rstrip(), file=sys.stderr, flush=True)

    def end(self) -> None:
        """Free the line."""
        if self._line and self._last >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
