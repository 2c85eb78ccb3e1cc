"""Export to ONNX, int8 quantisation, what that costs, and calibration."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.encoder.layout import EMOTION, FIRST, OUTPUTS, SPECIAL
from engine.metrics import expected_calibration_error
from training import encoder_batches as batches
from training.encoder_net import EncoderModel
from training.encoder_pack import Ints, Pack
from training.encoder_score import Floats, clear_rows, predict, scores, softmax


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
