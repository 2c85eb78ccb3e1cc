"""The encoder's pieces of text, and the pack: all token ids and labels in one small file.

Training needs nothing but the pack, numpy and torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.encoder.layout import FIRST, PAD, SPECIAL, UNKNOWN

Ids = NDArray[np.uint16]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GROUPS = 12
"""Rows fall into so many groups; group 0 is the stop split, the others make the folds.

As many as in ``reviews_data.HELD_OUT``, so that group 0 has the films that the n-gram
model holds out, too.
"""

LONGEST = 160
"""Longest text in pieces that is packed; what is beyond is cut."""

_SAMPLE = 300_000
_CHUNK = 20_000


@dataclass(frozen=True)
class Pack:
    """N texts as pieces, and their labels.

    Attributes:
        ids: (T,) pieces of all texts, one after the other, without special ones.
        length: (N,) pieces of each text.
        group: (N,) 0 for the stop split, 1..11 for what is trained on.
        rating: (N,) 1..10, 0 where there is none.
        emotion: (N,) 0..6, -1 where there is none.
        kote: (N, 44) 0 or 1, -1 in rows without KOTE labels.
        starts: (V,) whether a piece begins a word.
    """

    ids: Ids
    length: Ints
    group: Ints
    rating: Ints
    emotion: Ints
    kote: NDArray[np.int8]
    starts: Bools

    def __len__(self) -> int:
        return len(self.length)

    @property
    def begin(self) -> Ints:
        """(N,) where each text begins in ``ids``."""
        return np.cumsum(self.length) - self.length

    def row(self, index: int) -> Ids:
        """Return the pieces of one text."""
        first = int(self.begin[index])
        return self.ids[first : first + int(self.length[index])]


def train_pieces(texts: Sequence[str], size: int, out: Path, seed: int) -> None:
    """Write the sentencepiece unigram model *out*; letters it lacks become bytes.

    Args:
        texts: normalised; a fixed random part of them is looked at.
        size: upper limit of the number of pieces.
    """
    import sentencepiece

    rows: Iterable[int] = range(len(texts))
    if len(texts) > _SAMPLE:
        rows = np.sort(np.random.default_rng(seed).choice(len(texts), _SAMPLE, replace=False))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([texts[i] for i in rows]),
        model_prefix=str(out.with_suffix("")),
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        hard_vocab_limit=False,
        character_coverage=0.9995,
        normalization_rule_name="identity",
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=FIRST,
        eos_id=-1,
        control_symbols="[MASK]",
        num_threads=1,
        minloglevel=1,
    )


def load_pieces(path: Path) -> Any:
    """Return the ``SentencePieceProcessor`` of *path*."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def word_starts(pieces: Any) -> Bools:
    """Return (V,) whether a piece begins a word; special pieces do, too."""
    return np.array(
        [i < SPECIAL or pieces.id_to_piece(i).startswith("▁") for i in range(len(pieces))]
    )


def encode(texts: Sequence[str], pieces: Any) -> tuple[Ids, Ints]:
    """Return the pieces of all texts (T,) and how many each has (N,)."""
    parts: list[Ids] = []
    length: list[int] = []
    for first in range(0, len(texts), _CHUNK):
        rows = [row[:LONGEST] for row in pieces.encode(list(texts[first : first + _CHUNK]))]
        parts += [np.array(row, np.uint16) for row in rows]
        length += [len(row) for row in rows]
    return (np.concatenate(parts) if parts else np.zeros(0, np.uint16)), np.array(length, np.int64)


def save(path: Path, pack: Pack) -> None:
    """Write the pack as a compressed .npz (whole, or not at all)."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        # High and low bytes compress better apart.
        np.savez_compressed(
            stream,
            low=(pack.ids & 255).astype(np.uint8),
            high=(pack.ids >> 8).astype(np.uint8),
            length=pack.length.astype(np.uint8),
            group=pack.group.astype(np.uint8),
            rating=pack.rating.astype(np.uint8),
            emotion=pack.emotion.astype(np.int8),
            kote=pack.kote,
            starts=pack.starts,
        )
    part.replace(path)


def load(path: Path) -> Pack:
    """Read a pack that :func:`save` wrote.

    Raises:
        FileNotFoundError: it is not there.
    """
    with np.load(path) as found:
        ids = found["low"].astype(np.uint16) | (found["high"].astype(np.uint16) << 8)
        numbers = {
            name: found[name].astype(np.int64) for name in ("length", "group", "rating", "emotion")
        }
        return Pack(ids=ids, kote=found["kote"], starts=found["starts"], **numbers)
