"""Score the fine emotions on KOTE: ``training.evaluate kote``.

Data is KOTE's TSV ``ID text labels`` without a header, labels as numbers 0..43 with commas.
All 44 labels count, 없음 (none) too, as in the data set's own paper; ``micro_f1_shown``
leaves it out, as the product does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine import emotions
from engine.core.errors import InputError
from engine.emotions.prediction import kote_marks
from engine.emotions.result import KOTE_LABELS, NONE


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return ``micro_f1``, ``macro_f1``, ``micro_f1_shown``, ``per_class`` and speed.

    Raises:
        InputError: the data is of another layout or is empty.
    """
    rows = [row for path in data for row in read(path)][:limit]
    if not rows:
        raise InputError("평가할 글이 없어요.", "There are no texts to score.")
    model = emotions.predict("준비").model  # loading is not part of the time an item
    start = time.perf_counter()
    shown = kote_marks([text for text, _ in rows])
    seconds = time.perf_counter() - start
    truth = np.zeros(shown.shape, bool)
    for row, (_, labels) in enumerate(rows):
        truth[row, list(labels)] = True
    met = truth.sum(axis=0) > 0
    each = _f1(shown, truth)
    fine = np.array([name != NONE for name in KOTE_LABELS])
    return {
        "n": len(rows),
        "micro_f1": float(_f1(shown.reshape(-1, 1), truth.reshape(-1, 1))[0]),
        "macro_f1": float(each[met].mean()),
        "micro_f1_shown": float(
            _f1(shown[:, fine].reshape(-1, 1), truth[:, fine].reshape(-1, 1))[0]
        ),
        "per_class": {
            name: {"f1": float(each[i]), "support": int(truth[:, i].sum())}
            for i, name in enumerate(KOTE_LABELS)
            if met[i]
        },
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(rows),
        "model": model,
    }


def _f1(shown: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return each column's F1."""
    return 2 * (shown & truth).sum(axis=0) / np.maximum(1, shown.sum(axis=0) + truth.sum(axis=0))


def read(path: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the texts of a file with their labels' numbers.

    Raises:
        InputError: it is not UTF-8, or a row is not ``ID text labels``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"UTF-8이 아니에요: {path}", f"Not UTF-8: {path} ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _, text, cell = line.rstrip("\r").split("\t")
            labels = tuple(int(part) for part in cell.split(",") if part)
            if not text.strip() or not all(0 <= label < len(KOTE_LABELS) for label in labels):
                raise ValueError(line)
        except ValueError as error:
            raise InputError(
                f"'ID text labels' 형식(라벨은 0-43)이 아니에요: {path}, {number}번째 줄",
                f"{path}, line {number}, is not 'ID text labels' with labels 0 to 43 ({error})",
            ) from error
        yield text, labels
