"""What background learning needs of this domain; the module is its ``LearnableDomain``.

The features are the shipped log-probabilities, whose weights hardly move, and n-grams of words
and of three and four characters, whose weights start at nothing: a correction moves those of its
own n-grams, so that sentences of the same kind follow it and others stay.

No labelled sentence ships (their licence forbids it), so what is rehearsed are everyday sentences
of the small talk's pairs (MIT) with the shipped models' own answers: to be kept are those.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.emotions import fusion, prediction
from engine.emotions.result import LABELS
from engine.learning.linear_head import Features, LinearHead
from engine.models import store
from engine.text.ngrams import Floats

REHEARSED, PAIRS = "chat", "pairs.tsv.gz"
"""The model whose questions are rehearsed, and its file."""

READ, A_LABEL = 2000, 150
"""Questions that are read, evenly spread, and how many of them a label keeps at most."""

LEAD = 0.1
"""How much likelier than the second an answer is that counts as known: others are guesses."""

domain = prediction.DOMAIN
labels: tuple[str, ...] = LABELS
model = fusion.NGRAM


def base_head() -> LinearHead:
    """Return the head that answers as shipped."""
    return prediction.base_head()


def anchors() -> tuple[Features, npt.NDArray[np.int64]]:
    """Return features (N, F) of everyday sentences and the (N,) emotions that are answered.

    Raises:
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    texts = store.load(REHEARSED, _questions)
    seven = _shipped(texts)
    second, first = np.sort(np.exp(seven), axis=1)[:, -2:].T
    answered = np.where(first - second >= LEAD, seven.argmax(axis=1), -1)
    rows = np.concatenate([np.flatnonzero(answered == n)[:A_LABEL] for n in range(len(LABELS))])
    rows = np.random.default_rng(0).permutation(rows)  # half of them is held out, in turn
    return prediction.features(seven[rows], [texts[row] for row in rows]), answered[rows]


def embed(payloads: Sequence[bytes]) -> Features:
    """Return the features (N, F) of corrected texts.

    Raises:
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    texts = [item.decode("utf-8", "replace") for item in payloads]
    return prediction.features(fusion.chances(texts).seven, texts)


@lru_cache(maxsize=1)
def _shipped(texts: tuple[str, ...]) -> Floats:
    """Return the shipped (N, 7) log-probabilities: seconds, so they are computed once."""
    return fusion.chances(texts).seven


def _questions(folder: Path) -> tuple[str, ...]:
    """Read some questions, evenly spread.

    Raises:
        OSError, ValueError: the file is not there, or another one.
    """
    lines = gzip.decompress((folder / PAIRS).read_bytes()).decode("utf-8").splitlines()
    found = sorted({line.split("\t")[0] for line in lines if line.strip()})
    if len(found) < READ:
        raise ValueError(f"{PAIRS} holds {len(found)} questions only")
    return tuple(found[round(row)] for row in np.linspace(0, len(found) - 1, READ))
