"""How much each word matters: the change of a score when the word is left out.

Occlusion (Zeiler and Fergus 2014), word by word, on the text as it was given. Leaving a
word out is something the models know from shorter texts; a masked word they have not seen
since pretraining.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from engine.encoder.layout import WINDOW
from engine.encoder.model import load
from engine.ngrams import Floats

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
