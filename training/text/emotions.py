"""Train the emotion model: softmax regression over hashed n-grams.

A tenth of the rows, chosen by a hash of the text, is held out: it fits the temperature
and is reported on. `python -m training emotions --data emotion7_train.tsv.gz --out models`
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InputError
from engine.emotions.result import LABELS
from engine.learning.metrics import classification_metrics
from engine.reports.sets.rows import read_tsv
from engine.text import ngrams
from engine.text.ngrams import Floats, NgramModel, NgramSpec, read, save
from training.common import track
from training.common.register import register
from training.text.ngram_logistic import balanced, fit_classes, softmax

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NAME = "emotions-ngram"
VERSION = "1.0"
FILE = "emotions-ngram.npz"
SPEC = NgramSpec(characters=(1, 2, 3, 4), words=(1, 2), bits=18)
STRENGTH = 3.0


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="TSV (.gz) 'text emotion'")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--device", default="cpu", choices=["cpu"], help="always the CPU")
    parser.add_argument("--limit", type=int, help="train on the first N rows")
    parser.add_argument("--seed", type=int, default=0, help="unused: nothing is random here")
    track.add_option(parser)
    options = parser.parse_args(argv)
    with track.logged(options, NAME, data=[options.data]):
        _run(options)
    return 0


def _run(options: argparse.Namespace) -> None:
    texts, labels = read_labelled(options.data, options.limit)
    print(f"{len(texts):,} texts read", flush=True)
    held = np.array([zlib.crc32(text.encode()) % 10 == 0 for text in texts])
    model = train(texts, labels, held)
    options.out.mkdir(parents=True, exist_ok=True)
    save(options.out / FILE, model)
    register(
        options.out,
        NAME,
        version=VERSION,
        task="Korean text -> one of seven emotions",
        licence="AGPL-3.0-or-later",
        files=[FILE],
    )
    report = _report(read(options.out / FILE), texts, labels, held)
    print(json.dumps(report, ensure_ascii=False, indent=1), flush=True)
    track.measured(report)
    track.made(options.out / FILE)


def read_labelled(path: Path, limit: int | None = None) -> tuple[list[str], NDArray[np.int64]]:
    """Read `text emotion` rows; rows without text are left out.

    Raises:
        InputError: a column is missing or a label is none of the seven.
    """
    texts, labels = [], []
    for row in read_tsv(path):
        try:
            if row["text"].strip():
                labels.append(LABELS.index(row["emotion"].strip()))
                texts.append(row["text"])
        except (KeyError, ValueError) as error:
            raise InputError(
                f"열 'text emotion'과 일곱 감정이 필요해요: {path}",
                f"{path} needs the columns 'text emotion' and the seven labels ({error!r})",
            ) from error
        if limit is not None and len(texts) == limit:
            break
    return texts, np.array(labels, np.int64)


def train(texts: list[str], labels: NDArray[np.int64], held: NDArray[np.bool_]) -> NgramModel:
    """Return the model, its temperature fitted on the rows *held* out and baked in."""
    features = ngrams.matrix([ngrams.fold(text) for text in texts], SPEC)
    chosen = labels[~held]
    rarity = _rarity(features[~held])
    weights, bias = fit_classes(
        features[~held].multiply(rarity).tocsr(),
        chosen,
        len(LABELS),
        balanced(chosen, len(LABELS)),
        strength=STRENGTH,
    )
    weights *= rarity[:, None]
    scale = _inverse_temperature(features[held] @ weights + bias, labels[held])
    return NgramModel(SPEC, (weights * scale).astype(np.float32), (bias * scale).astype(np.float32))


def _rarity(features: csr_matrix) -> Floats:
    """Return (F,) factors, larger for rare n-grams (smoothed inverse document frequency).

    The penalty then holds back frequent n-grams more; the engine needs no such factor,
    because the weights have it in them.
    """
    count = np.bincount(features.indices, minlength=features.shape[1])
    rarity = np.log((1 + features.shape[0]) / (1 + count)) + 1
    return (rarity / np.sqrt(np.square(rarity[features.indices]).mean())).astype(np.float32)


def _inverse_temperature(scores: Floats, labels: NDArray[np.int64]) -> float:
    """Return the factor on the logits with the least cross-entropy (Guo et al. 2017)."""
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(labels))

    def loss(power: float) -> float:
        chance = softmax(scores * np.exp(power))[rows, labels]
        return float(-np.log(np.maximum(chance, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def _report(
    model: NgramModel, texts: list[str], labels: NDArray[np.int64], held: NDArray[np.bool_]
) -> dict[str, object]:
    """Return the saved model's metrics on the held-out rows."""
    rows = np.flatnonzero(held)
    chance = softmax(model.logits([ngrams.fold(texts[i]) for i in rows]))
    guessed: list[str | None] = [LABELS[i] for i in chance.argmax(axis=1)]
    truth = [LABELS[labels[i]] for i in rows]
    return classification_metrics(truth, guessed, chance.max(axis=1).tolist(), LABELS)
