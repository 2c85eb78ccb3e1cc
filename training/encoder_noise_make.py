"""From pack.npz to ``noisy.npz``: the same rows, noisy copies of some, and made-up reviews."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.encoder.layout import PIECES
from engine.errors import InputError
from training import encoder_pack, negations
from training.encoder_make_pack import PACK, kote_labels
from training.encoder_noise import noisy
from training.encoder_pack import GROUPS, Pack
from training.encoder_texts import NO_EMOTION, UNRATED, Example, read_all

NOISY = "noisy.npz"

CLEAR, MIDDLE, FEELING, MADE = 0.15, 0.03, 0.30, 0.20
"""Shares of the clear reviews, of the others, of emotion and KOTE texts, and of made-up ones
that are copied."""


def make(data: Path, out: Path, limit: int | None, seed: int) -> Pack:
    """Append to the pack of *out* and write ``noisy.npz``; the stop split stays as it is.

    Args:
        limit: texts a file, as in the call that made the pack.

    Raises:
        FileNotFoundError: there is no pack, or no pieces.
        InputError: the pack was made from other texts than those of *data*.
    """
    old = encoder_pack.load(out / PACK)
    pieces = encoder_pack.load_pieces(out / PIECES)
    examples = list(read_all(data, limit))
    _check(old, examples)
    copies = list(noisy_copies(examples, seed))
    made = list(made_up(seed, negations.COUNT))
    again = list(noisy_copies(made, seed + 1, MADE))
    new = _packed([*copies, *made, *again], old, pieces)
    pack = _joined(old, new)
    encoder_pack.save(out / NOISY, pack)
    print(
        f"{len(copies):,} noisy copies, {len(made):,} made-up reviews and {len(again):,} "
        f"noisy copies of these, "
        f"{len(new.ids):,} tokens; with the pack's own: {len(pack):,} texts, "
        f"{len(pack.ids):,} tokens",
        flush=True,
    )
    return pack


def _check(pack: Pack, examples: Sequence[Example]) -> None:
    same = len(pack) == len(examples) and all(
        np.array_equal(column, [getattr(item, name) for item in examples])
        for name, column in (("group", pack.group), ("rating", pack.rating))
    )
    if not same:
        raise InputError(
            "pack.npz가 이 데이터로 만든 것이 아니에요. 같은 데이터로 pack을 먼저 실행해 주세요.",
            "pack.npz was made from other texts: run pack on the same data (and --limit) first.",
        )


def noisy_copies(
    examples: Iterable[Example], seed: int, share: float | None = None
) -> Iterator[Example]:
    """Yield noisy copies with their texts' labels and groups; none of group 0.

    Args:
        share: of the texts is copied; by their kind if not given.
    """
    for row, item in enumerate(examples):
        rng = random.Random(f"{seed} {row}")
        if item.group == 0 or rng.random() >= (share or _share(item)):
            continue
        text = noisy(item.text, _side(item.rating), rng)
        if text != item.text:
            yield replace(item, text=text)


def _share(item: Example) -> float:
    if item.emotion != NO_EMOTION or item.kote is not None:
        return FEELING
    if item.rating == UNRATED:
        return 0.0
    return CLEAR if _side(item.rating) else MIDDLE


def _side(rating: int) -> int:
    return 1 if rating >= 9 else -1 if 1 <= rating <= 4 else 0


def made_up(seed: int, count: int) -> Iterator[Example]:
    """Yield the grammar's reviews in groups 1..11."""
    for item in negations.generate(count, seed):
        group = 1 + zlib.crc32(item.text.encode()) % (GROUPS - 1)
        yield Example(item.text, group, rating=item.rating)


def _packed(examples: Sequence[Example], old: Pack, pieces: object) -> Pack:
    ids, length = encoder_pack.encode([item.text for item in examples], pieces)
    return Pack(
        ids=ids,
        length=length,
        group=np.array([item.group for item in examples], np.int64),
        rating=np.array([item.rating for item in examples], np.int64),
        emotion=np.array([item.emotion for item in examples], np.int64),
        kote=kote_labels(examples),
        starts=old.starts,
    )


def _joined(first: Pack, second: Pack) -> Pack:
    names = ("ids", "length", "group", "rating", "emotion", "kote")
    columns = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names
    }
    return Pack(starts=first.starts, **columns)
