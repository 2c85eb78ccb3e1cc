"""Which stored question is like a sentence: character n-grams, the encoder, and the answers.

The index is exact: 11,663 rows are compared in well under a millisecond, which leaves nothing
for an approximate index to win (``training.evaluate chat`` prints the time).
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.chat import crisis, rules
from engine.chat.result import Reply, Source
from engine.chat.words import key
from engine.core.errors import InputError
from engine.models import manifest, store
from engine.text import encoder, ngrams
from engine.text.encoder.model import windows
from engine.text.ngrams import Floats, Ints, NgramSpec

NAME, GENERATOR = "chat", "chat-t5"
"""The models' names and folders: pairs and index; the network that answers anew."""

PAIRS, INDEX = "pairs.tsv.gz", "index.npz"
"""Files of ``chat``: one question and answer a line; what finds a question."""

PART = slice(256, 512)
"""Columns of the encoder's pooled vector that are searched: the mean over the pieces."""

CHARACTERS, BITS = (1, 2), 18
"""Lengths of the character n-grams of a question without spaces, and their buckets."""


# ----------------------------------------------------------------------------------------
# What is done with answers: whether one is near enough, exchanging one, checking a taught one.

ALIKE = 0.5
"""Likeness from which a stored question counts as the same; below it a sentence that can be given
back is."""

SIMILAR = 0.36
"""Likeness from which a stored answer beats a newly written one."""


def plain(answer: str, source: Source, chance: float, matched: str, model: str) -> Reply:
    """Return an answer without a word for the feeling yet."""
    return Reply(answer, source, confidence=chance, matched=matched, answer=answer, model=model)


def near(found: Sequence[Found], least: float = SIMILAR) -> bool:
    """Whether the best of *found* is near enough to be said."""
    return bool(found) and found[0].score >= least


def swapped(reply: Reply, answer: str) -> Reply:
    """Give *answer*, an alternative, and put the former answer last of the alternatives."""
    lead = reply.text.removesuffix(reply.answer).strip()
    others = (*(item for item in reply.alternatives if item != answer), reply.answer)
    return replace(reply, text=f"{lead} {answer}".strip(), answer=answer, alternatives=others)


def check_taught(asked: str, answer: str) -> None:
    """Refuse abuse, and answers to or about a crisis.

    Raises:
        InputError: it may not be learned.
    """
    if crisis.crisis(asked) or crisis.crisis(answer) or rules.abusive(answer):
        raise InputError(
            "이 답은 배울 수 없어요. 다른 말로 적어 주세요.",
            "This answer cannot be learned; put it differently.",
        )


def model_label(name: str) -> str:
    """Return name and version of a model and of the encoder."""
    return f"{manifest.entry(name).label} + {encoder.label()}"


_SPEC = NgramSpec(CHARACTERS, (), BITS)
_LONGEST = 200
"""A longer text is compared by its end, where people say what they want."""

ENCODER, ANSWERS = 0.5, 0.1
"""What the encoder's likeness and the answer's own words weigh against the n-grams' 1."""


@dataclass(frozen=True)
class Found:
    """A stored answer: the question that it was found by, and how alike that is (0..1)."""

    question: str
    answer: str
    score: float


class Words:
    """Exact search by cosine of tf-idf character n-grams, as an inverted index."""

    def __init__(self, texts: Sequence[str]) -> None:
        row, bucket = _features(texts)
        self._rows = len(texts)
        seen = np.bincount(bucket, minlength=_SPEC.size)
        self._rarity = np.log((1 + self._rows) / (1 + seen)).astype(np.float32)
        weight = self._rarity[bucket]
        length = np.sqrt(np.bincount(row, weight * weight, minlength=self._rows))
        order = np.argsort(bucket, kind="stable")
        self._row = row[order].astype(np.int32)
        self._weight = (weight / np.maximum(length[row], 1e-9))[order].astype(np.float32)
        self._first = np.concatenate([[0], np.cumsum(seen)])

    def likeness(self, text: str) -> Floats:
        """Return the (N,) cosines in 0..1 of *text* with every stored text."""
        _, buckets = _features([text])
        weights = self._rarity[buckets]
        total = np.zeros(self._rows, np.float32)
        for bucket, weight in zip(buckets.tolist(), weights.tolist(), strict=True):
            part = slice(self._first[bucket], self._first[bucket + 1])
            total[self._row[part]] += weight * self._weight[part]
        return total / np.float32(max(float(np.sqrt(weights @ weights)), 1e-9))


def _features(texts: Sequence[str]) -> tuple[Ints, Ints]:
    return ngrams.distinct(ngrams.ngrams([ngrams.fold(key(t)) for t in texts], _SPEC), _SPEC)


@dataclass(frozen=True)
class Index:
    """Questions, their answers, and what finds them.

    Attributes:
        questions, answers: N texts each.
        vectors: (N, D) int8 whitened vectors of the questions, of length 127.
        mean, matrix: (K,) and (K, D), which whiten a pooled vector.
        spread: intercept and slope of the log-odds that the best answer is right.
    """

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    vectors: NDArray[np.int8]
    mean: Floats
    matrix: Floats
    spread: tuple[float, float]

    @cached_property
    def _asked(self) -> Words:
        return Words(self.questions)

    @cached_property
    def _answered(self) -> Words:
        return Words(self.answers)

    def subset(self, rows: Sequence[int]) -> Index:
        """Return an index of these rows alone (for figures on questions left out)."""
        return Index(
            tuple(self.questions[i] for i in rows),
            tuple(self.answers[i] for i in rows),
            self.vectors[np.asarray(rows, np.int64)],
            self.mean,
            self.matrix,
            self.spread,
        )

    def parts(self, text: str) -> tuple[Floats, Floats, Floats]:
        """Return (N,) likenesses: n-grams of the questions, encoder, n-grams of the answers."""
        vector = whitened(pooled(text)[None], self.mean, self.matrix)[0]
        meaning = (self.vectors.astype(np.float32) @ vector) / np.float32(127)
        return self._asked.likeness(text), meaning, self._answered.likeness(text)

    def scores(self, text: str) -> Floats:
        """Return how alike *text* is to each stored pair, (N,), about 0..1."""
        words, meaning, answers = self.parts(text[-_LONGEST:])
        return (words + ENCODER * meaning + ANSWERS * answers) / np.float32(1 + ENCODER)

    def find(self, text: str, most: int = 5) -> list[Found]:
        """Return up to *most* different answers, the likeliest first."""
        scores = self.scores(text)
        best = np.argpartition(-scores, min(20 * most, len(scores) - 1))[: 20 * most]
        found: dict[str, Found] = {}
        for row in best[np.argsort(-scores[best], kind="stable")].tolist():
            answer = self.answers[row]
            if answer not in found:
                found[answer] = Found(self.questions[row], answer, float(scores[row]))
            if len(found) == most:
                break
        return list(found.values())

    def chance(self, score: float) -> float:
        """Return the probability that an answer of this score is the right one."""
        start, slope = self.spread
        return float(1 / (1 + np.exp(-(start + slope * score))))


def pooled(text: str) -> Floats:
    """Return the encoder's mean vector (256,) of a text's first window."""
    loaded = encoder.load()
    ids = windows(loaded.ids(text))[:1]
    return loaded.session.run(["pooled"], {"ids": ids})[0][0, PART]  # type: ignore[no-any-return]


def whitened(vectors: Floats, mean: Floats, matrix: Floats) -> Floats:
    """Return (N, D) unit vectors: decorrelated, every direction of the same variance."""
    moved = (vectors - mean) @ matrix
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return (moved / np.maximum(length, 1e-9)).astype(np.float32)  # type: ignore[no-any-return]


def read(folder: Path) -> Index:
    """Read the model's folder.

    Raises:
        OSError, ValueError, KeyError: a file is missing or not what it should be.
    """
    text = gzip.decompress((folder / PAIRS).read_bytes()).decode()
    rows = [line.split("\t") for line in text.splitlines()]
    with np.load(folder / INDEX, allow_pickle=False) as found:
        vectors, spread = found["vectors"], found["spread"]
        mean, matrix = found["mean"].astype(np.float32), found["matrix"].astype(np.float32)
    if len(rows) != len(vectors):
        raise ValueError(f"{len(rows)} pairs, but {len(vectors)} vectors")
    questions, answers = (tuple(column) for column in zip(*rows, strict=True))
    return Index(questions, answers, vectors, mean, matrix, (float(spread[0]), float(spread[1])))


def load() -> Index:
    """Return the shipped index, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return store.load(NAME, read)
