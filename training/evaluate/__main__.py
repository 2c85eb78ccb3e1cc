"""Score what ships in models/ on a labelled set: ``python -m training.evaluate TASK --data …``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.core.errors import InputError, MaumgyeolError
from engine.reviews.result import MODES

TASKS = {
    "reviews": "TSV (or .gz): 'id document label' or 'review_id movie_id rating text'",
    "robustness": "TSV: 'kind text label pair' (tests/data/robustness_reviews.tsv)",
    "why": "as reviews: do the words that are said to decide do so?",
    "emotions": "TSV (or .gz): 'text emotion'",
    "kote": "TSV without a header: 'ID text labels', labels as numbers 0-43 with commas",
    "faces": "zip or folder CLASS/NAME.jpg",
    "finding": "as faces: are they found, as they are and pasted small, turned, dark, blurred?",
    "baseline": "zip or folder CLASS/PERSON_NUMBER.jpg: with and without a person's neutral face",
    "digits": "folder CLASS/NAME.png, .npz, or IDX pair IMAGES LABELS",
    "comments": "JSON list of {labels, comment}",
    "tone": "as comments: each said in every tone, judged by an independent analyser",
    "kindness": "TSV 'comments … hate', 'text reason' or reviews; JSON list of {labels, comment}",
    "chat": "CSV 'Q,A': questions kept out are asked; TSV 'said about' (a regular expression)",
}


WITH_MODES = ("reviews", "robustness", "why")
"""Tasks that the review models answer, in either mode."""


def evaluate(
    task: str,
    data: Sequence[Path],
    limit: int | None = None,
    mode: str | None = None,
    **compared: Any,
) -> dict[str, object]:
    """Return the metrics of *task* on *data* (see each module of training.evaluation).

    Args:
        compared: ``train`` and ``others`` of the task ``comments``.
        mode: ``"precise"`` (if ``None``) or ``"instant"``, for the tasks of ``WITH_MODES``.

    Raises:
        InputError: the data cannot be read or is not of the task's layout, or the task has
            no modes.
    """
    if mode is not None and task not in WITH_MODES:
        raise InputError(
            f"'{task}'에는 --mode가 없어요.",
            f"'{task}' has no --mode; {', '.join(WITH_MODES)} have.",
        )
    module = importlib.import_module(f"training.evaluate.{task}")
    more = (mode,) if task in WITH_MODES else ()
    result: dict[str, object] = module.evaluate(data, limit, *more, **compared)
    return {"task": task, **result}


def table(metrics: Mapping[str, object]) -> str:
    """Return *metrics* as aligned lines of text, nested tables indented below their name."""
    lines = []
    for key, value in metrics.items():
        if isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines += [f"  {name:<12} {_cells(row)}" for name, row in value.items()]
        else:
            lines.append(f"{key:<20} {_cell(value)}")
    return "\n".join(lines)


def _cells(row: object) -> str:
    if isinstance(row, Mapping):
        return "  ".join(f"{key} {_cell(value)}" for key, value in row.items())
    return _cell(row)


def _cell(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0, or 2 when the data cannot be read."""
    layouts = "\n".join(f"  {task:<10} {layout}" for task, layout in TASKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m training.evaluate",
        description=__doc__,
        epilog="data:\n" + layouts,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=list(TASKS))
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="PATH")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write one JSON object here")
    parser.add_argument(
        "--mode", choices=MODES, help=f"{', '.join(WITH_MODES)}: which models (precise)"
    )
    parser.add_argument("--limit", type=int, help="score only the first N items")
    parser.add_argument("--train", type=Path, help="comments: what was trained on; adds the medoid")
    parser.add_argument("--models", type=Path, nargs="+", default=[], help="comments: more writers")
    options = parser.parse_args(argv)
    compared = {"train": options.train, "others": options.models}
    if options.task != "comments":
        if options.train or options.models:
            parser.error("--train and --models are for the task comments")
        compared = {}
    try:
        metrics = evaluate(options.task, options.data, options.limit, options.mode, **compared)
    except (MaumgyeolError, OSError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    print(table(metrics))
    if options.json:
        options.json.write_text(json.dumps(metrics, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
