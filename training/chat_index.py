"""From pairs to the model ``chat``: the pairs themselves, whitening, vectors, calibration."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.chat.index import Index, pooled, whitened
from engine.chat.layout import INDEX, PAIRS
from engine.ngrams import Floats
from training.chat_data import Pair, Split

WIDTH = 192
"""Directions of most variance that are kept of the encoder's 256."""

_LEVELS = 127


def write(pairs: Sequence[Pair], parts: Split, folder: Path) -> tuple[str, ...]:
    """Write ``pairs.tsv.gz`` and ``index.npz`` into *folder*; return their names.

    Whitening is fitted on the rows to learn from, the calibration on those for choices;
    those for the report take no part in either.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vectors = np.stack([pooled(pair.question) for pair in pairs])
    mean, matrix = whitening(vectors[list(parts.fit)], WIDTH)
    packed = np.rint(_LEVELS * whitened(vectors, mean, matrix)).astype(np.int8)
    index = Index(
        tuple(pair.question for pair in pairs),
        tuple(pair.answer for pair in pairs),
        packed,
        mean,
        matrix,
        (0.0, 0.0),
    )
    spread = calibrated(index, pairs, parts)
    rows = "".join(f"{_line(pair.question)}\t{_line(pair.answer)}\n" for pair in pairs)
    (folder / PAIRS).write_bytes(gzip.compress(rows.encode(), 9, mtime=0))
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        vectors=packed,
        mean=mean.astype(np.float16),
        matrix=matrix.astype(np.float16),
        spread=np.array(spread, np.float64),
    )
    (folder / INDEX).write_bytes(stream.getvalue())
    return PAIRS, INDEX


def whitening(vectors: Floats, width: int) -> tuple[Floats, Floats]:
    """Return mean (K,) and matrix (K, width) that give the widest directions variance 1."""
    mean = vectors.mean(axis=0)
    values, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    width = min(width, int((values > values[-1] * 1e-9).sum()))
    matrix = directions[:, -width:] / np.sqrt(values[-width:])
    return mean.astype(np.float32), matrix.astype(np.float32)


def calibrated(index: Index, pairs: Sequence[Pair], parts: Split) -> tuple[float, float]:
    """Return intercept and slope of P(first answer is right | score), on the rows for choices.

    Too few rows, or all alike in outcome, give a flat half.
    """
    from sklearn.linear_model import LogisticRegression

    asked = index.subset(parts.fit)
    found = [asked.find(pairs[row].question, 1)[0] for row in parts.tune]
    right = [f.answer == pairs[row].answer for f, row in zip(found, parts.tune, strict=True)]
    if len(set(right)) < 2:
        return 0.0, 0.0
    scores: NDArray[np.float64] = np.array([[f.score] for f in found])
    model = LogisticRegression(C=100.0).fit(scores, right)
    return float(model.intercept_[0]), float(model.coef_[0, 0])


def _line(text: str) -> str:
    return " ".join(text.split())
