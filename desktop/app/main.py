"""The one way in: the window, or one of the sub-commands, which never import Qt."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

from desktop import __version__
from engine.cli import console
from engine.core import files, privacy, state

USAGE = """\
maumgyeol                     open the window (마음결)
maumgyeol FILE…               open the window with these files
maumgyeol predict TASK …      one prediction as JSON (maumgyeol predict --help)
maumgyeol emotions-distribution INPUT…  count the emotion codes of a corpus (… --help)
maumgyeol report TASK …       accuracy, figures and mistakes of a model as HTML or PDF (… --help)
maumgyeol mosaic INPUT… --out FOLDER  hide the faces of pictures and videos (… --help)
maumgyeol session VIDEO …     expressions, blinks and attention over time (… --help)
maumgyeol learn TASK …        a personal model from labelled pictures (… --help)
maumgyeol models …            list, verify, download and remove models (… --help)
maumgyeol chat                small talk, one sentence a line of standard input (… --help)
maumgyeol --selftest          try every model once, exit 0 if all answer
maumgyeol --quit-after-paint  draw the window once and end (measures the start)
maumgyeol --version | --help
"""

_COMMANDS = {
    "predict": "engine.cli.predict",
    "emotions-distribution": "engine.cli.distribution",
    "report": "engine.cli.report",
    "mosaic": "engine.cli.mosaic",
    "session": "engine.cli.session",
    "learn": "engine.cli.learn",
    "models": "engine.cli.models",
    "chat": "engine.cli.chat",
    "--selftest": "engine.cli.selftest",
}
"""Modules of the sub-commands, each imported only when it is asked for."""

_ANSWERS = {"--version": f"maumgyeol {__version__}\n", "-h": USAGE, "--help": USAGE}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with *argv* (without the program's name); return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    state.listen(lambda message: print(f"maumgyeol: {message.en}", file=sys.stderr))
    files.clear_leftovers()
    privacy.remove_traces()
    if first in _COMMANDS:
        return console.run(importlib.import_module(_COMMANDS[first]).main, arguments[1:])
    if first in _ANSWERS:
        return console.run(lambda _: print(_ANSWERS[first], end=""), arguments[1:])
    gc.disable()  # the start leaves next to no garbage; Garbage collects from then on
    from desktop.app import application

    state.listen(None)  # the window shows it
    application.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
