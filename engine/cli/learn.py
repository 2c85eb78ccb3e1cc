"""``maumgyeol learn``: a personal model from labelled pictures, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli import console
from engine.core.errors import InputError, MaumgyeolError
from engine.core.jobs import Progress
from engine.core.library import Library
from engine.learning import labelled, versions
from engine.learning.labelled.reading import MODULES
from engine.learning.labelled.results import KINDS, LeftOut, TeachReport
from engine.learning.report import outdated
from engine.reports import teaching

PREVIOUS, SHIPPED = "previous", "shipped"
_TEXT_TASKS = ("emotions", "reviews")
"""Domains that learn from corrections only."""


def main(argv: Sequence[str]) -> int:
    """Teach, list or choose; returns 0, 1 if it failed, 2 for bad options, 130 after Ctrl-C."""
    options = _options(argv)
    try:
        if options.versions:
            return _list(options.task, options.json)
        if options.use is not None:
            return _use(options.task, options.use, options.json)
        return _learn(options)
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="maumgyeol learn",
        description="Teach a personal model with labelled pictures. It is tried on pictures that "
        "it has not learned, and answers from then on if it is better and has forgotten nothing; "
        "--use goes back. --versions and --use know the models that the window has taught, too.",
        epilog="PATH is a CSV with the columns image_path,label (paths relative to the CSV), or a "
        "folder with a folder a class: happy, sad, angry, fear, surprise, disgust, neutral or "
        "their Korean names; 0 to 9 for digits.",
    )
    parser.add_argument("task", choices=sorted({*MODULES, *_TEXT_TASKS}))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, metavar="PATH", help="faces, digits: learn from these")
    what.add_argument("--versions", action="store_true", help="list the personal models")
    what.add_argument(
        "--use",
        type=_choice,
        metavar="N|previous|shipped",
        help="let another model answer: a version, the one chosen before, or the shipped one",
    )
    parser.add_argument("--dry-run", action="store_true", help="only try it; change nothing")
    parser.add_argument("--report", type=Path, metavar="FILE.html|.csv", help="save the report")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    if options.data is None and (options.dry_run or options.report is not None):
        parser.error("--dry-run and --report belong to --data")
    if options.data is not None and options.task not in MODULES:
        parser.error(f"{options.task} is taught in the window; --data is for {', '.join(MODULES)}")
    return options


def _choice(given: str) -> str:
    if given not in (PREVIOUS, SHIPPED) and not (given.isascii() and given.isdigit()):
        raise argparse.ArgumentTypeError(f"{given!r} is no version, '{PREVIOUS}' or '{SHIPPED}'")
    return given


def _learn(options: argparse.Namespace) -> int:
    """Read, learn and judge; the report is written before a better model may answer.

    Raises:
        MaumgyeolError: it failed; what answered before still does.
    """
    from engine.cli.report import Told

    told = Told()
    progress = Progress(told.tell)
    library = Library()
    try:
        if options.report is not None:
            teaching.check_place(options.report)
        listing = labelled.look(options.data, options.task, progress.part(0.0, 0.02))
        material = labelled.read(listing, progress.part(0.02, 0.9))
        if not len(material.lessons):
            told.end()
            _tell_left_out(material.left_out)
        proposal = labelled.teach(material, library, progress.part(0.9, 1.0))
        if options.report is not None:
            teaching.save(proposal.report, options.report, "en")
        use = proposal.report.recommended and not options.dry_run
        version = labelled.accept(proposal).version if use else None
    except KeyboardInterrupt:
        told.end()
        print("maumgyeol: stopped; what was read is kept for the next time", file=sys.stderr)
        return 130
    finally:
        told.end()
        library.close()
    if options.json:
        console.print_json({**proposal.report.to_dict(), "version": version})
    else:
        _tell(proposal.report, version, options.dry_run)
    return 0


def _list(task: str, as_json: bool) -> int:
    """Print the personal versions, oldest first, and which one answers."""
    answers = versions.answering(task).version
    for report in versions.versions(task):
        answering = report.version == answers
        if as_json:
            row = {"version": report.version, "answers": answering, "created": report.created}
            console.print_json({**row, "reason": report.reason.en})
        else:
            mark = "answers" if answering else "outdated" if outdated(report) else ""
            print(f"{report.version}\t{mark}\t{report.created}\t{report.reason.en}")
    if answers is None and not as_json:
        print("The shipped model answers.")
    return 0


def _use(task: str, choice: str, as_json: bool) -> int:
    """Let another version answer and say which does.

    Raises:
        InputError: there is no such version, or it cannot answer.
        StorageError: the choice cannot be saved.
    """
    if choice == PREVIOUS:
        if not versions.can_undo(task):
            raise InputError("되돌릴 선택이 없어요.", "There is no earlier choice to go back to.")
        versions.undo(task)
    else:
        version = None if choice == SHIPPED else int(choice)
        if any(outdated(report) for report in versions.versions(task) if report.version == version):
            raise InputError(
                f"v{version}은(는) 예전 기본 모델로 배운 것이라 쓸 수 없어요. 다시 학습해 주세요.",
                f"Version {version} was learned on an older shipped model and cannot answer. "
                "Train again.",
            )
        versions.use(task, version)
    answers = versions.answering(task)
    if as_json:
        console.print_json({"version": answers.version})
    elif answers.version is None:
        print("The shipped model answers now.")
    else:
        print(f"The personal model {answers.version} answers now.")
    return int(answers.problem is not None)


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
