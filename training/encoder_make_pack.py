"""From the data folder to ``pieces.model`` and ``pack.npz``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.emotions.fine import KOTE_LABELS
from engine.encoder.layout import PIECES
from training import encoder_pack
from training.encoder_pack import Pack
from training.encoder_texts import Example, read_all

PACK = "pack.npz"


def make(data: Path, out: Path, size: int, limit: int | None, seed: int) -> Pack:
    """Read *data*, train at most *size* pieces and write both files into *out*.

    The pieces are learned from what is trained on, never from the stop split.
    """
    out.mkdir(parents=True, exist_ok=True)
    examples = list(read_all(data, limit))
    seen = [item.text for item in examples if item.group]
    encoder_pack.train_pieces(seen, size, out / PIECES, seed)
    pieces = encoder_pack.load_pieces(out / PIECES)
    print(f"{len(pieces):,} pieces", flush=True)
    ids, length = encoder_pack.encode([item.text for item in examples], pieces)
    pack = Pack(
        ids=ids,
        length=length,
        group=np.array([item.group for item in examples], np.int64),
        rating=np.array([item.rating for item in examples], np.int64),
        emotion=np.array([item.emotion for item in examples], np.int64),
        kote=kote_labels(examples),
        starts=encoder_pack.word_starts(pieces),
    )
    encoder_pack.save(out / PACK, pack)
    megabytes = (out / PACK).stat().st_size / 2**20
    print(
        f"{len(pack):,} texts, {len(ids):,} tokens ({len(ids) / len(pack):.1f} a text), "
        f"{megabytes:.1f} MiB",
        flush=True,
    )
    return pack


def kote_labels(examples: Sequence[Example]) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """Return (N, 44) 0 or 1, and -1 in rows without KOTE labels."""
    labels = np.full((len(examples), len(KOTE_LABELS)), -1, np.int8)
    for row, item in enumerate(examples):
        if item.kote is not None:
            labels[row] = 0
            labels[row, list(item.kote)] = 1
    return labels
