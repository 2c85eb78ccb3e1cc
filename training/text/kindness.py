"""Train the kindness filter's classifier: is a comment hateful or offensive?

Logistic regression over hashed n-grams. A sixth of the rows, chosen by a hash of the text, is
kept out of the fit: it fits the temperature and sets the threshold, at which a given share of
harmless rows is taken for unkind. The set's own dev part is never looked at here.
`python -m training kindness --data hate_speech/train.tsv --out models`
"""

from __future__ import annotations

import argparse
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InputError
from engine.reports.sets.rows import read_tsv
from engine.text import ngrams
from engine.text.kindness import CLASSIFIER, NAME, THRESHOLD
from engine.text.ngrams import Floats, NgramModel, NgramSpec, read, save
from training.common import track
from training.common.register import register
from training.text.ngram_logistic import fit_binary, sigmoid

VERSION = "1.0"
SPEC = NgramSpec(characters=(1, 2, 3), words=(1, 2), bits=17)
STRENGTH = 3.0
KINDS = ("none", "offensive", "hate")
FALSE_ALARMS = 0.05
"""Share of harmless rows out of the fit that may be taken for unkind."""


@dataclass(frozen=True)
class Labelled:
    """N texts and (N,) indices into ``KINDS``."""

    texts: list[str]
    kind: NDArray[np.int64]

    @property
    def held(self) -> NDArray[np.bool_]:
        """(N,) rows out of the fit, for temperature and threshold."""
        return np.array([zlib.crc32(text.encode()) % 6 == 0 for text in self.texts], bool)


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="TSV 'comments … hate'")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--limit", type=int, help="train on the first N rows")
    parser.add_argument("--seed", type=int, default=0, help="unused: nothing is random here")
    track.add_option(parser)
    options = parser.parse_args(argv)
    with track.logged(options, NAME, data=[options.data]):
        _run(options)
    return 0


def _run(options: argparse.Namespace) -> None:
    rows = read_labelled(options.data, options.limit)
    print(f"{len(rows.texts):,} comments read", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    save(options.out / CLASSIFIER, train(rows))
    register(
        options.out,
        NAME,
        version=VERSION,
        task="Korean comment -> hateful or offensive, or not",
        licence="CC-BY-SA-4.0",
        files=[CLASSIFIER],
    )
    report = _report(read(options.out / CLASSIFIER), rows)
    print(json.dumps(report, indent=1), flush=True)
    track.measured(report)
    track.made(options.out / CLASSIFIER)


def read_labelled(path: Path, limit: int | None = None) -> Labelled:
    """Read rows of ``comments … hate``; those without text are left out.

    Raises:
        InputError: a column is missing, a label is none of ``KINDS``, or there is no row.
    """
    texts, kinds = [], []
    for row in read_tsv(path):
        try:
            if row["comments"].strip():
                kinds.append(KINDS.index(row["hate"].strip()))
                texts.append(row["comments"])
        except (KeyError, ValueError) as error:
            raise InputError(
                f"열 'comments'와 'hate'(none, offensive, hate)가 필요해요: {path}",
                f"{path} needs the columns 'comments' and 'hate' ({error!r})",
            ) from error
        if limit is not None and len(texts) == limit:
            break
    if not texts:
        raise InputError(f"댓글이 없어요: {path}", f"{path} has no comment")
    return Labelled(texts, np.array(kinds, np.int64))


def train(rows: Labelled) -> NgramModel:
    """Return the model; its answer is the log-odds that a comment is unkind."""
    features = ngrams.matrix([ngrams.fold(text) for text in rows.texts], SPEC)
    unkind, held = (rows.kind > 0).astype(np.float32), rows.held
    fitted = features[~held]
    count = np.bincount(fitted.indices, minlength=SPEC.size)
    rarity = np.log((1 + fitted.shape[0]) / (1 + count)) + 1
    rarity = (rarity / np.sqrt(np.square(rarity[fitted.indices]).mean())).astype(np.float32)
    even = np.ones(fitted.shape[0], np.float32)
    weights, bias = fit_binary(
        fitted.multiply(rarity).tocsr(), unkind[~held], even, strength=STRENGTH
    )
    weights *= rarity
    scores = features[held] @ weights + bias
    scale, shift = _calibrated(scores, unkind[held])
    limit = threshold(sigmoid(scores * scale + shift), unkind[held])
    return NgramModel(
        SPEC,
        (weights * scale).astype(np.float32)[:, None],
        np.array([bias * scale + shift], np.float32),
        {THRESHOLD: np.array(limit, np.float32)},
    )


def _calibrated(scores: Floats, targets: Floats) -> tuple[float, float]:
    """Return scale and shift of the log-odds with the least cross-entropy (Platt 1999)."""
    from scipy.optimize import minimize

    def loss(both: Floats) -> float:
        odds = scores * np.exp(both[0]) + both[1]
        return float((np.logaddexp(0.0, odds) - targets * odds).mean())

    found = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return float(np.exp(found[0])), float(found[1])


def threshold(chance: Floats, unkind: Floats, alarms: float = FALSE_ALARMS) -> float:
    """Return the least chance at which at most *alarms* of the harmless rows are flagged.

    >>> harmless = np.array([0.1, 0.2, 0.3, 0.4], np.float32)
    >>> limit = threshold(harmless, np.zeros(4, np.float32), alarms=0.25)
    >>> int((harmless >= limit).sum())
    1
    """
    harmless = np.sort(chance[unkind == 0])
    if not len(harmless):
        return 0.5
    flagged = int(len(harmless) * alarms)
    return float(np.nextafter(harmless[len(harmless) - flagged - 1], np.float32(1)))


def _report(model: NgramModel, rows: Labelled) -> dict[str, float]:
    """Return the saved model's figures on the rows out of the fit."""
    held = rows.held
    texts = [text for text, out in zip(rows.texts, held, strict=True) if out]
    chance = sigmoid(model.logits([ngrams.fold(text) for text in texts])[:, 0])
    flagged, kind = chance >= float(model.extra[THRESHOLD]), rows.kind[held]
    shares = {
        f"flagged_{name}": float(flagged[kind == i].mean())
        for i, name in enumerate(KINDS)
        if (kind == i).any()
    }
    return {"held_out": float(held.sum()), "threshold": float(model.extra[THRESHOLD]), **shares}
