"""From finetuned weights to the model ``text-encoder`` in models/: int8, calibrated, entered.

Calibrated is what ships: the engine reads the int8 model and the texts of the stop split,
so windows, folding and quantisation are in it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine import models, ngram_model, ngrams
from engine.emotions.fine import KOTE_LABELS
from engine.emotions.fusion import NGRAM
from engine.encoder.layout import CALIBRATION, NAME, ONNX, PIECES
from engine.encoder.model import Encoder, read
from engine.errors import InputError
from engine.reviews.model import shipped_logits
from training import encoder_export, encoder_fit
from training.encoder_net import load_weights
from training.encoder_texts import Example, read_all
from training.register import register

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
    report["milliseconds"] = encoder_export.milliseconds(
        folder / ONNX, options.threads, PIECES_TIMED
    )
    files = (ONNX, PIECES, CALIBRATION)
    encoder_export.write_report(folder / CALIBRATION, {**numbers, "report": report})
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
    models.forget()
    print(json.dumps(report, ensure_ascii=False, indent=1), flush=True)
    return report


def _export(options: argparse.Namespace, folder: Path) -> None:
    model = load_weights(options.out / f"{options.name}.finetuned.pt")
    source = options.pieces or options.out / PIECES
    shutil.copyfile(source, folder / PIECES)
    encoder_export.export(model, folder / ONNX)
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
    emotions = models.load(NGRAM, ngram_model.read).logits(_folded(held.felt))
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
