"""The floor under the comment writer: no model, only the training comments themselves.

``python -m training.baselines --train comments_train.json --data report.json`` prints the
shipped model and the medoid in one table. The medoid answers with that training comment of
the same label set which is most like the set's other comments (character 1- to 4-grams);
an unseen set takes the one with the most labels in common.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.comments.rerank import similarity
from training.comments_data import Pair
from training.evaluation import comments as evaluation
from training.evaluation.comments_metrics import text_metrics

MOST = 200
"""Comments of one set that are compared; more change nothing but the time."""


class Medoid:
    """Answers with training comments, one a label set."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        groups: dict[frozenset[str], list[str]] = {}
        for pair in pairs:
            groups.setdefault(frozenset(pair.labels), []).append(pair.comment)
        self._answers = {labels: _typical(texts[:MOST]) for labels, texts in groups.items()}

    def answer(self, labels: Sequence[str]) -> str:
        """Return the typical comment of the set, or of the nearest one (Jaccard)."""
        asked = frozenset(labels)
        if asked not in self._answers:
            asked = max(self._answers, key=lambda known: len(known & asked) / len(known | asked))
        return self._answers[asked]


def _typical(texts: Sequence[str]) -> str:
    return texts[int(similarity(texts).sum(1).argmax())]


def compare(train: Path, data: Sequence[Path], limit: int | None) -> dict[str, dict[str, object]]:
    """Return the metrics of the shipped model, of the medoid, and of their difference."""
    pairs = evaluation.read(data)[:limit]
    medoid = Medoid(evaluation.read([train]))
    floor = text_metrics(pairs, [medoid.answer(pair.labels) for pair in pairs])
    model = evaluation.evaluate(data, limit, train)
    gain = {key: float(str(model[key])) - value for key, value in floor.items()}
    return {"model": model, "medoid": dict(floor), "gain": dict(gain)}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; write it as JSON on request."""
    parser = argparse.ArgumentParser(prog="python -m training.baselines")
    parser.add_argument("--train", type=Path, required=True, help="what the medoid knows")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="what is scored")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args(argv)
    rows = compare(options.train, options.data, options.limit)
    names = list(rows["medoid"])
    print(f"{'':<16}" + "".join(f"{name:>9}" for name in rows))
    for name in names:
        print(f"{name:<16}" + "".join(f"{row[name]:9.4f}" for row in rows.values()))
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
