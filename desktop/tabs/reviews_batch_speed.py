"""How fast this machine reads texts like those of a file, measured on its first rows; no Qt."""

from __future__ import annotations

import time
from collections.abc import Sequence

from engine.jobs import Progress

_TEXTS = 48
"""Texts that are read in precise mode: a few tenths of a second."""

_TIMES = 20
"""How often the instant mode reads the same texts: once would be too short to measure."""


def measure(texts: Sequence[str], progress: Progress) -> dict[str, float]:
    """Return rows a second by mode; nothing where no text can be read.

    Raises:
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    from engine.reviews import INSTANT, PRECISE, predict_many
    from engine.text import MAX_CHARACTERS, normalize

    chosen = [text for text in texts if len(text) <= MAX_CHARACTERS and normalize(text)][:_TEXTS]
    found: dict[str, float] = {}
    if not chosen:
        return found
    for mode, sample in ((PRECISE, chosen), (INSTANT, chosen * _TIMES)):
        predict_many(chosen[:1], progress, mode=mode)  # loads the model
        start = time.perf_counter()
        predict_many(sample, progress, mode=mode)
        found[mode] = len(sample) / (time.perf_counter() - start)
    return found
