"""``maumgyeol learn``: a personal model from labelled pictures, without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from engine import labelled
from engine.errors import InputError, MaumgyeolError
from engine.jobs import Progress
from engine.labelled.domains import MODULES
from engine.labelled.results import KINDS, LeftOut, TeachReport
from engine.library import Library


def main(argv: Sequence[str]) -> int:
    """Read, learn, judge and, if better, use; returns 0, 1 if it failed, 2 for bad options."""
    from engine.cli_report import Told

    options = _parser().parse_args(argv)
    told = Told()
    progress = Progress(told.tell)
    library = Library()
    try:
        if options.report is not None and options.report.suffix.lower() not in (".html", ".csv"):
            raise InputError(
                f"보고서는 .html이나 .csv로만 저장할 수 있어요: {options.report.name}",
                f"A report is saved as .html or .csv only: {options.report.name}",
            )
        listing = labelled.look(options.data, options.task, progress.part(0.0, 0.02))
        material = labelled.read(listing, progress.part(0.02, 0.9))
        if not len(material.lessons):
            told.end()
            _tell_left_out(material.left_out)
        proposal = labelled.teach(material, library, progress.part(0.9, 1.0))
        use = proposal.report.recommended and not options.dry_run
        version = labelled.accept(proposal).version if use else None
        if options.report is not None:
            labelled.save(proposal.report, options.report, "en")
    except MaumgyeolError as error:
        told.end()
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        told.end()
        print("maumgyeol: stopped; what was read is kept for the next time", file=sys.stderr)
        return 130
    finally:
        library.close()
    told.end()
    if options.json:
        print(json.dumps({**proposal.report.to_dict(), "version": version}, ensure_ascii=False))
    else:
        _tell(proposal.report, version, options.dry_run)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol learn",
        description="Teach a personal model with labelled pictures. It is tried on pictures that "
        "it has not learned, and answers from then on if it is better and has forgotten nothing; "
        "the learning tab undoes it.",
        epilog="PATH is a CSV with the columns image_path,label (paths relative to the CSV), or a "
        "folder with a folder a class: happy, sad, angry, fear, surprise, disgust, neutral or "
        "their Korean names; 0 to 9 for digits.",
    )
    parser.add_argument("task", choices=list(MODULES))
    parser.add_argument("--data", type=Path, required=True, metavar="PATH")
    parser.add_argument("--dry-run", action="store_true", help="only try it; change nothing")
    parser.add_argument("--report", type=Path, metavar="FILE.html|.csv", help="save the report")
    parser.add_argument("--json", action="store_true", help="print the whole report as JSON")
    return parser


def _tell(report: TeachReport, version: int | None, dry_run: bool) -> None:
    print(report.reason.en)
    print(report.how.en)
    for name, before, after in (
        ("accuracy", report.before.accuracy, report.after.accuracy),
        ("macro_f1", report.before.macro_f1, report.after.macro_f1),
        ("anchors", report.anchors_before, report.anchors_after),
    ):
        print(f"{name}\t{before:.4f}\t{after:.4f}")
    for row in report.counts:
        if row.listed:
            print(f"{row.label}\tlearned {row.learned}\tasked {row.asked}\tof {row.listed}")
    for note in report.notes:
        print(f"note: {note.en}")
    _tell_left_out(report.left_out)
    if version is not None:
        print(f"The personal model {version} answers now.")
    else:
        why = "it was a dry run" if dry_run and report.recommended else "it is not recommended"
        print(f"Nothing was changed: {why}.")


def _tell_left_out(rows: Sequence[LeftOut]) -> None:
    for row in rows:
        print(f"left out\t{row.name}\t{KINDS[row.kind].en}\t{row.why.en}", file=sys.stderr)
