"""The kindness filter's classifier: how likely a text is hateful or offensive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import models

if TYPE_CHECKING:
    from engine.ngram_model import NgramModel

NAME = "kindness"
FILE = "kindness.npz"
THRESHOLD = "threshold"
"""The model's extra array: the chance from which a text counts as unkind."""


def chances(texts: Sequence[str]) -> tuple[list[float], float]:
    """Return the chance in 0..1 that each text is unkind, and the model's threshold.

    Raises:
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    import numpy as np

    from engine import ngrams

    model = _model()
    odds = model.logits([ngrams.fold(text) for text in texts])[:, 0].astype(np.float64)
    return (1 / (1 + np.exp(-odds))).tolist(), float(model.extra[THRESHOLD])


def _model() -> NgramModel:
    from engine import ngram_model

    return models.load(NAME, ngram_model.read)
