"""Reading rated reviews, and keeping films together when a part is held out."""

from __future__ import annotations

import itertools
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InputError
from engine.reports.sets.rows import read_tsv
from training.text.encoder.noise import CLEAR, MADE, MIDDLE, noisy
from training.text.negations import frames

HELD_OUT = 12
"""One film in this many is kept out of training, for calibration."""


@dataclass(frozen=True)
class Reviews:
    """Ratings (N,) 1..10, the films' numbers (N,), and N texts."""

    rating: NDArray[np.int64]
    film: NDArray[np.int64]
    texts: list[str]

    @property
    def held_out(self) -> NDArray[np.bool_]:
        """(N,) whether the row's film is kept out of training; the same on any machine."""
        chosen = {int(f): zlib.crc32(str(f).encode()) % HELD_OUT == 0 for f in np.unique(self.film)}
        return np.array([chosen[int(f)] for f in self.film], dtype=bool)


def read_rated(path: Path, limit: int | None = None) -> Reviews:
    """Read `review_id movie_id rating text`; rows without text are left out.

    Raises:
        InputError: a column is missing or a rating is not a number.
    """
    rating, film, texts = [], [], []
    for row in read_tsv(path):
        try:
            text = row.get("text", "")
            if text.strip():
                rating.append(int(row["rating"]))
                film.append(int(row["movie_id"]))
                texts.append(text)
        except (KeyError, ValueError) as error:
            raise InputError(
                f"열 'review_id movie_id rating text'가 필요해요: {path}",
                f"{path} needs the columns 'review_id movie_id rating text' ({error!r})",
            ) from error
    if limit is not None and limit < len(texts):
        chosen = np.sort(np.random.default_rng(0).choice(len(texts), limit, replace=False))
        rating = [rating[i] for i in chosen]
        film = [film[i] for i in chosen]
        texts = [texts[i] for i in chosen]
    return Reviews(np.array(rating, np.int64), np.array(film, np.int64), texts)


# ----------------------------------------------------------------------------------------
# Negated phrases that reviews with a clear rating hardly hold, written for training.
#
# "별로 나쁘지 않다" is mild praise, but 별로 and 않다 each come from bad reviews, and the people
# who write it give 6 to 8 points, which the polarity head does not see. Each stem, negation
# and opening is joined with every other; praise denied is the opposite case.

_BLAME = (
    "나쁘", "지루하", "싫", "유치하", "허접하", "실망스럽", "아깝", "형편없", "시시하", "어렵",
    "후지", "재미없", "심하", "부족하", "밉",
)  # fmt: skip
_PRAISE = (
    "재미있", "재밌", "좋", "추천하고 싶", "훌륭하", "감동적이", "아름답", "웃기", "보고 싶",
    "신나", "기대되", "만족스럽",
)  # fmt: skip
_NEGATIONS = (
    "지 않다", "지 않아요", "지 않네요", "지 않았다", "지 않았어요", "지 않음", "지 않네",
    "진 않다", "지는 않다", "지는 않아요", "지 않은 영화", "지 않습니다", "지 않았음",
    "지는 않았어요",
)  # fmt: skip
_OPENINGS = ("", "별로 ", "그렇게 ", "전혀 ", "하나도 ", "그다지 ", "딱히 ", "생각보다 ")

MILD_PRAISE = 8
"""Rating that stands for blame denied."""

CLEAR_BLAME = 3
"""Rating that stands for praise denied."""


def phrases() -> list[tuple[str, int]]:
    """Return (phrase, rating 1..10) pairs.

    >>> ("별로 나쁘지 않다", 8) in phrases()
    True
    """
    return [
        (opening + stem + negation, rating)
        for stems, rating in ((_BLAME, MILD_PRAISE), (_PRAISE, CLEAR_BLAME))
        for opening, stem, negation in itertools.product(_OPENINGS, stems, _NEGATIONS)
    ]


# ----------------------------------------------------------------------------------------
# What the review model learns beside reviews: written phrases; on request noisy copies, denials.
#
# Reviews that deny, contrast and concede are rare, and typing errors hide n-grams. The same
# grammar and the same errors teach the encoder (:mod:`training.text.encoder.noise`).

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
    grammar = frames.generate(min(frames.COUNT, len(texts)), seed)
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
