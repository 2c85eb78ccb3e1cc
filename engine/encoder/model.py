"""The encoder itself: pieces of a text, windows of pieces, onnxruntime."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine import manifest, models, ngrams
from engine.encoder.layout import FIRST, MOST_WINDOWS, NAME, ONNX, OUTPUTS, PIECES, WINDOW
from engine.ngrams import Floats, Ints

_THREADS = min(2, os.cpu_count() or 1)
_ALONE = 8
"""Up to so many texts are read without a second thread."""


@dataclass(frozen=True)
class Encoder:
    """A loaded encoder; its methods may be called from several threads at once.

    Attributes:
        session: onnxruntime's, on one thread; *pieces*: sentencepiece's processor.
    """

    session: Any
    pieces: Any

    def ids(self, text: str) -> list[int]:
        """Return the pieces of *text*, folded as in training; none of nothing."""
        return list(self.pieces.encode(ngrams.fold(text).strip()))

    def logits(self, texts: Sequence[str]) -> Floats:
        """Return the (N, 61) logits of any texts, empty ones included.

        Each text is read by itself: int8 scales follow what is read together, so a text's
        answer would depend on its neighbours in a batch, and a batch is hardly faster. A
        text longer than ``WINDOW`` pieces is read in windows; see :func:`windows`.
        """
        if len(texts) <= _ALONE:
            return self._read(texts)
        step = -(-len(texts) // _THREADS)
        parts = [texts[first : first + step] for first in range(0, len(texts), step)]
        with ThreadPoolExecutor(_THREADS) as pool:
            return np.concatenate(list(pool.map(self._read, parts)))

    def _read(self, texts: Sequence[str]) -> Floats:
        result = np.zeros((len(texts), OUTPUTS), np.float32)
        for row, text in enumerate(texts):
            ids = windows(self.ids(text))
            result[row] = self._run(ids) if len(ids) == 1 else self._mean(ids)
        return result

    def _mean(self, ids: Ints) -> Floats:
        return np.mean([self._run(window[None]) for window in ids], axis=0)  # type: ignore[no-any-return]

    def _run(self, ids: Ints) -> Floats:
        return self.session.run(["logits"], {"ids": ids})[0][0]  # type: ignore[no-any-return]


def windows(ids: Sequence[int]) -> Ints:
    """Return the (W, T) windows of a text's pieces, ``FIRST`` before each.

    One window holds a text of up to ``WINDOW`` pieces. A longer one gets as few as cover it,
    evenly spaced from its beginning to its end and ``MOST_WINDOWS`` at most; the text's
    logits are their mean, so every part that is read counts alike.

    >>> windows([7, 8])
    array([[2, 7, 8]])
    >>> windows(range(4, 304)).shape, windows(range(4, 304))[:, 1].tolist()
    ((3, 129), [4, 90, 176])
    """
    size = min(len(ids), WINDOW)
    count = min(max(1, -(-len(ids) // WINDOW)), MOST_WINDOWS)
    starts = np.linspace(0, len(ids) - size, count).astype(np.int64)
    found = np.full((count, size + 1), FIRST, np.int64)
    if size:
        found[:, 1:] = np.asarray(ids, np.int64)[starts[:, None] + np.arange(size)]
    return found


def read(folder: Path) -> Encoder:
    """Read the model's folder.

    Raises:
        Exception: a file is missing or not what it should be (onnxruntime's own errors).
    """
    import onnxruntime
    import sentencepiece

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / ONNX), options, providers=["CPUExecutionProvider"]
    )
    shapes = {output.name: output.shape for output in session.get_outputs()}
    if shapes["logits"][-1] != OUTPUTS:
        raise ValueError(f"{folder / ONNX} answers {shapes['logits']}, not {OUTPUTS} columns")
    return Encoder(session, sentencepiece.SentencePieceProcessor(model_file=str(folder / PIECES)))


def load() -> Encoder:
    """Return the shipped encoder, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return models.load(NAME, read)


def label() -> str:
    """Return name and version of the shipped encoder, for results.

    Raises:
        ModelMissingError: the manifest has none.
    """
    return manifest.entry(NAME).label


def logits(texts: Sequence[str]) -> Floats:
    """Return the shipped encoder's (N, 61) logits, columns as in ``layout``.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return load().logits(texts)


def read_in_part(text: str) -> bool:
    """Whether *text* is so long that :func:`windows` leaves parts of it out."""
    most = WINDOW * MOST_WINDOWS
    # A character is four pieces (bytes) at most, so short texts need no look.
    return 4 * len(text) > most and len(load().ids(text)) > most
