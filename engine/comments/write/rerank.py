"""Choose among candidate comments: what most candidates agree on, and what names the labels.

The agreement is minimum Bayes risk (Kumar and Byrne 2004): the candidate that is most like
all the others has the least expected loss against the unknown comment of a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.comments.labels import EXPRESSIONS, mentions
from engine.comments.write import phrases

SPOKEN = {
    "공포": re.compile("공포|무서|무섭|두려|소름|섬뜩|으스스|😱|😨"),
    "기쁨": re.compile("기쁨|기쁘|기뻐|기쁜|행복|즐거|즐겁|신나|웃음|웃는|웃고|미소"),
    "슬픔": re.compile("슬픔|슬프|슬픈|슬퍼|우울|눈물|😢|😭|💔"),
    "분노": re.compile("분노|화가 ?(나|난|많)|화난|화나|😠|😡"),
}
"""Expressions, and the words and emoji that say that a face shows them."""

_MOOD = re.compile("감정|표정|기분|마음이|속상|스트레스|힘든|힘들|힘내|괜찮|응원|위로|긴장|짜증")


def spoken(comment: str) -> frozenset[str]:
    """Return the expressions that a comment speaks of.

    >>> sorted(spoken("정말 행복해 보이시네요!")), sorted(spoken("나무가 멋져요!"))
    (['기쁨'], [])
    """
    return frozenset(name for name, words in SPOKEN.items() if words.search(comment))


def contradicts(labels: Sequence[str], comment: str) -> bool:
    """Whether a comment speaks of a feeling that the photo's faces do not show.

    Where no face shows any, no mood may be made up either.

    >>> contradicts(("슬픔",), "정말 행복해 보이시네요!"), contradicts(("기쁨",), "행복해 보여요!")
    (True, False)
    >>> contradicts(("나무",), "슬퍼 보이시네요. 나무가 멋져요!")
    True
    """
    shown = frozenset(labels) & frozenset(EXPRESSIONS)
    if not shown and _MOOD.search(comment):
        return True
    return bool(spoken(comment) - shown)


Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """How much each quality counts.

    Attributes:
        coverage: share of the labels that the comment names, against agreement in 0..1.
        stray: each thing that the comment names and the photo has not.
        sameness: likeness to a comment chosen before.
        recall: in the agreement, of saying what the others say against saying nothing else;
            at 1 the shortest candidate that all share wins, and comments get too short.
        words: share of words, against characters, in the agreement.
    """

    coverage: float = 0.2
    stray: float = 0.1
    sameness: float = 0.8
    recall: float = 4.0
    words: float = 0.25


_WORD_RECALL, _WORD_ORDERS = 3.0, 2

DEFAULT = Weights()
CAREFUL = Weights(coverage=0.4, stray=0.3, recall=3.0, words=0.0)
"""For comments that a person chooses from: naming the labels and nothing else."""


def similarity(
    texts: Sequence[str] | Sequence[tuple[str, ...]], recall: float = 1.0, orders: int = 4
) -> Matrix:
    """Return how like text i is to text j (N, N) in 0..1: shared character 1- to 4-grams.

    Texts as tuples of words are compared by words.

    Mean over the orders of the F-measure of n-gram counts, with *recall* (the share of
    text j's n-grams that i has) weighted that many times the precision; 1 is symmetric.

    >>> similarity(["가나다", "가나다", "라"]).round(2).tolist()
    [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    total = np.zeros((len(texts), len(texts)), np.float32)
    used = np.zeros_like(total)
    for order in range(1, orders + 1):
        counts = _counts(texts, order)
        sizes = counts.sum(1)
        shared = np.minimum(counts[:, None, :], counts[None, :, :]).sum(2)
        both = sizes[:, None] + recall * sizes[None, :]
        weighted = (1 + recall) * shared
        total += np.divide(weighted, both, out=np.zeros_like(total), where=both > 0)
        used += both > 0
    return (total / np.maximum(used, 1)).astype(np.float32)


def _counts(texts: Sequence[str] | Sequence[tuple[str, ...]], order: int) -> Matrix:
    index: dict[str | tuple[str, ...], int] = {}
    rows = [
        [index.setdefault(t[i : i + order], len(index)) for i in range(len(t) - order + 1)]
        for t in texts
    ]
    counts = np.zeros((len(texts), max(len(index), 1)), np.float32)
    for row, grams in zip(counts, rows, strict=True):
        np.add.at(row, grams, 1)
    return counts


def coverage(labels: Sequence[str], comment: str) -> float:
    """Return the share of the objects among *labels* that the comment names (1 if none).

    >>> coverage(("기쁨", "나무", "차"), "나무가 멋져요!")
    0.5
    """
    things = [label for label in labels if label not in EXPRESSIONS]
    if not things:
        return 1.0
    return sum(mentions(thing, comment) for thing in things) / len(things)


_GLOOM = {
    "공포": re.compile("공포|무서|무섭|두려|소름"),
    "슬픔": re.compile("슬픔|슬프|슬픈|슬퍼|속상|힘내"),
    "분노": re.compile("분노|화가|화난|불편"),
}
"""Expressions that hurt where the face did not show them, and words that speak of them."""

_RIDES = "차 트럭 버스 밴 자전거 오토바이 비행기 기차 보트 배 말 스키 스노보드 서핑보드 바퀴 타이어"
_DONE_WITH = (
    (
        re.compile("타고|타시|타는|운전|주차"),
        frozenset((*_RIDES.split(), "스케이트보드", "육상 차량", "자전거 바퀴")),
        frozenset({"탈것"}),
    ),
    (re.compile("읽"), frozenset({"책", "책장", "포스터"}), frozenset[str]()),
    (re.compile("맛있|먹|드시|드셨|군침"), frozenset[str](), frozenset({"음식", "음료"})),
)
"""Words for what is done with a thing, and the labels, or kinds of labels, that allow them."""


def _done(labels: Sequence[str], comment: str) -> int:
    """Return how many deeds the comment speaks of that no label allows."""
    things = [label for label in labels if label not in EXPRESSIONS]
    kinds = frozenset(map(phrases.kind, things))
    return sum(
        word.search(comment) is not None and names.isdisjoint(things) and allowed.isdisjoint(kinds)
        for word, names, allowed in _DONE_WITH
    )


def strays(labels: Sequence[str], comment: str, names: Collection[str]) -> int:
    """Return how many of *names*, dark feelings and deeds the comment has without a label.

    Names of one syllable are passed over: they are part of many words.

    >>> strays(("기쁨", "나무"), "무서운 나무와 의자네요!", {"나무", "의자", "차"})
    2
    """
    made_up = (name for name in names if len(name) > 1 and mentions(name, comment))
    things = sum(not any(name in label for label in labels) for name in made_up)
    words = [word for label, word in _GLOOM.items() if label not in labels]
    dark = sum(word.search(comment) is not None for word in words)
    return things + dark + _done(labels, comment)


def choose(
    texts: Sequence[str],
    labels: Sequence[str],
    n: int,
    names: Collection[str] = (),
    weights: Weights = DEFAULT,
    taste: npt.NDArray[np.float64] | None = None,
) -> tuple[str, ...]:
    """Return up to *n* comments: the most fitting, then fitting ones unlike those before.

    *names* are the things a comment may make up (see :func:`strays`); *taste* (N,) is added to
    the worth of the texts.

    No two begin with the same word as long as candidates with another beginning last.
    """
    if not texts:
        return ()
    alike = similarity(texts)
    agreement = _agreement(texts, weights)
    worth = (
        agreement
        + weights.coverage * np.array([coverage(labels, text) for text in texts])
        - weights.stray * np.array([strays(labels, text, names) for text in texts])
    )
    worth = worth if taste is None else worth + taste
    total: Matrix = np.asarray(worth, np.float32)
    chosen: list[int] = []
    for _ in range(min(n, len(texts))):
        openings = {texts[i].split()[0] for i in chosen}
        rest = [i for i in range(len(texts)) if i not in chosen]
        fresh = [i for i in rest if texts[i].split()[0] not in openings] or rest
        chosen.append(max(fresh, key=lambda i: _value(i, total, alike, chosen, weights)))
    return tuple(texts[i] for i in chosen)


def _agreement(texts: Sequence[str], weights: Weights) -> Matrix:
    """Return how much each text says what the others say (N,), in 0..1."""
    alike = similarity(texts, weights.recall)
    if weights.words:
        words = [tuple(text.split()) for text in texts]
        by_words = similarity(words, _WORD_RECALL, _WORD_ORDERS)
        alike = (1 - weights.words) * alike + weights.words * by_words
    return np.asarray((alike.sum(1) - 1) / max(len(texts) - 1, 1), np.float32)


def _value(
    index: int, worth: Matrix, alike: Matrix, chosen: Sequence[int], weights: Weights
) -> float:
    nearest = max((float(alike[index, other]) for other in chosen), default=0.0)
    return float(worth[index]) - weights.sameness * nearest
