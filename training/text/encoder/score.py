"""Logits of many texts, and what they score on the labels that the texts have."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from engine.text.encoder.layout import EMOTION, KOTE, OUTPUTS, RATING
from training.text.encoder import loop as batches
from training.text.encoder.net import EncoderModel
from training.text.encoder.pack import Ints, Pack

Floats = NDArray[np.float32]

KOTE_THRESHOLD = 0.3
"""Probability from which a KOTE label is shown; labels are rare, so it is below a half."""

_WEIGHT = {"polarity": 4.0, "rating": 1.0, "emotion": 1.0, "kote": 0.5}


def predict(model: EncoderModel, pack: Pack, rows: Ints, longest: int, device: str) -> Floats:
    """Return the (R, 61) logits of the *rows*; the model is put into evaluation."""
    model.eval()
    begin, width = pack.begin, batches.widths(pack, longest)
    result = np.zeros((len(rows), OUTPUTS), np.float32)
    order = np.argsort(width[rows], kind="stable")
    with torch.no_grad():
        for first in range(0, len(order), 256):
            chosen = order[first : first + 256]
            ids = torch.from_numpy(batches.gather(pack, begin, rows[chosen], longest))
            result[chosen] = model(ids.to(device))[0].float().cpu().numpy()
    return result


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)), for any x."""
    return (0.5 * (1 + np.tanh(0.5 * x))).astype(np.float32)


def softmax(x: Floats) -> Floats:
    """Return each row's probabilities."""
    power = np.exp(x - x.max(axis=1, keepdims=True))
    return (power / power.sum(axis=1, keepdims=True)).astype(np.float32)


def scores(logits: Floats, pack: Pack, rows: Ints) -> dict[str, float]:
    """Return what the logits (R, 61) of the *rows* score; tasks without labels are left out.

    polarity: balanced accuracy of NSMC's clear ratings; rating_mae: mean absolute error of
    the expected rating, 1..10; emotion: macro-F1; kote: micro-F1; score: their weighted mean.
    """
    found: dict[str, float] = {}
    rating, emotion, kote = pack.rating[rows], pack.emotion[rows], pack.kote[rows]
    clear = ((rating >= 1) & (rating <= 4)) | (rating >= 9)
    if clear.any():
        right = (logits[clear, 0] > 0) == (rating[clear] >= 9)
        sides = [right[rating[clear] >= 9], right[rating[clear] <= 4]]
        found["polarity"] = float(np.mean([side.mean() for side in sides if len(side)]))
    if (rating > 0).any():
        expected = 1 + sigmoid(logits[rating > 0, RATING]).sum(axis=1)
        found["rating_mae"] = float(np.abs(expected - rating[rating > 0]).mean())
    if (emotion >= 0).any():
        found["emotion"] = _macro_f1(logits[emotion >= 0, EMOTION].argmax(1), emotion[emotion >= 0])
    marked = kote[:, 0] >= 0
    if marked.any():
        shown = sigmoid(logits[marked][:, KOTE]) >= KOTE_THRESHOLD
        found["kote"] = _f1(shown, kote[marked] == 1)
    parts = {name: value for name, value in found.items() if name in _WEIGHT}
    if "rating_mae" in found:
        parts["rating"] = 1 - found["rating_mae"] / 9
    total = sum(_WEIGHT[name] for name in parts)
    mean = sum(_WEIGHT[name] * value for name, value in parts.items()) / total
    return {"score": mean, **found}


def _f1(shown: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (shown & true).sum() / max(1, shown.sum() + true.sum()))


def _macro_f1(guessed: Ints, truth: Ints) -> float:
    return float(np.mean([_f1(guessed == label, truth == label) for label in np.unique(truth)]))


def clear_rows(pack: Pack, rows: Ints) -> Ints:
    """Return those *rows* whose rating is 1..4 or 9..10."""
    rating = pack.rating[rows]
    return rows[((rating >= 1) & (rating <= 4)) | (rating >= 9)]
