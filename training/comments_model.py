"""The comment writer's parts: its pieces of text, its network, its export to CTranslate2."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.comments.labels import prompt
from training import torchvision_cpu
from training.comments_data import Pair

PAD, EOS, UNKNOWN = 0, 1, 2
IGNORED = -100  # what torch's cross-entropy skips


@dataclass(frozen=True)
class Shape:
    """Size of a T5, the same in encoder and decoder."""

    width: int = 256
    layers: int = 3
    heads: int = 4
    inner: int = 1024
    dropout: float = 0.1


def train_pieces(pairs: Sequence[Pair], names: Sequence[str], size: int, out: Path) -> None:
    """Write the sentencepiece model *out* (unigram; *size* is an upper limit).

    Letters that the texts do not have become bytes, so every label can be read.
    """
    import sentencepiece

    lines = [pair.comment for pair in pairs] + [prompt(pair.labels) for pair in pairs]
    lines += list(names) * 3
    emoji = {c for pair in pairs for c in pair.comment if ord(c) > 0x2190 and not c.isalnum()}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(out.with_suffix("")),
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        hard_vocab_limit=False,
        character_coverage=0.9999,
        required_chars="".join(sorted(emoji)),
        normalization_rule_name="identity",
        pad_id=PAD,
        eos_id=EOS,
        unk_id=UNKNOWN,
        bos_id=-1,
        num_threads=1,
        minloglevel=1,
    )


def build(shape: Shape, pieces: int) -> Any:
    """Return a fresh ``T5ForConditionalGeneration``."""
    torchvision_cpu.prepare()
    import transformers

    config = transformers.T5Config(
        vocab_size=pieces,
        d_model=shape.width,
        d_kv=shape.width // shape.heads,
        d_ff=shape.inner,
        num_layers=shape.layers,
        num_decoder_layers=shape.layers,
        num_heads=shape.heads,
        dropout_rate=shape.dropout,
        relative_attention_max_distance=64,
        pad_token_id=PAD,
        eos_token_id=EOS,
        decoder_start_token_id=PAD,
    )
    return transformers.T5ForConditionalGeneration(config)


def tensors(pairs: Sequence[Pair], pieces: Any) -> tuple[Any, Any, Any]:
    """Return input ids (B, S), their mask (B, S), target ids (B, T), ``IGNORED`` as padding."""
    import torch

    inputs = [[*pieces.encode(prompt(pair.labels)), EOS] for pair in pairs]
    targets = [[*pieces.encode(pair.comment), EOS] for pair in pairs]
    wide, long = max(map(len, inputs)), max(map(len, targets))
    ids = torch.tensor([row + [PAD] * (wide - len(row)) for row in inputs])
    goal = torch.tensor([row + [IGNORED] * (long - len(row)) for row in targets])
    return ids, (ids != PAD).long(), goal


def loss_of(model: Any, batch: tuple[Any, Any, Any], smoothing: float) -> Any:
    """Return the mean cross-entropy a target piece, computed in bfloat16."""
    import torch

    ids, mask, goal = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(input_ids=ids, attention_mask=mask, labels=goal).logits
    return torch.nn.functional.cross_entropy(
        logits.float().flatten(0, 1),
        goal.flatten(),
        ignore_index=IGNORED,
        label_smoothing=smoothing,
    )


def held_out_loss(model: Any, pairs: Sequence[Pair], pieces: Any) -> float:
    """Return the loss in nats a piece, without smoothing or dropout."""
    import torch

    model.eval()
    total = count = 0.0
    with torch.no_grad():
        for start in range(0, len(pairs), 64):
            batch = tensors(pairs[start : start + 64], pieces)
            n = int((batch[2] != IGNORED).sum())
            total += float(loss_of(model, batch, 0.0)) * n
            count += n
    model.train()
    return total / count


def export(model: Any, pieces: Path, out: Path) -> None:
    """Write the CTranslate2 model (int8) and its pieces into the folder *out*."""
    torchvision_cpu.prepare()
    from ctranslate2.converters import TransformersConverter

    vocabulary = _Vocabulary(pieces)

    class Converter(TransformersConverter):
        def load_tokenizer(self, *_: Any, **__: Any) -> _Vocabulary:
            return vocabulary

    with tempfile.TemporaryDirectory() as folder:
        model.eval().save_pretrained(folder)
        Converter(folder).convert(str(out), quantization="int8", force=True)
    shutil.copyfile(pieces, out / "pieces.model")


class _Vocabulary:
    """What the converter asks of a tokenizer: the pieces by id and the special ones."""

    pad_token, eos_token, unk_token = "<pad>", "</s>", "<unk>"

    def __init__(self, pieces: Path) -> None:
        import sentencepiece

        model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
        self._pieces = [model.id_to_piece(i) for i in range(len(model))]

    def get_vocab(self) -> dict[str, int]:
        return {piece: i for i, piece in enumerate(self._pieces)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return self._pieces[index]
