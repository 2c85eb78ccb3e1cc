"""What the encoder reads: every Korean text of the data folder, with the labels it has."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine import ngrams
from engine.emotions.fine import KOTE_LABELS
from engine.emotions.results import LABELS as EMOTIONS
from engine.errors import InputError
from engine.reporting.sets.rows import read_tsv
from training.encoder_pack import GROUPS

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
