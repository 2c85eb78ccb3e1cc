"""Which words of a review decided in precise mode: what happens without each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.reviews import fusion
from engine.reviews.model import POLARITY, Answering
from engine.text import alignment, ngrams
from engine.text.encoder import model
from engine.text.encoder.model import Word
from engine.text.evidence import Evidence
from engine.text.morphemes import Morpheme, content_words
from engine.text.ngrams import NgramModel


def character_weights(text: str, answering: Answering) -> NDArray[np.float64]:
    """Return the (len(text),) share of the log-odds that each original character carries.

    Every n-gram's part of the score is spread evenly over its characters, every pattern's
    over the window where it fits best; the sum is the score without its constants.
    """
    folded, spans = alignment.align(text)
    carried = np.zeros(len(text) + 1)
    if not text:
        return carried[:-1]
    base = answering.shipped
    each = answering.share * _ngram_parts(folded, base.ngrams)
    to_log_odds = np.array([answering.share, 0.0], np.float32)
    each += base.patterns.contributions(folded, to_log_odds)
    if answering.personal is not None:
        each += _ngram_parts(folded, answering.personal)
    # The spaces around the text belong to its first and last characters.
    start = np.minimum(spans[:, 0], len(text) - 1)
    width = np.maximum(spans[:, 1] - spans[:, 0], 1)
    np.add.at(carried, start, each / width)
    np.subtract.at(carried, start + width, each / width)
    return np.asarray(np.cumsum(carried)[:-1])


def _ngram_parts(folded: str, heads: NgramModel) -> NDArray[np.float64]:
    """Return the (len(folded),) share of the n-grams' log-odds."""
    found = ngrams.ngrams([folded], heads.spec)
    buckets, inverse, count = np.unique(found.bucket, return_inverse=True, return_counts=True)
    weights = heads.weights[found.bucket, POLARITY] / np.sqrt(max(len(buckets), 1))
    per = weights / count[inverse] / (found.end - found.start)
    steps = np.zeros(len(folded) + 1)
    np.add.at(steps, found.start, per)
    np.subtract.at(steps, found.end, per)
    return np.asarray(np.cumsum(steps)[:-1])


def words(
    morphemes: Sequence[Morpheme], spans: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int, str]]:
    """Return start, end and kind of what can be evidence, in text order.

    A content word takes the particles and endings that are joined to it; *spans* (the
    strong word of a rule) merge the words they touch into one.
    """
    return _merge(content_words(morphemes), spans)


def gather(
    text: str, words: Sequence[tuple[int, int, str]], answering: Answering
) -> list[Evidence]:
    """Return each word with its characters' share of the instant log-odds."""
    sums = np.concatenate([[0.0], np.cumsum(character_weights(text, answering))])
    return [
        Evidence(start, end, text[start:end], float(sums[end] - sums[start]), kind)
        for start, end, kind in words
    ]


def _merge(
    words: list[tuple[int, int, str]], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Join the words that one span touches, the span included."""
    for start, end in spans:
        touched = [word for word in words if word[0] < end and start < word[1]]
        if touched:
            first = min(start, touched[0][0])
            last = max(end, touched[-1][1])
            words = [word for word in words if word not in touched]
            words.append((first, last, touched[-1][2]))
            words.sort()
    return words


def contributions(text: str, words: Sequence[Word], answering: Answering) -> list[Evidence]:
    """Return each word with how far the precise log-odds of 긍정 fall without it.

    Raises:
        ModelMissingError, ModelCorruptError: a model is not there or damaged.
    """
    found = model.drops(text, words, lambda texts: fusion.log_odds(answering, texts))
    return [
        Evidence(start, end, text[start:end], weight, kind) for (start, end, kind), weight in found
    ]
