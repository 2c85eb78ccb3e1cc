"""``maumgyeol chat``: small talk without a window, one sentence a line of standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from engine.cli import console
from engine.core.errors import InputError, MaumgyeolError
from engine.tables import delimited


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


def _talk(as_json: bool, seed: int | None) -> bool:
    """Answer standard input; whether a line had no answer."""
    from engine.chat import Conversation

    conversation = Conversation(seed)
    failed = False
    for line in console.lines():
        said = line.cells[0]
        if not said:
            continue
        try:
            if line.flags & delimited.DAMAGED:
                raise InputError(
                    f"{line.line}번째 줄은 UTF-8도 CP949도 아니에요. UTF-8로 보내 주세요.",
                    f"Line {line.line} is neither UTF-8 nor CP949; send it as UTF-8.",
                )
            reply = conversation.say(said)
        except InputError as error:
            failed = True
            if as_json:
                console.print_json({"said": said, "error": str(error)}, flush=True)
            else:
                print(f"maumgyeol: {error}", file=sys.stderr)
            continue
        if as_json:
            console.print_json({"said": said, **reply.to_dict()}, flush=True)
        else:
            print(reply.text, flush=True)
    return failed
