"""What the review model learns beside reviews: written phrases; on request noisy copies, denials.

Reviews that deny, contrast and concede are rare, and typing errors hide n-grams. The same
grammar and the same errors teach the encoder (:mod:`training.encoder_noise_make`).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training import negations
from training.encoder_noise import noisy
from training.encoder_noise_make import CLEAR, MADE, MIDDLE
from training.reviews_phrases import phrases

UNCLEAR = (5, 6)
"""Ratings of written sentences that say little about the side."""


@dataclass(frozen=True)
class Extra:
    """Texts, their ratings (N,) 1..10, and (N,) whether each counts fully for the polarity."""

    texts: list[str]
    rating: NDArray[np.int64]
    clear: NDArray[np.bool_]


def written() -> Extra:
    """Return the written phrases alone."""
    made = phrases()
    return Extra(
        [text for text, _ in made],
        np.array([rating for _, rating in made], np.int64),
        np.ones(len(made), bool),
    )


def extra(texts: Sequence[str], rating: NDArray[np.int64], seed: int) -> Extra:
    """Return noisy copies of some of *texts*, and written phrases with noisy copies of some."""
    grammar = negations.generate(min(negations.COUNT, len(texts)), seed)
    made_up = [*phrases(), *((made.text, made.rating) for made in grammar)]
    chance = [CLEAR if _side(r) else MIDDLE for r in rating.tolist()]
    copies = _copies(list(zip(texts, rating.tolist(), strict=True)), chance, seed)
    again = _copies(made_up, [MADE] * len(made_up), seed + 1)
    made = np.array([r for _, r in (*made_up, *again)], np.int64)
    copied = np.array([r for _, r in copies], np.int64)
    return Extra(
        [text for text, _ in (*copies, *made_up, *again)],
        np.concatenate([copied, made]),
        np.concatenate([(copied <= 4) | (copied >= 9), ~np.isin(made, UNCLEAR)]),
    )


def _copies(
    rated: Sequence[tuple[str, int]], chance: Sequence[float], seed: int
) -> list[tuple[str, int]]:
    found = []
    for row, ((text, rating), share) in enumerate(zip(rated, chance, strict=True)):
        rng = random.Random(f"{seed} {row}")
        if rng.random() < share:
            changed = noisy(text, _side(rating), rng)
            if changed != text:
                found.append((changed, rating))
    return found


def _side(rating: int) -> int:
    return 1 if rating >= 9 else -1 if rating <= 4 else 0
