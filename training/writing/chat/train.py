"""Make what the small talk answers from, out of questions and answers (columns Q and A)::

python -m training chat --data ChatbotData.csv --out models
python -m training chat --data ChatbotData.csv --out models --generator
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.chat.retrieval import GENERATOR, INDEX, NAME, PAIRS, Index, pooled, whitened
from engine.text.ngrams import Floats
from training.common import track
from training.common.register import register
from training.writing.chat import generator
from training.writing.chat.data import Pair, Split, kept, read_pairs, split

WIDTH = 192
"""Directions of most variance that are kept of the encoder's 256."""

_LEVELS = 127


def write(pairs: Sequence[Pair], parts: Split, folder: Path) -> tuple[str, ...]:
    """Write ``pairs.tsv.gz`` and ``index.npz`` into *folder*; return their names.

    Whitening is fitted on the rows to learn from, the calibration on those for choices;
    those for the report take no part in either.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vectors = np.stack([pooled(pair.question) for pair in pairs])
    mean, matrix = whitening(vectors[list(parts.fit)], WIDTH)
    packed = np.rint(_LEVELS * whitened(vectors, mean, matrix)).astype(np.int8)
    index = Index(
        tuple(pair.question for pair in pairs),
        tuple(pair.answer for pair in pairs),
        packed,
        mean,
        matrix,
        (0.0, 0.0),
    )
    spread = calibrated(index, pairs, parts)
    rows = "".join(f"{_line(pair.question)}\t{_line(pair.answer)}\n" for pair in pairs)
    (folder / PAIRS).write_bytes(gzip.compress(rows.encode(), 9, mtime=0))
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        vectors=packed,
        mean=mean.astype(np.float16),
        matrix=matrix.astype(np.float16),
        spread=np.array(spread, np.float64),
    )
    (folder / INDEX).write_bytes(stream.getvalue())
    return PAIRS, INDEX


def whitening(vectors: Floats, width: int) -> tuple[Floats, Floats]:
    """Return mean (K,) and matrix (K, width) that give the widest directions variance 1."""
    mean = vectors.mean(axis=0)
    values, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    width = min(width, int((values > values[-1] * 1e-9).sum()))
    matrix = directions[:, -width:] / np.sqrt(values[-width:])
    return mean.astype(np.float32), matrix.astype(np.float32)


def calibrated(index: Index, pairs: Sequence[Pair], parts: Split) -> tuple[float, float]:
    """Return intercept and slope of P(first answer is right | score), on the rows for choices.

    Too few rows, or all alike in outcome, give a flat half.
    """
    from sklearn.linear_model import LogisticRegression

    asked = index.subset(parts.fit)
    found = [asked.find(pairs[row].question, 1)[0] for row in parts.tune]
    right = [f.answer == pairs[row].answer for f, row in zip(found, parts.tune, strict=True)]
    if len(set(right)) < 2:
        return 0.0, 0.0
    scores: NDArray[np.float64] = np.array([[f.score] for f in found])
    model = LogisticRegression(C=100.0).fit(scores, right)
    return float(model.intercept_[0]), float(model.coef_[0, 0])


def _line(text: str) -> str:
    return " ".join(text.split())


LICENCE = "AGPL-3.0-or-later"
WRITER_FILES = ("config.json", "model.bin", "shared_vocabulary.json", "pieces.model")


def train_index(data: Path, out: Path, limit: int | None) -> None:
    """Write the model ``chat`` into *out*: the pairs and what finds them."""
    pairs = kept(read_pairs(data, limit))
    files = write(pairs, split(pairs), out / NAME)
    register(
        out,
        NAME,
        version="1.0",
        task="a sentence of small talk -> an answer to a question like it",
        licence=f"{LICENCE} (pairs: Chatbot_data, MIT)",
        files=files,
        folder=NAME,
    )
    track.made(*(out / NAME / name for name in files))


def train_generator(
    data: Path, out: Path, limit: int | None, seed: int, threads: int, recipe: generator.Recipe
) -> None:
    """Write the model ``chat-t5`` into *out*: it answers where no question is alike."""
    import torch

    from training.writing.comments.nets import export

    torch.set_num_threads(threads)
    pairs = kept(read_pairs(data, limit))
    parts = split(pairs)
    rows, stop = ([pairs[i] for i in part] for part in (parts.fit, parts.tune))
    folder = out / GENERATOR
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "pieces.model"
        pieces = generator.train_pieces(rows, recipe.pieces, file)
        fit, held = (generator.coded(part, pieces) for part in (rows, stop or rows[:64]))
        export(generator.fit(fit, held, len(pieces), recipe, seed), file, folder)
    register(
        out,
        GENERATOR,
        version="1.0",
        task="a sentence of small talk -> a new answer",
        licence=LICENCE,
        files=WRITER_FILES,
        folder=GENERATOR,
    )
    track.made(*(folder / name for name in WRITER_FILES))


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m training chat")
    parser.add_argument("--data", type=Path, required=True, help="CSV with the columns Q and A")
    parser.add_argument("--out", type=Path, required=True, help="models folder")
    parser.add_argument("--generator", action="store_true", help="train the generator instead")
    parser.add_argument("--limit", type=int, help="use the first N pairs only")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=generator.Recipe.epochs)
    parser.add_argument("--minutes", type=float, default=generator.Recipe.minutes)
    track.add_option(parser)
    options = parser.parse_args(argv)
    name = GENERATOR if options.generator else NAME
    with track.logged(options, name, data=[options.data]):
        if not options.generator:
            train_index(options.data, options.out, options.limit)
            return 0
        recipe = replace(generator.Recipe(), epochs=options.epochs, minutes=options.minutes)
        train_generator(
            options.data, options.out, options.limit, options.seed, options.threads, recipe
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
