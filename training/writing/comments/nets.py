"""The trained comment writer as CTranslate2 files in int8."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.comments.labels import prompt
from engine.core.errors import InputError
from training.common import torchvision_cpu
from training.writing.comments.data import Pair

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


# ----------------------------------------------------------------------------------------
# The two networks that can write comments: an encoder-decoder as T5, a decoder as GPT-2.
#
# Both learn from rows (source pieces, target pieces). T5 reads the source and writes the target;
# GPT-2 goes on from "source <s>", and only the target counts in its loss.

PAD, EOS, UNKNOWN, START = 0, 1, 2, 3
IGNORED = -100  # what torch's cross-entropy skips
KINDS = ("t5", "gpt2")
Row = tuple[Sequence[int], Sequence[int]]


@dataclass(frozen=True)
class Shape:
    """Size of a network; T5 has *layers* in the encoder and in the decoder, GPT-2 twice as many."""

    width: int = 256
    layers: int = 3
    heads: int = 4
    inner: int = 1024
    dropout: float = 0.1


def build(kind: str, shape: Shape, pieces: int) -> Any:
    """Return a fresh network; *kind* is one of ``KINDS``."""
    torchvision_cpu.prepare()
    import transformers

    if kind == "gpt2":
        return transformers.GPT2LMHeadModel(
            transformers.GPT2Config(
                vocab_size=pieces,
                n_positions=192,
                n_embd=shape.width,
                n_layer=2 * shape.layers,
                n_head=shape.heads,
                n_inner=shape.inner,
                resid_pdrop=shape.dropout,
                embd_pdrop=shape.dropout,
                attn_pdrop=shape.dropout,
                bos_token_id=START,
                eos_token_id=EOS,
                pad_token_id=PAD,
            )
        )
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


def saved_net(start: Path, kind: str, pieces: int) -> tuple[Any, Shape]:
    """Return the network of ``KIND.pretrained.pt`` and its shape.

    Raises:
        InputError: it has the weights of the other kind.
    """
    import torch

    saved = torch.load(start, weights_only=True)
    if saved["kind"] != kind:
        raise InputError(
            f"{start}은(는) {saved['kind']}의 가중치예요.",
            f"{start} has the weights of a {saved['kind']}",
        )
    shape = Shape(**saved["shape"])
    model = build(kind, shape, pieces)
    model.load_state_dict(saved["weights"])
    return model, shape


def kind_of(model: Any) -> str:
    """Return which of ``KINDS`` a network is."""
    return "gpt2" if model.config.model_type == "gpt2" else "t5"


def tensors(kind: str, rows: Sequence[Row]) -> tuple[Any, Any, Any]:
    """Return ids (B, S), their mask (B, S) and the truth (B, T), ``IGNORED`` as padding.

    For GPT-2 the truth is as long as the ids and lies one place to the left.
    """
    import torch

    if kind == "gpt2":
        read = [[*source, START, *target] for source, target in rows]
        truth = [[IGNORED] * len(source) + [*target, EOS] for source, target in rows]
    else:
        read = [[*source, EOS] for source, _ in rows]
        truth = [[*target, EOS] for _, target in rows]
    wide, long = max(map(len, read)), max(map(len, truth))
    ids = torch.tensor([row + [PAD] * (wide - len(row)) for row in read])
    mask = torch.tensor([[1] * len(row) + [0] * (wide - len(row)) for row in read])
    return ids, mask, torch.tensor([row + [IGNORED] * (long - len(row)) for row in truth])


def loss_of(model: Any, batch: tuple[Any, Any, Any], smoothing: float = 0.0) -> Any:
    """Return the mean cross-entropy a target piece in nats, computed in bfloat16."""
    import torch

    ids, mask, goal = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        if kind_of(model) == "gpt2":
            logits = model(input_ids=ids, attention_mask=mask).logits
        else:
            logits = model(input_ids=ids, attention_mask=mask, labels=goal).logits
    goal = goal.flatten()
    counted = goal != IGNORED
    logits = logits.flatten(0, 1)[counted].float()
    return torch.nn.functional.cross_entropy(logits, goal[counted], label_smoothing=smoothing)


def held_out_loss(model: Any, rows: Sequence[Row]) -> float:
    """Return the loss in nats a piece, without smoothing or dropout."""
    import torch

    model.eval()
    total = count = 0.0
    with torch.no_grad():
        for start in range(0, len(rows), 64):
            batch = tensors(kind_of(model), rows[start : start + 64])
            n = int((batch[2] != IGNORED).sum())
            total += float(loss_of(model, batch)) * n
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

    pad_token, bos_token, eos_token, unk_token = "<pad>", "<s>", "</s>", "<unk>"

    def __init__(self, pieces: Path) -> None:
        import sentencepiece

        model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
        self._pieces = [model.id_to_piece(i) for i in range(len(model))]

    def get_vocab(self) -> dict[str, int]:
        return {piece: i for i, piece in enumerate(self._pieces)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return self._pieces[index]
