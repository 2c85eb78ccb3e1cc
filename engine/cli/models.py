"""``maumgyeol models``: the models by name, and the optional ones downloaded and removed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from engine.cli import console
from engine.core.errors import MaumgyeolError
from engine.core.jobs import Progress
from engine.models import downloads, inventory, store

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


def main(argv: Sequence[str]) -> int:
    """Do it and tell; returns 0, 1 if it failed, 2 for bad options, 130 after Ctrl-C."""
    options = _parser().parse_args(argv)
    try:
        if options.step == "download":
            return _download(options.name)
        if options.step == "remove":
            return _remove(options.name, options.forget)
        if options.step == "verify":
            return _verify(options.names)
        return _list(options.json)
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol models",
        description="The program's models, and those that can be downloaded. Only `download` "
        "uses the network, and only to ask for the file: it tells what is sent to whom.",
    )
    steps = parser.add_subparsers(dest="step", metavar="STEP")
    listing = steps.add_parser("list", help="every model: version, licence, size, where it lies")
    listing.add_argument("--json", action="store_true", help="print JSON, one object a line")
    parser.set_defaults(json=False)
    getting = steps.add_parser(
        "download", help="download a model that is not here, or go on with it"
    )
    getting.add_argument("name", metavar="NAME")
    removing = steps.add_parser("remove", help="delete a downloaded model, or a part of it")
    removing.add_argument("name", metavar="NAME")
    removing.add_argument(
        "--forget", action="store_true", help="also its checksum: accept another file next time"
    )
    checking = steps.add_parser("verify", help="read every byte again and compare the checksums")
    checking.add_argument("names", nargs="*", metavar="NAME", help="all that are here if none")
    return parser


def _list(as_json: bool) -> int:
    for item in (*inventory.packaged(), *inventory.optional()):
        if as_json:
            console.print_json(item.to_dict())
            continue
        about = "about " if item.optional and not item.sha256 else ""
        place = item.place or ("not downloaded" if item.optional else "missing")
        size = f"{about}{item.bytes / 1e6:.1f} MB"
        print(f"{item.name}\t{item.version}\t{item.licence}\t{size}\t{place}")
    return 0


def _download(name: str) -> int:
    from engine.cli.report import Told

    item = inventory.find(name)
    if item.place is not None or not item.servers:
        print(f"{name} is here already: {store.path(name)}")
        return 0
    print(item.sent.en, file=sys.stderr)
    told = Told()
    progress = Progress(told.tell)
    try:
        if item.optional:
            place = downloads.fetch(downloads.entry(name), progress)
        else:
            place = store.obtain(name, progress)
    except KeyboardInterrupt:
        told.end()
        print("maumgyeol: stopped; the same command goes on from here", file=sys.stderr)
        return STOPPED
    finally:
        told.end()
    have = inventory.find(name)
    print(f"{place}\t{have.bytes / 1e6:.1f} MB\tsha256 {have.sha256 or 'in the manifest'}")
    return 0


def _remove(name: str, forget: bool) -> int:
    gone = downloads.remove(downloads.entry(name), forget=forget)
    print(f"{name}: removed" if gone else f"{name}: there was nothing to remove")
    return 0


def _verify(names: Sequence[str]) -> int:
    items = (*inventory.packaged(), *inventory.optional())
    chosen = names or [i.name for i in items if i.place is not None or not i.optional]
    failed = False
    for name in chosen:
        try:
            inventory.verify(name)
            print(f"{name}: sound")
        except MaumgyeolError as error:
            failed = True
            print(f"{name}: {error}", file=sys.stderr)
    return int(failed)
