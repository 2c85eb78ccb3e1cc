"""From finetuned weights to the model ``text-encoder`` in models/: int8, calibrated, entered.

Calibrated is what ships: the engine reads the int8 model and the texts of the stop split,
so windows, folding and quantisation are in it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.core.errors import InputError
from engine.emotions.fusion import NGRAM
from engine.emotions.result import KOTE_LABELS
from engine.learning.metrics import expected_calibration_error
from engine.models import store
from engine.reviews.model import shipped_logits
from engine.text import ngrams
from engine.text import ngrams as ngram_model
from engine.text.encoder.layout import (
    CALIBRATION,
    EMOTION,
    FIRST,
    NAME,
    ONNX,
    OUTPUTS,
    PIECES,
    SPECIAL,
)
from engine.text.encoder.model import Encoder, read
from training.common.register import register
from training.text.encoder import fit as encoder_fit
from training.text.encoder import loop as batches
from training.text.encoder.net import EncoderModel, load_weights
from training.text.encoder.pack import Example, Ints, Pack, read_all
from training.text.encoder.score import Floats, clear_rows, predict, scores, softmax


def export(model: EncoderModel, path: Path) -> None:
    """Write the int8 ONNX model: ids (B, T) int64 in; logits (B, 61), pooled (B, 2 D) out."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    ids = torch.full((2, 16), SPECIAL)
    ids[:, 0] = FIRST
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            model,
            (ids,),
            str(whole),
            input_names=["ids"],
            output_names=["logits", "pooled"],
            dynamic_axes={
                "ids": {0: "texts", 1: "pieces"},
                "logits": {0: "texts"},
                "pooled": {0: "texts"},
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)


def session(path: Path, threads: int = 1) -> Any:
    """Return an onnxruntime session on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def predict_onnx(path: Path, pack: Pack, rows: Ints, longest: int, threads: int = 1) -> Floats:
    """Return the exported model's (R, 61) logits of the *rows*."""
    run, begin = session(path, threads), pack.begin
    width = batches.widths(pack, longest)
    result = np.zeros((len(rows), OUTPUTS), np.float32)
    order = np.argsort(width[rows], kind="stable")
    for first in range(0, len(order), 64):
        chosen = order[first : first + 64]
        ids = batches.gather(pack, begin, rows[chosen], longest)
        result[chosen] = run.run(["logits"], {"ids": ids})[0]
    return result


def milliseconds(path: Path, threads: int, pieces: int = 40, runs: int = 50) -> float:
    """Return the median time of one text of so many pieces, the first one included."""
    run = session(path, threads)
    ids = np.full((1, pieces), SPECIAL, np.int64)
    ids[:, 0] = FIRST
    times = []
    for _ in range(runs + 5):
        began = time.perf_counter()
        run.run(["logits"], {"ids": ids})
        times.append(time.perf_counter() - began)
    return float(np.median(times[5:]) * 1000)


def check(
    model: EncoderModel, path: Path, pack: Pack, rows: Ints, longest: int
) -> dict[str, dict[str, float]]:
    """Return the scores on the *rows* in full precision and in int8, and the calibration."""
    full = predict(model, pack, rows, longest, "cpu")
    small = predict_onnx(path, pack, rows, longest)
    return {
        "full": scores(full, pack, rows),
        "int8": scores(small, pack, rows),
        **calibration(small, pack, rows),
    }


def calibration(logits: Floats, pack: Pack, rows: Ints) -> dict[str, dict[str, float]]:
    """Return the temperatures of polarity and emotion with the calibration errors around.

    A temperature divides the logits (Guo et al. 2017). Half of the rows fits it, the other
    half says the error before and after. Polarity is calibrated on as many positive as
    negative reviews, as it is trained.
    """
    found = {}
    where = {int(row): i for i, row in enumerate(rows)}
    clear = _even(
        pack, np.array([where[int(row)] for row in clear_rows(pack, rows)], np.int64), rows
    )
    if len(clear) > 1:
        logit = logits[clear, 0]
        # Two columns, so that one formula serves both tasks.
        pair = np.column_stack([np.zeros_like(logit), logit])
        found["polarity_calibration"] = _temperature(pair, pack.rating[rows[clear]] >= 9)
    felt = np.flatnonzero(pack.emotion[rows] >= 0)
    if len(felt) > 1:
        found["emotion_calibration"] = _temperature(logits[felt, EMOTION], pack.emotion[rows[felt]])
    return found


def _even(pack: Pack, clear: Ints, rows: Ints) -> Ints:
    """Return places *clear* in *rows*, shuffled, as many positive as negative."""
    clear = np.random.default_rng(0).permutation(clear)
    high = pack.rating[rows[clear]] >= 9
    count = min(int(high.sum()), int((~high).sum()))
    return np.random.default_rng(1).permutation(
        np.concatenate([clear[high][:count], clear[~high][:count]])
    )


def _temperature(logits: Floats, truth: NDArray[Any]) -> dict[str, float]:
    from scipy.optimize import minimize_scalar

    labels = truth.astype(np.int64)
    fit, rest = np.arange(0, len(labels), 2), np.arange(1, len(labels), 2)

    def loss(power: float) -> float:
        chance = softmax(logits[fit] * float(np.exp(-power)))[np.arange(len(fit)), labels[fit]]
        return float(-np.log(np.maximum(chance, 1e-12)).mean())

    heat = float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))
    return {
        "temperature": heat,
        "ece_before": _ece(logits[rest], labels[rest]),
        "ece_after": _ece(logits[rest] / heat, labels[rest]),
    }


def _ece(logits: Floats, truth: Ints) -> float:
    chance = softmax(logits)
    return expected_calibration_error(chance.max(1), chance.argmax(1) == truth)


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write *report* as JSON."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


VERSION = "2.0"
PIECES_TIMED = 40


def ship(options: argparse.Namespace) -> dict[str, Any]:
    """Write, calibrate and register the model; return what was measured.

    Args:
        options: ``data`` (folder of texts), ``out`` and ``name`` (of the weights),
            ``models``, ``threads``, ``limit`` (texts a file).

    Raises:
        InputError: the data folder lacks texts that the calibration needs.
        ValueError: the pieces are not those of the weights.
    """
    folder: Path = options.out / NAME
    folder.mkdir(parents=True, exist_ok=True)
    _export(options, folder)
    encoder, held = read(folder), _held_out(options.data, options.limit)
    numbers, report = calibrated(encoder, held)
    report["milliseconds"] = milliseconds(folder / ONNX, options.threads, PIECES_TIMED)
    files = (ONNX, PIECES, CALIBRATION)
    write_report(folder / CALIBRATION, {**numbers, "report": report})
    report["megabytes"] = sum((folder / file).stat().st_size for file in files) / 1e6
    _install(folder, options.models / NAME, files)
    register(
        options.models,
        NAME,
        version=VERSION,
        task="Korean text -> polarity, rating, seven emotions, KOTE's 44 labels",
        licence="AGPL-3.0-or-later",
        files=files,
        folder=NAME,
    )
    store.forget()
    print(json.dumps(report, ensure_ascii=False, indent=1), flush=True)
    return report


def _export(options: argparse.Namespace, folder: Path) -> None:
    model = load_weights(options.out / f"{options.name}.finetuned.pt")
    source = options.pieces or options.out / PIECES
    shutil.copyfile(source, folder / PIECES)
    export(model, folder / ONNX)
    known = len(read(folder).pieces)
    if known != model.shape.pieces:
        raise ValueError(f"{source} has {known} pieces, the weights have {model.shape.pieces}")


def _install(source: Path, target: Path, files: Sequence[str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        part = target / f"{file}.part"
        shutil.copyfile(source / file, part)
        os.replace(part, target / file)


@dataclass(frozen=True)
class HeldOut:
    """The stop split's labelled texts; an example may be of one kind only."""

    rated: list[Example]
    felt: list[Example]
    marked: list[Example]


def _held_out(data: Path, limit: int | None) -> HeldOut:
    held = [item for item in read_all(data, limit) if item.group == 0]
    found = HeldOut(
        rated=[item for item in held if item.rating],
        felt=[item for item in held if item.emotion >= 0],
        marked=[item for item in held if item.kote is not None],
    )
    verdicts = encoder_fit.three_way(np.array([item.rating for item in found.rated], np.int64))
    if len(np.unique(verdicts)) < 3 or not found.felt or not found.marked:
        raise InputError(
            f"'{data}' 폴더에 별점(1-10), 일곱 감정, KOTE 글이 모두 있어야 해요.",
            f"'{data}' needs reviews of all ratings, texts of the seven emotions, and of KOTE",
        )
    return found


def calibrated(encoder: Encoder, held: HeldOut) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the numbers of ``calibration.json`` by domain, and the report."""
    rated, felt, marked = (
        encoder.logits([item.text for item in part])
        for part in (held.rated, held.felt, held.marked)
    )
    labels = np.zeros((len(held.marked), len(KOTE_LABELS)), np.int64)
    for row, item in enumerate(held.marked):
        labels[row, list(item.kote or ())] = 1
    emotions = store.load(NGRAM, ngram_model.read).logits(_folded(held.felt))
    fits = {
        "reviews": encoder_fit.reviews(
            rated, shipped_logits(_folded(held.rated)), _numbers(held.rated, "rating")
        ),
        "emotions": encoder_fit.emotions(felt, emotions, _numbers(held.felt, "emotion")),
        "kote": encoder_fit.kote(marked, labels),
    }
    return (
        {name: numbers for name, (numbers, _) in fits.items()},
        {name: report for name, (_, report) in fits.items()},
    )


def _folded(items: Sequence[Example]) -> list[str]:
    return [ngrams.fold(item.text) for item in items]


def _numbers(items: Sequence[Example], name: str) -> ngrams.Ints:
    return np.array([getattr(item, name) for item in items], np.int64)
