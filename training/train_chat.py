"""Make what the small talk answers from, out of questions and answers (columns Q and A)::

python -m training.train_chat --data ChatbotData.csv --out models
python -m training.train_chat --data ChatbotData.csv --out models --generator
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.chat.layout import GENERATOR, NAME
from training import chat_generator, chat_index, track
from training.chat_data import kept, read_pairs, split
from training.register import register

LICENCE = "AGPL-3.0-or-later"
WRITER_FILES = ("config.json", "model.bin", "shared_vocabulary.json", "pieces.model")


def train_index(data: Path, out: Path, limit: int | None) -> None:
    """Write the model ``chat`` into *out*: the pairs and what finds them."""
    pairs = kept(read_pairs(data, limit))
    files = chat_index.write(pairs, split(pairs), out / NAME)
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
    data: Path, out: Path, limit: int | None, seed: int, threads: int, recipe: chat_generator.Recipe
) -> None:
    """Write the model ``chat-t5`` into *out*: it answers where no question is alike."""
    import torch

    from training.comments_export import export

    torch.set_num_threads(threads)
    pairs = kept(read_pairs(data, limit))
    parts = split(pairs)
    rows, stop = ([pairs[i] for i in part] for part in (parts.fit, parts.tune))
    folder = out / GENERATOR
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "pieces.model"
        pieces = chat_generator.train_pieces(rows, recipe.pieces, file)
        fit, held = (chat_generator.coded(part, pieces) for part in (rows, stop or rows[:64]))
        export(chat_generator.fit(fit, held, len(pieces), recipe, seed), file, folder)
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
    parser = argparse.ArgumentParser(prog="python -m training.train_chat")
    parser.add_argument("--data", type=Path, required=True, help="CSV with the columns Q and A")
    parser.add_argument("--out", type=Path, required=True, help="models folder")
    parser.add_argument("--generator", action="store_true", help="train the generator instead")
    parser.add_argument("--limit", type=int, help="use the first N pairs only")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=chat_generator.Recipe.epochs)
    parser.add_argument("--minutes", type=float, default=chat_generator.Recipe.minutes)
    track.add_option(parser)
    options = parser.parse_args(argv)
    name = GENERATOR if options.generator else NAME
    with track.logged(options, name, data=[options.data]):
        if not options.generator:
            train_index(options.data, options.out, options.limit)
            return 0
        recipe = replace(chat_generator.Recipe(), epochs=options.epochs, minutes=options.minutes)
        train_generator(
            options.data, options.out, options.limit, options.seed, options.threads, recipe
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
