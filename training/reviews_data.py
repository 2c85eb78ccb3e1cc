"""Reading rated reviews, and keeping films together when a part is held out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.reporting.sets.rows import read_tsv

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
