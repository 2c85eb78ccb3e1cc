"""The one way in: the window, or one of the sub-commands, which never import Qt."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from desktop import __version__
from engine import privacy, saving, state

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


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with *argv* (without the program's name); return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    state.listen(lambda message: print(f"maumgyeol: {message.en}", file=sys.stderr))
    saving.clear_leftovers()
    privacy.remove_traces()
    if first == "predict":
        from engine import cli

        return int(cli.main(arguments[1:]) or 0)
    if first == "emotions-distribution":
        from engine import cli_distribution

        return int(cli_distribution.main(arguments[1:]) or 0)
    if first == "report":
        from engine import cli_report

        return int(cli_report.main(arguments[1:]) or 0)
    if first == "mosaic":
        from engine import cli_mosaic

        return int(cli_mosaic.main(arguments[1:]) or 0)
    if first == "session":
        from engine import cli_session

        return int(cli_session.main(arguments[1:]) or 0)
    if first == "learn":
        from engine import cli_learn

        return int(cli_learn.main(arguments[1:]) or 0)
    if first == "models":
        from engine import cli_models

        return int(cli_models.main(arguments[1:]) or 0)
    if first == "chat":
        from engine import cli_chat

        return int(cli_chat.main(arguments[1:]) or 0)
    if first == "--selftest":
        from engine import selftest

        return int(selftest.main(arguments[1:]) or 0)
    if first == "--version":
        print(f"maumgyeol {__version__}")
        return 0
    if first in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    gc.disable()  # the start leaves next to no garbage; desktop.garbage collects from then on
    from desktop import app

    state.listen(None)  # the window shows it
    app.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
