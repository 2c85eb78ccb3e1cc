"""``maumgyeol session``: what the faces of a video express over time, without a window."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.cli import console
from engine.cli.console import stopping
from engine.core.errors import MaumgyeolError
from engine.core.files import scratch_folder
from engine.core.jobs import Cancelled, Progress
from engine.faces.sessions import chart, export, video
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.analyse import RATE, RATES, Analysed, analyse
from engine.faces.sessions.session import Session

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


def main(argv: Sequence[str]) -> int:
    """Analyse and tell.

    Returns 0; 1 if something failed, or the rules judged because the model cannot be loaded; 2
    for bad options; 130 after Ctrl-C.
    """
    options = _parser().parse_intermixed_args(argv)
    progress = Progress()
    try:
        with stopping(progress), _place(options.keep) as folder:
            made = analyse(options.video, rate=options.rate, progress=progress, folder=folder)
            session = shelf.load(made.about.id, folder)
            _tell(made, session, options)
            _write(session, options, Progress() if made.cancelled else progress)
    except Cancelled:
        print("Stopped; nothing was written.", file=sys.stderr)
        return STOPPED
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    if made.cancelled:
        return STOPPED
    return int(made.by_rules is not None)


def _write(session: Session, options: argparse.Namespace, progress: Progress) -> None:
    if options.csv:
        export.write_csv(session, options.csv, progress)
    if options.json:
        export.write_json(session, options.json, progress)
    if options.png and len(session.rows):
        chart.write_png(session, options.png)
    if options.mp4:
        written = video.write_mp4(session, options.mp4, progress)
        print((written.note or video.SILENT).en, file=sys.stderr)


def _tell(made: Analysed, session: Session, options: argparse.Namespace) -> None:
    """Print the speed, and the summary: a line a segment and person, or JSON."""
    if made.about.note is not None:
        print(made.about.note.en, file=sys.stderr)
    if options.kept_json:
        told = {**export.overview(session), "speed": round(made.speed, 2)}
        console.print_json(told)
        return
    judged = "" if made.by_rules is None else f" by the {made.about.model}"
    where = f" (session {made.about.id})" if options.keep else ""
    print(f"{made.seconds:.1f} s analysed at {made.speed:.1f}x the speed of the video{where}")
    for segment in export.overview(session)["segments"]:
        for one in segment["persons"]:
            best = max(one["labels"], key=lambda name: one["labels"][name])
            rate = "-" if one["blink_rate"] is None else f"{one['blink_rate']:.0f}"
            heed = "-" if one["attention"] is None else f"{one['attention']:.0%}"
            print(
                f"person {one['person']}\t{one['seconds']:.1f} s\t{best} "
                f"{one['labels'][best]:.0%}{judged}\tblinks/min {rate}\tattention {heed}"
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol session",
        description="Read the faces of a video over time: expressions, blinks, attention.",
        epilog="Without --keep nothing but the files that are asked for is left behind. The "
        "annotated video has no sound.",
    )
    parser.add_argument("video", type=Path, metavar="VIDEO")
    parser.add_argument("--csv", type=_ending(".csv"), metavar="F", help="the samples")
    parser.add_argument("--json", type=_ending(".json"), metavar="F", help="everything")
    parser.add_argument("--mp4", type=_ending(".mp4"), metavar="F", help="the annotated video")
    parser.add_argument("--png", type=_ending(".png"), metavar="F", help="the timeline")
    parser.add_argument("--rate", type=_rate, default=RATE, metavar="N",
                        help=f"frames a second that are read, 0 for all ({RATE:g})")  # fmt: skip
    parser.add_argument("--keep", action="store_true",
                        help="keep the session, to be opened in the window")  # fmt: skip
    parser.add_argument("--summary-json", dest="kept_json", action="store_true",
                        help="print the summary as one JSON object")  # fmt: skip
    return parser


def _ending(suffix: str) -> Any:
    def path(given: str) -> Path:
        if Path(given).suffix.lower() != suffix:
            raise argparse.ArgumentTypeError(f"{given!r} does not end in {suffix}")
        return Path(given)

    return path


def _rate(given: str) -> float:
    every, low, high = RATES
    try:
        rate = float(given)
    except ValueError:
        rate = -1.0
    if rate != every and not low <= rate <= high:
        raise argparse.ArgumentTypeError(f"{given!r} is neither 0 nor from {low:g} to {high:g}")
    return rate


@contextlib.contextmanager
def _place(keep: bool) -> Iterator[Path | None]:
    """Yield where the session goes: to the user's, or to a folder that is deleted."""
    if keep:
        yield None
        return
    with scratch_folder(Path(tempfile.gettempdir())) as folder:
        yield folder
