"""How much each word matters: the change of a score when the word is left out.

Occlusion (Zeiler and Fergus 2014), word by word, on the text as it was given. Leaving a
word out is something the models know from shorter texts; a masked word they have not seen
since pretraining.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.models import manifest, store
from engine.text import ngrams
from engine.text.encoder.layout import FIRST, MOST_WINDOWS, NAME, ONNX, OUTPUTS, PIECES, WINDOW
from engine.text.ngrams import Floats, Ints

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
    return store.load(NAME, read)


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


Word = tuple[int, int, str]
"""Start, end and kind of a word."""

MOST_UNITS = 40
"""More words than this are left out in groups of neighbours."""

MOST_CHUNKS = 16
"""A longer text is explained by so many evenly spaced passages."""

GROUP = "어절"
"""Kind of several words that were left out together."""


def drops(
    text: str, words: Sequence[Word], measure: Callable[[list[str]], Floats]
) -> list[tuple[Word, float]]:
    """Return the words, in text order, with how far *measure* falls without each.

    A text that the encoder reads at once is explained as a whole. A longer one is cut
    between words into passages of that size, and each word matters for its passage, divided
    by the number of passages. The cost is bounded: at most ``MOST_UNITS`` words, or groups
    of neighbours, are left out (two a passage at least), of ``MOST_CHUNKS`` passages.

    Args:
        words: separate slices of *text* in its order.
        measure: scores (N,) of N texts, which may be empty.
    """
    chunks = _chunks(text, words)
    if len(chunks) > MOST_CHUNKS:
        chosen = np.linspace(0, len(chunks) - 1, MOST_CHUNKS).astype(int)
        chunks = [chunks[i] for i in chosen]
    texts: list[str] = []
    units: list[list[Word]] = []
    for (start, end), members in chunks:
        grouped = _grouped(members, max(2, MOST_UNITS // len(chunks)))
        units.append(grouped)
        texts.append(text[start:end])
        texts += [text[start : word[0]] + text[word[1] : end] for word in grouped]
    scores = measure(texts) if texts else np.zeros(0, np.float32)
    found, at = [], 0
    for grouped in units:
        whole, without = scores[at], scores[at + 1 : at + 1 + len(grouped)]
        found += list(zip(grouped, ((whole - without) / len(chunks)).tolist(), strict=True))
        at += 1 + len(grouped)
    return found


def _chunks(text: str, words: Sequence[Word]) -> list[tuple[tuple[int, int], list[Word]]]:
    """Return passages that fit into a window (where words do), each with its words."""
    if not words:
        return []
    cuts = [0, *(word[0] for word in words[1:]), len(text)]
    sizes = _sizes([text[a:b] for a, b in itertools.pairwise(cuts)])
    found: list[tuple[tuple[int, int], list[Word]]] = []
    room = 0
    for word, start, end, size in zip(words, cuts[:-1], cuts[1:], sizes, strict=True):
        if not found or size > room:
            found.append(((start, end), []))
            room = WINDOW
        found[-1] = ((found[-1][0][0], end), [*found[-1][1], word])
        room -= size
    return found


def _sizes(parts: Sequence[str]) -> list[int]:
    encoder = load()
    # Short texts need no exact sizes: a character is four pieces (bytes) at most.
    if 4 * sum(map(len, parts)) <= WINDOW:
        return [0] * len(parts)
    return [len(encoder.ids(part)) for part in parts]


def _grouped(words: Sequence[Word], most: int) -> list[Word]:
    """Join neighbours so that at most *most* words are left."""
    if len(words) <= most:
        return list(words)
    edges = np.linspace(0, len(words), most + 1).astype(int).tolist()
    parts = [words[a:b] for a, b in itertools.pairwise(edges)]
    return [part[0] if len(part) == 1 else (part[0][0], part[-1][1], GROUP) for part in parts]
