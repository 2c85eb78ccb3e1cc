"""Are the words that are said to decide those that do? ``training.evaluate why``.

The deletion check: the words with the most weight for the answered label are deleted, and
as many random ones instead, and the answer's probability is taken again. Data as for
``reviews``; its labels are not needed. Texts of fewer than four white-space words are left
out. A fifth of a text's words is deleted, one at least.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine import reviews
from engine.core.errors import InputError
from engine.reports.sets import reviews as sets
from engine.reviews.result import POSITIVE, PRECISE, ReviewResult
from engine.text.evidence import Evidence

LEAST_WORDS = 4
SHARE = 0.2
DRAWS = 3
"""Random deletions a text."""


@dataclass(frozen=True)
class Deleted:
    """A text, and what is left of it: without the top words, and without random ones."""

    result: ReviewResult
    without_top: str
    without_random: tuple[str, ...]


def evaluate(data: Sequence[Path], limit: int | None, mode: str | None = None) -> dict[str, object]:
    """Return ``fall_top`` and ``fall_random`` (mean fall of the answer's probability),
    ``better`` (share of texts where the top words' fall is larger than the random ones'
    mean), and ``ms_per_item`` (an explained answer, the morpheme analyser running).

    Raises:
        InputError: the data cannot be read or has no text of four words.
    """
    texts = [item.text for item in sets.read(data, limit).items]
    chosen = [text for text in texts if len(text.split()) >= LEAST_WORDS]
    if not chosen:
        raise InputError(
            "낱말이 네 개 이상인 글이 없어요.", "There is no text of four words or more."
        )
    return check(chosen, mode or PRECISE)


def check(texts: Sequence[str], mode: str) -> dict[str, object]:
    """Return the metrics of *texts* of four words or more."""
    reviews.predict(texts[0], mode=mode)  # loads models and analyser
    start = time.perf_counter()
    explained = [reviews.predict(text, mode=mode) for text in texts]
    seconds = time.perf_counter() - start
    rng = np.random.default_rng(0)
    deleted = [_deleted(result, rng) for result in explained]
    top = _falls([(item.result, item.without_top) for item in deleted], mode)
    drawn = _falls([(d.result, text) for d in deleted for text in d.without_random], mode)
    random = drawn.reshape(-1, DRAWS).mean(axis=1)
    return {
        "n": len(texts),
        "fall_top": float(top.mean()),
        "fall_random": float(random.mean()),
        "better": float((top > random).mean()),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(texts),
        "model": explained[0].model,
    }


def _deleted(result: ReviewResult, rng: np.random.Generator) -> Deleted:
    words = _words(result.text)
    side = 1.0 if result.label == POSITIVE else -1.0
    weight = [side * _weight(word, result.evidence) for word in words]
    count = max(1, round(SHARE * len(words)))
    best = np.argsort(weight, kind="stable")[::-1][:count]
    draws = [rng.choice(len(words), count, replace=False) for _ in range(DRAWS)]
    return Deleted(
        result,
        _without(result.text, words, best.tolist()),
        tuple(_without(result.text, words, draw.tolist()) for draw in draws),
    )


def _words(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


def _weight(word: tuple[int, int], evidence: Sequence[Evidence]) -> float:
    """Return the weight of the evidence that lies in a word; of a longer one, its share."""
    total = 0.0
    for item in evidence:
        shared = min(word[1], item.end) - max(word[0], item.start)
        total += item.weight * max(0, shared) / (item.end - item.start)
    return total


def _without(text: str, words: Sequence[tuple[int, int]], left_out: Sequence[int]) -> str:
    return " ".join(text[a:b] for i, (a, b) in enumerate(words) if i not in set(left_out))


def _falls(pairs: Sequence[tuple[ReviewResult, str]], mode: str) -> np.ndarray:
    """Return how far the answered label's probability falls from each text to the other."""
    after = reviews.predict_many([text for _, text in pairs], mode=mode)
    return np.array(
        [
            before.confidence - (new.positive if before.label == POSITIVE else 1 - new.positive)
            for (before, _), new in zip(pairs, after, strict=True)
        ]
    )
