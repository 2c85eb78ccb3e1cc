"""From the data folder to ``pieces.model`` and ``pack.npz``."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InputError
from engine.emotions.result import KOTE_LABELS
from engine.emotions.result import LABELS as EMOTIONS
from engine.reports.sets.rows import read_tsv
from engine.text import ngrams
from engine.text.encoder.layout import FIRST, PAD, PIECES, SPECIAL, UNKNOWN

UNRATED, NO_EMOTION, NO_KOTE = 0, -1, -1


@dataclass(frozen=True)
class Example:
    """One text and what is known of it.

    Attributes:
        text: as the encoder reads it (:func:`encoder_text`).
        group: 0..11; rows of one film share it, and 0 is never trained on.
        rating: 1..10, or ``UNRATED``.
        emotion: index into the seven emotions, or ``NO_EMOTION``.
        kote: indices into ``KOTE_LABELS``, or ``None`` where it is not labelled.
    """

    text: str
    group: int
    rating: int = UNRATED
    emotion: int = NO_EMOTION
    kote: tuple[int, ...] | None = None


def encoder_text(text: str) -> str:
    """Return *text* as the encoder reads it: NFC (loose jamo join), lower case, runs folded.

    >>> encoder_text("Good  영화ㅋㅋㅋㅋ")
    'good 영화ㅋㅋ'
    """
    return ngrams.fold(text).strip()


def text_group(text: str) -> int:
    """Return a group by the text's hash; group 0 is what ``train_emotions`` holds out."""
    number = zlib.crc32(text.encode())
    return 0 if number % 10 == 0 else 1 + number // 10 % (GROUPS - 1)


def read_all(data: Path, limit: int | None = None) -> Iterator[Example]:
    """Yield the texts of the folder *data*, at most *limit* a file; dev sets are not read.

    Raises:
        InputError: none of the files is there, or one is not as ``DATA`` needs it.
    """
    found = 0
    for name, read in SOURCES.items():
        path = data / name
        if not path.exists():
            print(f"not there, left out: {path}", flush=True)
            continue
        found += 1
        kept = 0
        for item in read(path):
            text = encoder_text(item.text)
            if text:
                yield replace(item, text=text)
                kept += 1
            if kept == limit:
                break
        print(f"{kept:>8,} texts of {name}", flush=True)
    if not found:
        raise InputError(
            f"'{data}' 폴더에 학습 글이 없어요. {', '.join(SOURCES)} 중 하나가 필요해요.",
            f"No training text in '{data}': it needs one of {', '.join(SOURCES)}",
        )


def _reviews(path: Path) -> Iterator[Example]:
    for row in read_tsv(path):
        try:
            rating, film = int(row["rating"]), row["movie_id"]
        except (KeyError, ValueError) as error:
            raise _unfit(path, "review_id movie_id rating text", error) from error
        yield Example(row.get("text", ""), zlib.crc32(film.encode()) % GROUPS, rating)


def _emotions(path: Path) -> Iterator[Example]:
    for row in read_tsv(path):
        try:
            text, emotion = row["text"], EMOTIONS.index(row["emotion"].strip())
        except (KeyError, ValueError) as error:
            raise _unfit(path, "text emotion", error) from error
        yield Example(text, text_group(text), emotion=emotion)


def _kote(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        try:
            labels = tuple(int(number) for number in cells[2].split(",") if number)
            if not all(0 <= number < len(KOTE_LABELS) for number in labels):
                raise ValueError(cells[2])
        except (IndexError, ValueError) as error:
            raise _unfit(path, "ID text labels", error) from error
        yield Example(cells[1], text_group(cells[1]), kote=labels)


def _chat(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            for column in ("Q", "A"):
                text = row.get(column) or ""
                yield Example(text, text_group(text))


def _comments(path: Path) -> Iterator[Example]:
    for row in json.loads(path.read_text(encoding="utf-8")):
        yield Example(row["comment"], text_group(row["comment"]))


def _hate(path: Path) -> Iterator[Example]:
    for row in read_tsv(path):
        text = row.get("comments", "")
        yield Example(text, text_group(text))


def _lines(path: Path) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield Example(line, text_group(line.rstrip("\r\n")))


def _unfit(path: Path, columns: str, error: Exception) -> InputError:
    return InputError(
        f"열 '{columns}'가 필요해요: {path}", f"{path} needs the columns '{columns}' ({error!r})"
    )


SOURCES: dict[str, Callable[[Path], Iterator[Example]]] = {
    "reviews/reviews_train.tsv.gz": _reviews,
    "emotion_text/emotion7_train.tsv.gz": _emotions,
    "emotion_text/kote_train.tsv": _kote,
    "chat/ChatbotData.csv": _chat,
    "comments/comments_train.json": _comments,
    "hate_speech/train.tsv": _hate,
    "hate_speech/unlabeled_comments.txt.gz": _lines,
}
"""Where each kind of text lies below the data folder."""


# ----------------------------------------------------------------------------------------
# The encoder's pieces of text, and the pack: all token ids and labels in one small file.
#
# Training needs nothing but the pack, numpy and torch.

Ids = NDArray[np.uint16]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GROUPS = 12
"""Rows fall into so many groups; group 0 is the stop split, the others make the folds.

As many as in ``reviews_data.HELD_OUT``, so that group 0 has the films that the n-gram
model holds out, too.
"""

LONGEST = 160
"""Longest text in pieces that is packed; what is beyond is cut."""

_SAMPLE = 300_000
_CHUNK = 20_000


@dataclass(frozen=True)
class Pack:
    """N texts as pieces, and their labels.

    Attributes:
        ids: (T,) pieces of all texts, one after the other, without special ones.
        length: (N,) pieces of each text.
        group: (N,) 0 for the stop split, 1..11 for what is trained on.
        rating: (N,) 1..10, 0 where there is none.
        emotion: (N,) 0..6, -1 where there is none.
        kote: (N, 44) 0 or 1, -1 in rows without KOTE labels.
        starts: (V,) whether a piece begins a word.
    """

    ids: Ids
    length: Ints
    group: Ints
    rating: Ints
    emotion: Ints
    kote: NDArray[np.int8]
    starts: Bools

    def __len__(self) -> int:
        return len(self.length)

    @property
    def begin(self) -> Ints:
        """(N,) where each text begins in ``ids``."""
        return np.cumsum(self.length) - self.length

    def row(self, index: int) -> Ids:
        """Return the pieces of one text."""
        first = int(self.begin[index])
        return self.ids[first : first + int(self.length[index])]


def train_pieces(texts: Sequence[str], size: int, out: Path, seed: int) -> None:
    """Write the sentencepiece unigram model *out*; letters it lacks become bytes.

    Args:
        texts: normalised; a fixed random part of them is looked at.
        size: upper limit of the number of pieces.
    """
    import sentencepiece

    rows: Iterable[int] = range(len(texts))
    if len(texts) > _SAMPLE:
        rows = np.sort(np.random.default_rng(seed).choice(len(texts), _SAMPLE, replace=False))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([texts[i] for i in rows]),
        model_prefix=str(out.with_suffix("")),
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        hard_vocab_limit=False,
        character_coverage=0.9995,
        normalization_rule_name="identity",
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=FIRST,
        eos_id=-1,
        control_symbols="[MASK]",
        num_threads=1,
        minloglevel=1,
    )


def load_pieces(path: Path) -> Any:
    """Return the ``SentencePieceProcessor`` of *path*."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def word_starts(pieces: Any) -> Bools:
    """Return (V,) whether a piece begins a word; special pieces do, too."""
    return np.array(
        [i < SPECIAL or pieces.id_to_piece(i).startswith("▁") for i in range(len(pieces))]
    )


def encode(texts: Sequence[str], pieces: Any) -> tuple[Ids, Ints]:
    """Return the pieces of all texts (T,) and how many each has (N,)."""
    parts: list[Ids] = []
    length: list[int] = []
    for first in range(0, len(texts), _CHUNK):
        rows = [row[:LONGEST] for row in pieces.encode(list(texts[first : first + _CHUNK]))]
        parts += [np.array(row, np.uint16) for row in rows]
        length += [len(row) for row in rows]
    return (np.concatenate(parts) if parts else np.zeros(0, np.uint16)), np.array(length, np.int64)


def save(path: Path, pack: Pack) -> None:
    """Write the pack as a compressed .npz (whole, or not at all)."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        # High and low bytes compress better apart.
        np.savez_compressed(
            stream,
            low=(pack.ids & 255).astype(np.uint8),
            high=(pack.ids >> 8).astype(np.uint8),
            length=pack.length.astype(np.uint8),
            group=pack.group.astype(np.uint8),
            rating=pack.rating.astype(np.uint8),
            emotion=pack.emotion.astype(np.int8),
            kote=pack.kote,
            starts=pack.starts,
        )
    part.replace(path)


def load(path: Path) -> Pack:
    """Read a pack that :func:`save` wrote.

    Raises:
        FileNotFoundError: it is not there.
    """
    with np.load(path) as found:
        ids = found["low"].astype(np.uint16) | (found["high"].astype(np.uint16) << 8)
        numbers = {
            name: found[name].astype(np.int64) for name in ("length", "group", "rating", "emotion")
        }
        return Pack(ids=ids, kote=found["kote"], starts=found["starts"], **numbers)


PACK = "pack.npz"


def make(data: Path, out: Path, size: int, limit: int | None, seed: int) -> Pack:
    """Read *data*, train at most *size* pieces and write both files into *out*.

    The pieces are learned from what is trained on, never from the stop split.
    """
    out.mkdir(parents=True, exist_ok=True)
    examples = list(read_all(data, limit))
    seen = [item.text for item in examples if item.group]
    train_pieces(seen, size, out / PIECES, seed)
    pieces = load_pieces(out / PIECES)
    print(f"{len(pieces):,} pieces", flush=True)
    ids, length = encode([item.text for item in examples], pieces)
    pack = Pack(
        ids=ids,
        length=length,
        group=np.array([item.group for item in examples], np.int64),
        rating=np.array([item.rating for item in examples], np.int64),
        emotion=np.array([item.emotion for item in examples], np.int64),
        kote=kote_labels(examples),
        starts=word_starts(pieces),
    )
    save(out / PACK, pack)
    megabytes = (out / PACK).stat().st_size / 2**20
    print(
        f"{len(pack):,} texts, {len(ids):,} tokens ({len(ids) / len(pack):.1f} a text), "
        f"{megabytes:.1f} MiB",
        flush=True,
    )
    return pack


def kote_labels(examples: Sequence[Example]) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """Return (N, 44) 0 or 1, and -1 in rows without KOTE labels."""
    labels = np.full((len(examples), len(KOTE_LABELS)), -1, np.int8)
    for row, item in enumerate(examples):
        if item.kote is not None:
            labels[row] = 0
            labels[row, list(item.kote)] = 1
    return labels
