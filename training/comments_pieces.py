"""The comment writer's pieces of text (sentencepiece), shared by both kinds of network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.comments.labels import prompt
from training.comments_data import Pair
from training.comments_nets import EOS, PAD, START, UNKNOWN

_SENTINELS = tuple(f"<x{i}>" for i in range(12))
"""What stands for hidden spans while pretraining."""


def train_pieces(
    pairs: Sequence[Pair], texts: Sequence[str], size: int, out: Path, weight: int = 6
) -> None:
    """Write the sentencepiece model *out* (unigram; *size* is an upper limit).

    The pairs are read *weight* times beside the other *texts*, so that the comments keep long
    pieces. Letters that the texts do not have become bytes, so every label can be read.
    """
    import sentencepiece

    own = [pair.comment for pair in pairs] + [prompt(pair.labels) for pair in pairs]
    emoji = {c for pair in pairs for c in pair.comment if ord(c) > 0x2190 and not c.isalnum()}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*own * weight, *texts]),
        model_prefix=str(out.with_suffix("")),
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        hard_vocab_limit=False,
        character_coverage=0.9995,
        required_chars="".join(sorted(emoji)),
        normalization_rule_name="identity",
        control_symbols=list(_SENTINELS),
        pad_id=PAD,
        eos_id=EOS,
        unk_id=UNKNOWN,
        bos_id=START,
        num_threads=1,
        minloglevel=1,
    )


def sentinels(pieces: Any) -> list[int]:
    """Return the ids of the pieces that stand for hidden spans."""
    return [pieces.piece_to_id(name) for name in _SENTINELS]
