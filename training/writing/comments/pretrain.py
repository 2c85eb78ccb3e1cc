"""Pretrain a comment writer on Korean texts that are no comments::

    python -m training comments-pretrain --data DATA --out out/comments --kind t5

Writes ``pieces.model`` (once; both kinds share it) and ``KIND.pretrained.pt``. Half of the rows
are "some of a text's words -> the text", which is what a photo's labels are to its comment; of
the others T5 learns span corruption and GPT-2 the text alone.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.comments.labels import prompt
from engine.text.normalize import has_hangul, normalize
from training.common import track
from training.text.encoder.pack import SOURCES
from training.writing.comments.data import Pair, read_pairs, sentences, split
from training.writing.comments.nets import (
    KINDS,
    PAD,
    Row,
    Shape,
    build,
    held_out_loss,
    kind_of,
    loss_of,
    saved_net,
    sentinels,
    tensors,
    train_pieces,
)

COMMENTS = "comments/comments_train.json"
_HATE = "hate_speech/train.tsv"
_LEFT_OUT = frozenset({"emotion_text/emotion7_train.tsv.gz", COMMENTS, _HATE})
_SHORTEST, _LONGEST = 12, 110
_POLITE = re.compile(r"(요|니다|니까|세요)[^가-힣\w]*$")
_NOISE = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]{3,}|https?:|(.)\1{3,}")
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(은|는|이|가|을|를|의|에|도|와|과|로|으로|에서|까지|만|이나|나)$"
)


def read_texts(data: Path) -> Iterator[str]:
    """Yield the readable texts of the folder *data*, photo comments left out.

    Raises:
        InputError: a file is not as it needs to be.
    """
    for name, read in SOURCES.items():
        path = data / name
        if name in _LEFT_OUT or not path.exists():
            continue
        yield from filter(None, (tidy(item.text) for item in read(path)))
    yield from filter(None, map(tidy, _kind_comments(data / _HATE)))


def _kind_comments(path: Path) -> Iterator[str]:
    """Yield the comments that people marked as neither hateful nor offensive."""
    from engine.reports.sets.rows import read_tsv

    if path.exists():
        yield from (row["comments"] for row in read_tsv(path) if row.get("hate") == "none")


def tidy(text: str) -> str | None:
    """Return the text on one line, or None where there is nothing to learn from it.

    >>> tidy("정말  재미있게 봤습니다!"), tidy("ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ")
    ('정말 재미있게 봤습니다!', None)
    """
    text = normalize(text)
    fits = _SHORTEST <= len(text) <= _LONGEST and " " in text
    return text if fits and has_hangul(text) and not _NOISE.search(text) else None


def polite(text: str) -> bool:
    """Whether a text ends politely, as the photo comments do.

    >>> polite("재미있었어요!!"), polite("재미있었다.")
    (True, False)
    """
    return _POLITE.search(text) is not None


def mixed(data: Path, size: int, seed: int) -> list[str]:
    """Return *size* texts for pretraining: two of three polite ones, as far as they last."""
    rng = random.Random(seed)
    gentle: list[str] = []
    plain: list[str] = []
    for text in dict.fromkeys(read_texts(data)):
        (gentle if polite(text) else plain).append(text)
    rng.shuffle(gentle)
    rng.shuffle(plain)
    first = gentle[: size * 2 // 3]
    texts = first + plain[: size - len(first)]
    rng.shuffle(texts)
    return texts


def fit_pairs(data: Path) -> list[Pair]:
    """Return the photo comments of the folder that may be trained on."""
    return split(read_pairs(data / COMMENTS))["fit"]


def keywords(text: str, rng: random.Random, most: int = 4) -> list[str]:
    """Return a few nouns and stems of a text in any order, as if they were a photo's labels.

    >>> keywords("나무가", random.Random(0))
    ['나무']
    """
    words = [re.sub(r"[^\w]", "", word) for word in text.split()]
    stems = [_PARTICLE.sub("", word) for word in words]
    known = list(dict.fromkeys(stem for stem in stems if len(stem) >= 2 and stem in text))
    return rng.sample(known, min(len(known), rng.randint(1, most)))


def corrupted(
    ids: Sequence[int], sentinels: Sequence[int], rng: random.Random, share: float = 0.3
) -> tuple[list[int], list[int]]:
    """Return (input, target) of T5's span corruption (Raffel et al. 2020).

    Spans of about three pieces, *share* of all, become sentinels; the target says what each hid.
    """
    wanted = max(1, min(len(sentinels), round(len(ids) * share / 3)))
    starts = sorted(rng.sample(range(len(ids)), min(wanted, len(ids))))
    source: list[int] = []
    target: list[int] = []
    at = 0
    for sentinel, start in zip(sentinels, starts, strict=False):
        if start < at:
            continue
        end = min(len(ids), start + rng.randint(1, 5))
        source += [*ids[at:start], sentinel]
        target += [sentinel, *ids[start:end]]
        at = end
    return source + list(ids[at:]), target


PIECES = "pieces.model"
HELD_OUT = 600
LONGEST = 64


def rows_of(kind: str, texts: Sequence[str], pieces: Any, rng: random.Random) -> Iterator[Row]:
    """Yield one row a text: words to text, or a corrupted text to mend."""
    hidden = sentinels(pieces)
    for text in texts:
        ids = pieces.encode(text)[:LONGEST]
        if rng.random() < 0.5:
            yield pieces.encode(prompt(keywords(text, rng))), ids
        elif kind == "t5":
            yield corrupted(ids, hidden, rng)
        else:
            yield (), ids


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield batches of about *size* pieces, of rows alike in length."""
    done = False
    while not done:
        pool: list[Row] = []
        for row in rows:
            pool.append(row)
            if len(pool) == 2048:
                break
        done = len(pool) < 2048
        pool.sort(key=lambda row: (len(row[1]), len(row[0])))
        cut: list[list[Row]] = [[]]
        for row in pool:
            if sum(len(r[0]) + len(r[1]) + 2 for r in cut[-1]) > size:
                cut.append([])
            cut[-1].append(row)
        random.Random(len(cut)).shuffle(cut)
        yield from filter(None, cut)


def pretrain(options: argparse.Namespace) -> None:
    """Train for ``options.steps`` batches and save the weights."""
    import sentencepiece
    import torch

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / PIECES
    if options.start is not None and not file.exists():
        shutil.copy(options.start.parent / PIECES, file)
    pairs = fit_pairs(options.data)
    texts = mixed(options.data, options.texts, options.seed)
    if not file.exists():
        train_pieces(pairs, texts[: options.texts // 6], options.pieces, file)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(file))
    held, texts = texts[:HELD_OUT], texts[HELD_OUT:]
    texts += [sentence for pair in pairs for sentence in sentences(pair.comment)]
    rng = random.Random(options.seed)
    rng.shuffle(texts)
    stop = list(rows_of(options.kind, held, pieces, random.Random(0)))
    if options.start is None:
        shape = Shape(width=options.width, inner=4 * options.width)
        model = build(options.kind, shape, len(pieces))
    else:
        model, shape = saved_net(options.start, options.kind, len(pieces))
    size = sum(weights.numel() for weights in model.parameters()) / 1e6
    print(f"{len(texts)} texts, {len(pieces)} pieces, {size:.2f} M parameters", flush=True)

    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    warm = max(1, options.steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.1, 1 - s / options.steps))
    )
    model.train()
    step, seen, start = 0, 0, time.perf_counter()
    losses: list[float] = []
    while step < options.steps:
        for rows in batches(rows_of(options.kind, texts, pieces, rng), options.batch):
            batch = tensors(options.kind, rows)
            loss = loss_of(model, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            seen += int((batch[0] != PAD).sum()) + int((batch[2] >= 0).sum())
            losses.append(float(loss.item()))
            if step % options.every == 0 or step == options.steps:
                report(step, losses, held_out_loss(model, stop), seen, time.perf_counter() - start)
                losses.clear()
                save(model, shape, options.out / f"{options.kind}.pretrained.pt")
            if step == options.steps:
                break
    track.made(options.out / f"{options.kind}.pretrained.pt", file)


def save(model: Any, shape: Shape, out: Path) -> None:
    """Write the weights with what is needed to build the network again."""
    import torch

    torch.save({"kind": kind_of(model), "shape": asdict(shape), "weights": model.state_dict()}, out)


def report(step: int, losses: Sequence[float], stop: float, seen: int, seconds: float) -> None:
    """Print and log how far it is."""
    mean = sum(losses) / len(losses)
    print(
        f"step {step}  loss {mean:.4f}  stop {stop:.4f}  {seen / seconds:.0f} pieces/s", flush=True
    )
    track.measured({"loss": mean, "stop": stop}, step)


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and pretrain."""
    parser = argparse.ArgumentParser(prog="python -m training comments-pretrain")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--out", type=Path, default=Path("out/comments"))
    parser.add_argument("--kind", choices=KINDS, default="t5")
    parser.add_argument("--start", type=Path, help="go on from KIND.pretrained.pt")
    parser.add_argument("--texts", type=int, default=300_000, help="how many are read")
    parser.add_argument("--pieces", type=int, default=5000, help="size of the vocabulary")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=4096, help="pieces a batch")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--every", type=int, default=200, help="steps between two looks")
    parser.add_argument("--width", type=int, default=Shape.width)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    track.add_option(parser)
    options = parser.parse_args(argv)
    with track.logged(options, f"comments-{options.kind}", data=[]):
        pretrain(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
