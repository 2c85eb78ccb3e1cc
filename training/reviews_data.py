"""Reading rated reviews, and keeping films together when a part is held out."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.reviews.results import NEGATIVE, POSITIVE

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


def read_tsv(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a TSV (or .gz) with a header, without any quoting.

    Raises:
        InputError: it is not UTF-8, or empty.
    """
    try:
        with _opened(path) as lines:
            header = next(iter(lines), "").rstrip("\r\n").split("\t")
            for line in lines:
                cells = line.rstrip("\r\n").split("\t", len(header) - 1)
                yield dict(zip(header, cells, strict=False))
    except UnicodeDecodeError as error:
        raise InputError(f"UTF-8이 아니에요: {path}", f"Not UTF-8: {path} ({error})") from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8-sig", newline="\n"))
    return path.open(encoding="utf-8-sig", newline="\n")


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


def label_of(rating: int) -> str | None:
    """Return the label of a rating by NSMC's protocol; 5 to 8 have none.

    >>> label_of(1), label_of(6), label_of(9)
    ('부정', None, '긍정')
    """
    if rating <= 4:
        return NEGATIVE
    return POSITIVE if rating >= 9 else None
