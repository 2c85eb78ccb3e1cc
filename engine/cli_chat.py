"""``maumgyeol chat``: small talk without a window, one sentence a line of standard input."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

from engine.errors import InputError, MaumgyeolError


def main(argv: Sequence[str]) -> int:
    """Answer each line; returns 0, 1 if one could not be answered, 2 for a bad command line."""
    parser = argparse.ArgumentParser(
        prog="maumgyeol chat",
        description="Small talk in Korean: one sentence a line of standard input, one answer each. "
        "Earlier lines are remembered; '이렇게 답해 줘: …' teaches the answer to the line before.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    parser.add_argument("--seed", type=int, help="the same seed gives the same answers")
    options = parser.parse_args(argv)
    try:
        return int(_talk(options.json, options.seed))
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, `head` say, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _talk(as_json: bool, seed: int | None) -> bool:
    """Answer standard input; whether a line had no answer."""
    from engine.chat import Conversation

    conversation = Conversation(seed)
    failed = False
    for line in sys.stdin:
        said = line.strip()
        if not said:
            continue
        try:
            reply = conversation.say(said)
        except InputError as error:
            failed = True
            if as_json:
                print(json.dumps({"said": said, "error": str(error)}, ensure_ascii=False))
            else:
                print(f"maumgyeol: {error}", file=sys.stderr)
            continue
        row = {"said": said, **reply.to_dict()}
        print(json.dumps(row, ensure_ascii=False) if as_json else reply.text, flush=True)
    return failed
