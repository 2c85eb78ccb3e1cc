"""``maumgyeol predict``: the same engine without a window, for scripts and batch work."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import tables
from engine.cli import batch, console
from engine.core.errors import InputError, MaumgyeolError
from engine.core.paths import as_spelled
from engine.reviews.result import MODES, PRECISE
from engine.tables import delimited

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.comments.detect.objects import Detection
    from engine.tables import Row

Answer = tuple[str, dict[str, Any] | MaumgyeolError]
"""What was asked (a text or a file's name) and the result's dict, or why there is none."""

_OF_TEXTS = ("reviews", "emotions")
_OF_FACES = ("face", "comment")
"""Tasks whose warnings are those of the reader of faces: rules judged instead of the model."""

BLANK: dict[str, Any] = {"label": "", "blank": True}
"""The answer to a row without a text: it is a row, and no failure."""


def main(argv: Sequence[str]) -> int:
    """Answer every input, one line each.

    Returns 0; 1 if one failed, or rules judged faces because the model cannot be loaded; 2 for a
    bad command line.
    """
    if batch.is_asked(argv):
        return batch.main(argv[1:])
    options = _parser().parse_intermixed_args(argv)  # options may stand between inputs
    failed, warned = False, set[str]()
    answers = _TASKS[options.task](options.inputs or ["-"], options)
    try:
        for asked, answer in answers:
            warnings = _warnings(answer)
            by_rules = options.task in _OF_FACES and bool(warnings)
            failed |= by_rules or isinstance(answer, MaumgyeolError)
            for warning in warnings:
                if warning not in warned:
                    print(f"maumgyeol: {warning}", file=sys.stderr)
            warned.update(warnings)
            _show(asked, answer, options)
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol predict",
        description="Answer without a window. With --json: one JSON object a line and input.",
        epilog="reviews, emotions: INPUT is a file (.txt: one text a line; .csv .tsv .xlsx "
        ".parquet: the text column; a blank row has a blank answer) or the text itself; face, "
        "digit, comment: an image file. No INPUT or '-': standard input (texts or file names, "
        "one a line). A file of any length goes into a "
        "table with 'reviews FILE --out RESULT.csv|.xlsx|.parquet' (… --out x --help).",
    )
    parser.add_argument("task", choices=list(_TASKS))
    parser.add_argument("inputs", nargs="*", metavar="INPUT")
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    parser.add_argument("--column", help="reviews, emotions: name of the text column of a table")
    parser.add_argument("--explain", action="store_true", help="reviews: add the deciding words")
    parser.add_argument(
        "--mode",
        choices=MODES,
        default=PRECISE,
        help="reviews: n-grams and encoder (precise), or n-grams alone (instant)",
    )
    parser.add_argument("--landmarks", action="store_true", help="face: add the 478 points")
    parser.add_argument(
        "--labels", action="store_true", help="comment: INPUT is labels, not a photo"
    )
    parser.add_argument("--seed", type=int, default=None, help="comment: seed of the sampling")
    parser.add_argument(
        "--detector", metavar="NAME", default="objects-coco", help="comment: see `maumgyeol models`"
    )
    parser.add_argument("--threshold", type=float, default=0.4, help="comment: least confidence")
    parser.add_argument("--overlap", type=float, default=0.6, help="comment: IoU of one object")
    parser.add_argument("--classes", metavar="A,B", help="comment: only these kinds of objects")
    return parser


def _show(asked: str, answer: dict[str, Any] | MaumgyeolError, options: argparse.Namespace) -> None:
    if isinstance(answer, MaumgyeolError):
        row: dict[str, Any] = {"input": asked, "error": str(answer)}
        if not options.json:
            print(f"{_on_one_line(asked)}: {answer}", file=sys.stderr)
            if options.task in _OF_TEXTS:  # as many lines as rows
                print(f"-\t{_on_one_line(asked)}")
            return
    else:
        row = {"input": asked, **answer}
    if options.json:
        console.print_json(row)
    else:
        said = "-" if row.get("blank") else _SUMMARIES[options.task](row)
        print(f"{said}\t{_on_one_line(asked)}")


def _warnings(answer: dict[str, Any] | MaumgyeolError) -> list[str]:
    """Return why something simpler took a part in an answer, in English."""
    found = [] if isinstance(answer, MaumgyeolError) else answer.get("warnings", [])
    return [one if isinstance(one, str) else one["en"] for one in found]


def _on_one_line(text: str) -> str:
    """Return *text* with its line breaks written out, so that a row is a line."""
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _texts(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[tuple[str, Row | None]]:
    """Yield each text of the inputs: rows of standard input or files, or the words themselves.

    What is odd about a row is said on standard error, with its line.
    """
    for item in inputs:
        path = Path(item)
        rows: Iterator[tuple[str, Row]]
        if item == "-":
            rows = ((row.cells[0], row) for row in console.lines())
        elif path.suffix.lower() in tables.SUFFIXES or _is_file(path):
            rows = tables.texts_of(path, options.column)
        else:
            yield item, None
            continue
        for text, row in rows:
            if (odd := delimited.message(row.flags & delimited.REPORTED)) is not None:
                name = "standard input" if item == "-" else item
                print(f"maumgyeol: {name}, line {row.line}: {odd.en}", file=sys.stderr)
            yield text, row


def _judged(
    inputs: Sequence[str], options: argparse.Namespace, answer: Callable[[str], Any]
) -> Iterator[Answer]:
    """Yield the answer to each text; a blank row of a file has a blank one, as in a batch."""
    for text, row in _texts(inputs, options):
        if row is not None and delimited.of_text(text) & delimited.BLANK:
            yield text, BLANK
        else:
            yield from _guarded([text], answer)


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):  # a long text is no valid file name
        return path.is_file()
    return False


def _guarded(items: Iterable[str], answer: Callable[[str], Any]) -> Iterator[Answer]:
    """Yield each answer, or the error that says why this one item has none."""
    for item in items:
        try:
            yield item, answer(item).to_dict()
        except InputError as error:
            yield item, error


def _reviews(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine import reviews

    return _judged(
        inputs,
        options,
        lambda text: reviews.predict(text, explain=options.explain, mode=options.mode),
    )


def _emotions(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine import emotions

    return _judged(inputs, options, emotions.predict)


def _names(inputs: Sequence[str]) -> Iterator[str]:
    for item in inputs:
        yield from (row.cells[0] for row in console.lines()) if item == "-" else [item]


def _picture(name: str) -> NDArray[np.uint8]:
    from engine.media.images import read_image

    return read_image(as_spelled(Path(name)))


def _faces(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine.faces import FaceReader

    with FaceReader() as reader:
        for asked, answer in _guarded(_names(inputs), lambda name: reader.read(_picture(name))):
            if isinstance(answer, dict) and not options.landmarks:
                for face in answer["faces"]:
                    face.pop("landmarks", None)
            yield asked, answer


def _digits(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine import digits

    return _guarded(_names(inputs), lambda name: digits.predict(_picture(name)))


def _detection(options: argparse.Namespace) -> Detection:
    """Return how photos are looked at.

    Raises:
        InputError: no such detector, a bound outside 0..1, or a class that it does not have.
    """
    from engine.comments.detect.objects import Detection, unknown

    asked = [name.strip() for name in (options.classes or "").split(",") if name.strip()]
    made = Detection(
        options.detector, options.threshold, options.overlap, frozenset(asked) if asked else None
    )
    if strange := unknown(made):
        raise InputError(
            f"이 사물 모델이 모르는 종류예요: {', '.join(strange)}",
            f"The detector does not know these kinds of objects: {', '.join(strange)}",
        )
    return made


def _comments(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine.comments import pipeline, write

    looking = _detection(options)
    for name in _names(inputs):
        try:
            if options.labels:
                yield name, write(name.split(","), seed=options.seed).to_dict()
                continue
            photo = pipeline.analyse(_picture(name), options=looking)
            comment = write(photo.labels, seed=options.seed, counts=photo.counts)
            yield name, {**photo.to_dict(), **comment.to_dict()}
        except InputError as error:
            yield name, error


_TASKS: dict[str, Callable[[Sequence[str], argparse.Namespace], Iterator[Answer]]] = {
    "reviews": _reviews,
    "emotions": _emotions,
    "face": _faces,
    "digit": _digits,
    "comment": _comments,
}


def _faces_summary(row: dict[str, Any]) -> str:
    found = [_expression_summary(face["expression"]) for face in row["faces"]]
    found += ["face without landmarks"] * len(row["faces_without_landmarks"])
    return ", ".join(found) or "no face found"


def _digit_summary(row: dict[str, Any]) -> str:
    answer = f"{row['label']} {row['confidence']:.2f}"
    return answer if row["reading"] == "digit" else f"{row['reading']} (nearest: {answer})"


def _expression_summary(said: dict[str, Any]) -> str:
    by_rules = f" by the {said['model']}" if said["source"] == "rules" else ""
    return f"{said['label']} {said['confidence']:.2f}{by_rules}"


_SUMMARIES: dict[str, Callable[[dict[str, Any]], str]] = {
    "reviews": lambda row: f"{row['label']} {row['confidence']:.2f} ★{row['stars']:g}",
    "emotions": lambda row: f"{row['label']} {row['confidence']:.2f}",
    "face": _faces_summary,
    "digit": _digit_summary,
    "comment": lambda row: " | ".join(row["comments"]),
}
