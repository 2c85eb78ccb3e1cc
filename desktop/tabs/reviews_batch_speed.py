"""How fast this machine reads texts like those of a file, measured on its first rows; no Qt."""

from __future__ import annotations

import time
from collections.abc import Sequence

from engine.jobs import Progress

_ROWS = 480
"""Rows that are read at a time, as many as a batch does."""

_SECONDS = 0.4
"""How long a mode is measured at least."""


def measure(texts: Sequence[str], mode: str, progress: Progress) -> float | None:
    """Return rows a second in *mode*, ``None`` where no text can be read.

    Raises:
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    from engine.reviews import predict_many
    from engine.text import MAX_CHARACTERS, normalize

    chosen = [text for text in texts if len(text) <= MAX_CHARACTERS and normalize(text)]
    if not chosen:
        return None
    sample = (chosen * -(-_ROWS // len(chosen)))[:_ROWS]
    predict_many(chosen[:1], progress, mode=mode)  # loads the model
    start, rows, passed = time.perf_counter(), 0, 0.0
    while passed < _SECONDS:
        predict_many(sample, progress, mode=mode)
        rows += len(sample)
        passed = time.perf_counter() - start
    return rows / passed
