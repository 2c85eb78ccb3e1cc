"""Batches of texts of alike length, and the masking of whole words.

Everything is a function of (seed, epoch) or (seed, step), so that a run that was stopped
goes on as if it never had been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.encoder.layout import FIRST, MASK, PAD, SPECIAL
from training.encoder_pack import Bools, Ints, Pack

STEP = 8
"""Batches are padded to multiples of so many pieces, so that few widths occur."""

T = TypeVar("T")


@dataclass(frozen=True)
class Masked:
    """A batch to guess pieces in.

    Attributes:
        ids: (B, W) pieces, some of them masked or replaced.
        at: (M,) which places of the flattened ids are to be guessed; *truth*: (M,) by what.
    """

    ids: Ints
    at: Ints
    truth: Ints


def widths(pack: Pack, longest: int) -> Ints:
    """Return (N,) padded sizes of the texts, cut to *longest*, with the first piece."""
    return -(-(np.minimum(pack.length, longest) + 1) // STEP) * STEP


def plan(rows: Ints, width: Ints, tokens: int, most: int, seed: tuple[int, int]) -> list[Ints]:
    """Cut *rows* (they may repeat) into shuffled batches of alike width.

    Args:
        width: (N,) of every text of the pack.
        tokens: a batch's size times its width is at most this (but it has one row at least).
        most: rows a batch at most.
        seed: of the run, and the epoch.
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(rows)
    order = order[np.argsort(-width[order], kind="stable")]
    batches = []
    at = 0
    while at < len(order):
        count = max(1, min(most, tokens // int(width[order[at]])))
        batches.append(order[at : at + count])
        at += count
    return [batches[i] for i in rng.permutation(len(batches))]


def gather(pack: Pack, begin: Ints, rows: Ints, longest: int) -> Ints:
    """Return (B, W) ids of the *rows*: ``FIRST``, the text, and ``PAD``."""
    length = np.minimum(pack.length[rows], longest)
    wide = int(-(-(length.max() + 1) // STEP) * STEP)
    column = np.arange(wide - 1)
    at = np.minimum(begin[rows][:, None] + column, len(pack.ids) - 1)
    ids = np.full((len(rows), wide), FIRST, np.int64)
    ids[:, 1:] = np.where(column < length[:, None], pack.ids[at], PAD)
    return ids


def mask_words(
    ids: Ints, starts: Bools, share: float, rng: np.random.Generator, alone: bool = False
) -> Masked:
    """Hide a *share* of the words; of their pieces 80 % are masked, 10 % random, 10 % kept.

    Devlin et al. 2019 (BERT) with whole words.

    Args:
        alone: hide single pieces instead of whole words.
    """
    text = ids >= SPECIAL
    word = np.cumsum(starts[ids] | alone, axis=1)
    dice: NDArray[np.float64] = rng.random(ids.shape)
    chosen = text & (np.take_along_axis(dice, word % ids.shape[1], axis=1) < share)
    if not chosen.any():
        chosen[:, 1] = text[:, 1]
    at = np.flatnonzero(chosen)
    truth = ids.reshape(-1)[at]
    how = rng.random(len(at))
    noise = rng.integers(SPECIAL, len(starts), len(at))
    hidden = ids.copy()
    hidden.reshape(-1)[at] = np.where(how < 0.8, MASK, np.where(how < 0.9, noise, truth))
    return Masked(hidden, at, truth)


def ahead(jobs: Iterable[Callable[[], T]], depth: int = 4) -> Iterator[T]:
    """Yield the jobs' results in order while a thread works up to *depth* ahead."""
    waiting: list[Future[T]] = []
    with ThreadPoolExecutor(1) as pool:
        try:
            for job in jobs:
                waiting.append(pool.submit(job))
                if len(waiting) > depth:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()
