"""``maumgyeol emotions-distribution``: what emotions a corpus holds, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli import console
from engine.core.errors import MaumgyeolError
from engine.emotions.corpus.distribution import HEADER, Distribution, measure


def main(argv: Sequence[str]) -> int:
    """Count, print and save; returns 0, 1 if an INPUT or a file failed, 2 for bad options.

    Files inside a folder that cannot be read are named on standard error and left out.
    """
    options = _parser().parse_intermixed_args(argv)
    try:
        found = measure(options.inputs)
        if options.csv:
            from engine.tables.write import write

            write(options.csv, HEADER, found.rows())
        if options.png:
            from engine.emotions.corpus import distribution

            distribution.write(found, options.png, options.top)
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    for path, reason in found.failures:
        print(f"{path}: {reason.en}", file=sys.stderr)
    if options.json:
        console.print_json(found.to_dict(options.top))
    else:
        print(_text(found, options.top))
    return int(any(path in options.inputs for path, _ in found.failures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol emotions-distribution",
        description="Count the emotions of AI Hub's 감성대화말뭉치 (codes E10 to E69).",
        epilog="INPUT is the corpus's JSON, a CSV or TSV with a column of codes or Korean "
        "names, or a folder of them.",
    )
    parser.add_argument("inputs", nargs="+", type=Path, metavar="INPUT")
    parser.add_argument("--csv", type=Path, metavar="OUT.csv", help="write the label table")
    parser.add_argument("--png", type=Path, metavar="OUT.png", help="write the chart")
    parser.add_argument("--top", type=_number, default=10, help="how many emotions to show (10)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _number(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 60:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 1 to 60")
    return int(given)


def _text(found: Distribution, top: int) -> str:
    lines = [f"{found.total}\t대화" + (f" (감정 없음 {found.skipped})" if found.skipped else "")]
    lines += [
        f"{label.count}\t{label.share:.1%}\t{label.code}\t{label.name}\t{label.group}"
        for label in found.top(top)
    ]
    lines += [
        f"{count}\t{count / found.total:.1%}\t{group}" for group, count in found.groups.items()
    ]
    return "\n".join(lines)
