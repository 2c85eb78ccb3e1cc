"""``maumgyeol mosaic``: hide the faces of pictures, videos and folders, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli import console
from engine.cli.console import stopping
from engine.core.errors import MaumgyeolError
from engine.core.jobs import Progress
from engine.faces.mosaic import folder
from engine.faces.mosaic.cover import BLOCK, BLOCKS, PIXELATE, STYLES, Mosaic
from engine.faces.mosaic.folder import Done, Failed
from engine.media.video import without_secrets

DOUBTFUL = 3
"""Exit status when every file was written, but faces in some have to be looked at."""

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


def main(argv: Sequence[str]) -> int:
    """Hide and tell.

    Returns 0; 1 if a file failed; 2 for bad options; 3 if a written file has faces that may not
    be hidden whole; 130 after Ctrl-C.
    """
    options = _parser().parse_intermixed_args(argv)
    progress = Progress()
    tell = (lambda row: None) if options.json else _tell
    try:
        with stopping(progress):
            outcome = folder.run(
                options.inputs,
                options.out,
                Mosaic(options.style, options.block),
                recursive=options.recursive,
                progress=progress,
                on_row=tell,
            )
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    if options.json:
        console.print_json(outcome.to_dict())
    else:
        print(f"{len(outcome.done)} done, {len(outcome.without)} without a face, "
              f"{len(outcome.failed)} failed")  # fmt: skip
        if outcome.doubtful:
            print(f"{len(outcome.doubtful)} of them in doubt: look at them", flush=True)
    if outcome.cancelled:
        print("Stopped; what was written is kept.", file=sys.stderr)
        return STOPPED
    if outcome.failed:
        return 1
    return DOUBTFUL if outcome.doubtful else 0


def _tell(row: Done | Failed) -> None:
    if isinstance(row, Failed):
        print(f"{without_secrets(str(row.source))}: {row.reason.en}", file=sys.stderr, flush=True)
        return
    print(f"{row.faces}\t{row.target}", flush=True)
    for note in (*row.doubts, *row.notes):
        print(f"{row.source}: {note.en}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol mosaic",
        description="Write copies of pictures and videos in which no face can be seen.",
        epilog="INPUT is an image, a video or a folder of them. The originals are not touched, "
        "and no file in FOLDER is written over. Files without a face are named and not written. "
        "Exit status 3: a face is turned away, cut off or not clear, so look at the copy.",
    )
    parser.add_argument("inputs", nargs="+", type=Path, metavar="INPUT")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--style", choices=STYLES, default=PIXELATE, help=f"({PIXELATE})")
    parser.add_argument("--block", type=_block, default=BLOCK, metavar="N",
                        help=f"strength, {BLOCKS[0]} to {BLOCKS[1]} ({BLOCK})")  # fmt: skip
    parser.add_argument("--recursive", action="store_true", help="folders within folders too")
    parser.add_argument("--json", action="store_true", help="print one JSON object at the end")
    return parser


def _block(given: str) -> int:
    low, high = BLOCKS
    if not given.isascii() or not given.isdigit() or not low <= int(given) <= high:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from {low} to {high}")
    return int(given)
