"""What a person likes in comments, learnt from choices: a conditional logit over plain features.

Each choice says that one of the shown comments was worth more than the others (McFadden 1974).
The weights are those of greatest posterior probability under a Gaussian prior around zero, so
few choices move them a little, and contradicting ones cancel out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from engine.comments.labels import mentions

Floats = npt.NDArray[np.float64]

FEATURES = (
    "length", "emoji", "exclamation", "question", "formal", "polite", "laughter", "names",
    "likeness",
)  # fmt: skip
"""Columns of :func:`features`; all are near 0..2."""

PRIOR = 0.6
"""Precision of the weights' prior."""
FADE = 0.985
"""A choice counts this much less with each one after it."""
LIKED = 12
"""So many of the latest chosen texts are what others are compared with."""

_FORMAL = re.compile(r"니다|니까|십시오")
_POLITE = re.compile(r"[요죠](?=[\s.!?~…]|$|\W)")
_LAUGHTER = re.compile(r"[ㅋㅎㅠㅜ]{2,}|~")


@dataclass(frozen=True)
class Choice:
    """One decision.

    Attributes:
        labels: the photo's.
        candidates: what was offered.
        chosen: index of the one that was taken; None when the person wrote an own text.
        edited: the text that it became, None when it was taken as it was.
    """

    labels: tuple[str, ...]
    candidates: tuple[str, ...]
    chosen: int | None
    edited: str | None

    @property
    def text(self) -> str:
        """The text that was used in the end."""
        if self.edited is not None:
            return self.edited
        return self.candidates[self.chosen] if self.chosen is not None else ""

    @property
    def options(self) -> tuple[tuple[str, ...], int]:
        """The texts that were compared, and the index of the one preferred."""
        if self.edited is not None:
            return (*self.candidates, self.edited), len(self.candidates)
        return self.candidates, self.chosen or 0


@dataclass(frozen=True)
class Taste:
    """What was learnt: weights (F,) of ``FEATURES``, and the texts that were liked lately."""

    weights: Floats
    liked: tuple[str, ...]

    def worth(self, texts: Sequence[str], labels: Sequence[str]) -> Floats:
        """Return each text's log-odds (N,) of being chosen, around a mean of zero."""
        value = features(texts, labels, self.liked) @ self.weights
        return np.asarray(value - value.mean(), dtype=np.float64)


def features(texts: Sequence[str], labels: Sequence[str], liked: Sequence[str]) -> Floats:
    """Return what is known of each text, (N, F)."""
    return np.array([_row(text, labels, liked) for text in texts], np.float64).reshape(
        len(texts), len(FEATURES)
    )


def learn(choices: Sequence[Choice]) -> Taste:
    """Fit the weights to *choices*, oldest first, by Newton's method."""
    sets: list[tuple[Floats, int, float]] = []
    liked: list[str] = []
    for number, choice in enumerate(choices):
        texts, best = choice.options
        rows = features(texts, choice.labels, liked[-LIKED:])
        sets.append((rows - rows.mean(0), best, FADE ** (len(choices) - 1 - number)))
        liked.append(choice.text)
    weights = np.zeros(len(FEATURES))
    for _ in range(20):
        slope, curve = -PRIOR * weights, PRIOR * np.eye(len(FEATURES))
        for rows, best, counts in sets:
            chance = np.exp(rows @ weights - (rows @ weights).max())
            chance /= chance.sum()
            mean = chance @ rows
            slope += counts * (rows[best] - mean)
            curve += counts * ((rows * chance[:, None]).T @ rows - np.outer(mean, mean))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return Taste(weights, tuple(liked[-LIKED:]))


def _row(text: str, labels: Sequence[str], liked: Sequence[str]) -> tuple[float, ...]:
    named = sum(mentions(label, text) for label in labels)
    return (
        min(len(text), 120) / 20,
        min(_pictures(text), 4) / 2,
        min(text.count("!"), 4) / 2,
        float("?" in text),
        float(bool(_FORMAL.search(text))),
        float(bool(_POLITE.search(text))),
        float(bool(_LAUGHTER.search(text))),
        named / max(len(labels), 1),
        max((_likeness(text, other) for other in liked), default=0.0),
    )


def _pictures(text: str) -> int:
    return sum(unicodedata.category(character) == "So" for character in text)


def _likeness(one: str, other: str) -> float:
    """Return the share of character bigrams and trigrams in common (Dice), in 0..1."""
    a, b = _grams(one), _grams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + n] for n in (2, 3) for i in range(len(text) - n + 1))
