"""``maumgyeol predict``: the same engine without a window, for scripts and batch work."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import cli_batch
from engine.errors import InputError, MaumgyeolError
from engine.reviews.results import MODES, PRECISE

if TYPE_CHECKING:
    from engine.comments.objects import Detection

Answer = tuple[str, dict[str, Any] | MaumgyeolError]
"""What was asked (a text or a file's name) and the result's dict, or why there is none."""

TEXT_SUFFIXES = (".txt", ".csv", ".tsv", ".xlsx")


def main(argv: Sequence[str]) -> int:
    """Answer every input, one line each; returns 0, 1 if one failed, 2 for a bad command line."""
    if cli_batch.is_asked(argv):
        return cli_batch.main(argv[1:])
    options = _parser().parse_intermixed_args(argv)  # options may stand between inputs
    failed = False
    answers = _TASKS[options.task](options.inputs or ["-"], options)
    try:
        for asked, answer in answers:
            failed |= isinstance(answer, MaumgyeolError)
            _show(asked, answer, options)
    except MaumgyeolError as error:
        print(f"maumgyeol: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, `head` say, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maumgyeol predict",
        description="Answer without a window. With --json: one JSON object a line and input.",
        epilog="reviews, emotions: INPUT is a file (.txt: one text a line; .csv .tsv .xlsx: the "
        "text column) or the text itself; face, digit, comment: an image file. No INPUT or '-': "
        "standard input (texts or file names, one a line). A file of any length goes into a "
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
            print(f"{asked}: {answer}", file=sys.stderr)
            return
    else:
        row = {"input": asked, **answer}
    if options.json:
        print(json.dumps(row, ensure_ascii=False))
    else:
        print(f"{_SUMMARIES[options.task](row)}\t{asked}")


def _texts(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[str]:
    """Yield each text of the inputs: standard input, files, or the words themselves."""
    from engine.reviews import tables

    for item in inputs:
        path = Path(item)
        if item == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin)
        elif path.suffix.lower() in TEXT_SUFFIXES or _is_file(path):
            yield from tables.read_texts(path, options.column)
        else:
            yield item


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

    return _guarded(
        _texts(inputs, options),
        lambda text: reviews.predict(text, explain=options.explain, mode=options.mode),
    )


def _emotions(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine import emotions

    return _guarded(_texts(inputs, options), emotions.predict)


def _names(inputs: Sequence[str]) -> Iterator[str]:
    for item in inputs:
        yield from (line.strip() for line in sys.stdin) if item == "-" else [item]


def _faces(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine.faces import FaceReader
    from engine.images import read_image

    with FaceReader() as reader:
        for asked, answer in _guarded(_names(inputs), lambda name: reader.read(read_image(name))):
            if isinstance(answer, dict) and not options.landmarks:
                for face in answer["faces"]:
                    face.pop("landmarks", None)
            yield asked, answer


def _digits(inputs: Sequence[str], options: argparse.Namespace) -> Iterator[Answer]:
    from engine import digits
    from engine.images import read_image

    return _guarded(_names(inputs), lambda name: digits.predict(read_image(name)))


def _detection(options: argparse.Namespace) -> Detection:
    """Return how photos are looked at.

    Raises:
        InputError: no such detector, a bound outside 0..1, or a class that it does not have.
    """
    from engine.comments.objects import Detection, unknown

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
    from engine.images import read_image

    looking = _detection(options)
    for name in _names(inputs):
        try:
            if options.labels:
                yield name, write(name.split(","), seed=options.seed).to_dict()
                continue
            photo = pipeline.analyse(read_image(name), options=looking)
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
    found = [
        f"{f['expression']['label']} {f['expression']['confidence']:.2f}" for f in row["faces"]
    ]
    found += ["face without landmarks"] * len(row["faces_without_landmarks"])
    return ", ".join(found) or "no face found"


_SUMMARIES: dict[str, Callable[[dict[str, Any]], str]] = {
    "reviews": lambda row: f"{row['label']} {row['confidence']:.2f} ★{row['stars']:g}",
    "emotions": lambda row: f"{row['label']} {row['confidence']:.2f}",
    "face": _faces_summary,
    "digit": lambda row: f"{row['label']} {row['confidence']:.2f}",
    "comment": lambda row: " | ".join(row["comments"]),
}
