"""The encoder's logits and the n-gram model's scores as probabilities of emotions.

``calibration.json`` of the encoder holds the numbers; ``training.text.encoder.fit`` fits them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.models import store
from engine.text import encoder, ngrams
from engine.text import ngrams as ngram_model
from engine.text.encoder.layout import CALIBRATION, EMOTION, KOTE, NAME
from engine.text.ngrams import Floats

NGRAM = "emotions-ngram"


@dataclass(frozen=True)
class Fusion:
    """How both models are joined.

    Attributes:
        encoder, ngram: factors of their log-probabilities of the seven emotions.
        threshold: probability from which a fine emotion is shown.
    """

    encoder: float
    ngram: float
    threshold: float


@dataclass(frozen=True)
class Chances:
    """Log-probabilities (N, 7) of the emotions, and probabilities (N, 44) of KOTE's labels."""

    seven: Floats
    kote: Floats


def read(folder: Path) -> Fusion:
    """Read the encoder's calibration.

    Raises:
        OSError, ValueError, KeyError: it is not there, or is another file.
    """
    found = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
    seven = found["emotions"]
    return Fusion(float(seven["encoder"]), float(seven["ngram"]), float(found["kote"]["threshold"]))


def fusion() -> Fusion:
    """Return the shipped numbers, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: the encoder is not there or damaged.
    """
    return store.load(NAME, read)


def chances(texts: Sequence[str]) -> Chances:
    """Return what both models say of any texts, empty ones included.

    Raises:
        ModelMissingError, ModelCorruptError: a model is not there or damaged.
    """
    joined, logits = fusion(), encoder.logits(texts)
    instant = store.load(NGRAM, ngram_model.read).logits([ngrams.fold(item) for item in texts])
    seven = joined.encoder * _log_softmax(logits[:, EMOTION]) + joined.ngram * _log_softmax(instant)
    return Chances(_log_softmax(seven), 0.5 + 0.5 * np.tanh(0.5 * logits[:, KOTE]))


def _log_softmax(scores: Floats) -> Floats:
    lifted = scores.astype(np.float64)
    lifted -= lifted.max(axis=1, keepdims=True)
    return lifted - np.log(np.exp(lifted).sum(axis=1, keepdims=True))  # type: ignore[no-any-return]
