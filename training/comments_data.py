"""The photo comments as training pairs: reading, splitting, and pieces of text.

``python -m training.comments_data --data comments_train.json --out FOLDER`` writes the
three splits that the model card's figures are made on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.comments.labels import split_labels

SPLITS = {"stop": 40, "report": 93}
"""Held out, in thousandths of the rows: for early stopping and tuning; for figures only."""

SEEN = "label_sets.txt"
"""Hashes of the label sets that a model was trained on, one a line, in its folder."""

_SENTENCE = re.compile(r"[^.!?…]*[.!?…]+[^\w.!?…]*|[^.!?…]+$")


@dataclass(frozen=True)
class Pair:
    """One photo's labels and the comment that was written for it."""

    labels: tuple[str, ...]
    comment: str


def read_pairs(path: Path) -> list[Pair]:
    """Read a JSON list of ``{"labels": "기쁨, 나무", "comment": "…"}``.

    Raises:
        ValueError: the file is not such a list.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError(f"{path} is not a list of labels and comments")
    try:
        return [Pair(split_labels(row["labels"]), row["comment"].strip()) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a list of labels and comments") from error


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Write pairs in the layout that :func:`read_pairs` reads."""
    rows = [{"labels": ", ".join(pair.labels), "comment": pair.comment} for pair in pairs]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")


def split(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Part the pairs into ``fit``, ``stop`` and ``report`` by a hash of each row.

    Equal rows stay together. Label sets with a single row become unseen ones when that
    row is held out, which gives the share of unseen sets (about 18 %) of the final test.
    """
    parts: dict[str, list[Pair]] = {"fit": [], "stop": [], "report": []}
    for pair in pairs:
        key = ", ".join(pair.labels) + "\t" + pair.comment
        bucket = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 1000
        if bucket < SPLITS["stop"]:
            parts["stop"].append(pair)
        elif bucket < SPLITS["stop"] + SPLITS["report"]:
            parts["report"].append(pair)
        else:
            parts["fit"].append(pair)
    return parts


def set_hash(labels: Sequence[str]) -> str:
    """Return twelve digits that stand for a set of labels, in whatever order.

    >>> set_hash(("기쁨", "나무")) == set_hash(("나무", "기쁨"))
    True
    """
    return hashlib.sha256(", ".join(sorted(set(labels))).encode()).hexdigest()[:12]


def sentences(comment: str) -> list[str]:
    """Split a comment into sentences; emoji after the full stop stay with theirs.

    >>> sentences("슬퍼 보이네요... 😢 재킷이 멋져요!")
    ['슬퍼 보이네요... 😢', '재킷이 멋져요!']
    """
    return [part.strip() for part in _SENTENCE.findall(comment) if part.strip()]


def main(argv: Sequence[str] | None = None) -> None:
    """Write fit.json, stop.json and report.json into a folder."""
    parser = argparse.ArgumentParser(prog="python -m training.comments_data")
    parser.add_argument("--data", type=Path, required=True, help="comments_train.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for the three files")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    parts = split(read_pairs(args.data))
    seen = {frozenset(pair.labels) for pair in parts["fit"]}
    for name, pairs in parts.items():
        write_pairs(args.out / f"{name}.json", pairs)
        unseen = sum(frozenset(pair.labels) not in seen for pair in pairs)
        print(f"{name}: {len(pairs)} rows, {unseen} with a label set that fit has not")


if __name__ == "__main__":
    main()
