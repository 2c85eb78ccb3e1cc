"""The two networks that can write comments: an encoder-decoder as T5, a decoder as GPT-2.

Both learn from rows (source pieces, target pieces). T5 reads the source and writes the target;
GPT-2 goes on from "source <s>", and only the target counts in its loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import InputError
from training import torchvision_cpu

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
