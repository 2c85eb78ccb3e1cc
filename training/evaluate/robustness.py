"""Score the shipped review models on hard minimal pairs: ``training.evaluate robustness``.

Data is a TSV ``kind text label pair``: label 0 negative, 1 positive; the two sentences
of a pair differ little and have opposite labels. Keys as of ``reviews``, and more:
``per_kind`` {kind: {n, accuracy, pairs, pairs_right}}, ``pairs`` (how many are whole)
and ``pairs_right`` (share of those with both sentences right).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine import reviews
from engine.core.errors import InputError
from engine.learning.metrics import classification_metrics
from engine.reports.sets.rows import read_tsv
from engine.reviews.result import LABELS, NEGATIVE, POSITIVE, PRECISE


@dataclass(frozen=True)
class Item:
    """One sentence: what makes it hard, its label, and the pair it belongs to."""

    kind: str
    text: str
    label: str
    pair: str


def read(path: Path) -> list[Item]:
    """Return the sentences of a file, in order.

    Raises:
        InputError: a column is missing, a cell is empty, or a label is neither 0 nor 1.
    """
    items = []
    for row in read_tsv(path):
        try:
            label = {"0": NEGATIVE, "1": POSITIVE}[row["label"].strip()]
            item = Item(row["kind"].strip(), row["text"].strip(), label, row["pair"].strip())
        except KeyError as error:
            raise _other_layout(path, repr(error)) from error
        if not (item.kind and item.text and item.pair):
            raise _other_layout(path, f"an empty cell in {row}")
        items.append(item)
    return items


def evaluate(data: Sequence[Path], limit: int | None, mode: str | None = None) -> dict[str, object]:
    """Return the metrics of the module's first lines.

    Raises:
        InputError: the data is of another layout or is empty.
    """
    items = [item for path in data for item in read(path)][:limit]
    if not items:
        raise InputError("평가할 문장이 없어요.", "There are no sentences to score.")
    mode = mode or PRECISE
    reviews.predict("준비", explain=False, mode=mode)  # loading is not part of the time an item
    start = time.perf_counter()
    results = reviews.predict_many([item.text for item in items], mode=mode)
    seconds = time.perf_counter() - start
    predicted: list[str | None] = [result.label for result in results]
    metrics = classification_metrics(
        [item.label for item in items], predicted, [r.confidence for r in results], LABELS
    )
    recalls = [row["recall"] for row in metrics["per_class"].values()]  # type: ignore[attr-defined]
    right = [item.label == label for item, label in zip(items, predicted, strict=True)]
    return {
        **metrics,
        "balanced_accuracy": float(np.mean(recalls)),
        **_by_pair(zip(items, right, strict=True)),
        "per_kind": _by_kind(items, right),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(items),
        "model": results[0].model,
    }


def _by_kind(items: Sequence[Item], right: Sequence[bool]) -> dict[str, dict[str, float | int]]:
    table: dict[str, dict[str, float | int]] = {}
    for kind in dict.fromkeys(item.kind for item in items):
        part = [(i, r) for i, r in zip(items, right, strict=True) if i.kind == kind]
        accuracy = sum(hit for _, hit in part) / len(part)
        table[kind] = {"n": len(part), "accuracy": accuracy, **_by_pair(part)}
    return table


def _by_pair(scored: Iterable[tuple[Item, bool]]) -> dict[str, float | int]:
    """Count whole pairs and the share of them with both right; a half one, cut off, is none."""
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for item, hit in scored:
        hits[item.pair].append(hit)
    whole = [all(both) for both in hits.values() if len(both) == 2]
    return {"pairs": len(whole), "pairs_right": sum(whole) / len(whole) if whole else 0.0}


def _other_layout(path: Path, reason: str) -> InputError:
    return InputError(
        f"열 'kind text label pair'가 필요하고 label은 0이나 1이어야 해요: {path}",
        f"{path} needs the columns 'kind text label pair', label 0 or 1 ({reason})",
    )
