"""What a person likes in comments, learnt from choices: a conditional logit over plain features.

Each choice says that one of the shown comments was worth more than the others (McFadden 1974).
The weights are those of greatest posterior probability under a Gaussian prior around zero, so
few choices move them a little, and contradicting ones cancel out.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.comments.labels import mentions
from engine.core import paths, state
from engine.core.errors import InputError, Message, StorageError

Floats = npt.NDArray[np.float64]

FEATURES = (
    "length", "emoji", "exclamation", "question", "formal", "polite", "laughter", "names",
    "likeness",
)  # fmt: skip
"""Columns of :func:`features`; all are near 0..2."""

PRIOR = 0.6
"""Precision of the weights' prior."""
FADE = 0.985
"""A choice counts this much less with each one after it."""
LIKED = 12
"""So many of the latest chosen texts are what others are compared with."""

_FORMAL = re.compile(r"니다|니까|십시오")
_POLITE = re.compile(r"[요죠](?=[\s.!?~…]|$|\W)")
_LAUGHTER = re.compile(r"[ㅋㅎㅠㅜ]{2,}|~")


@dataclass(frozen=True)
class Choice:
    """One decision.

    Attributes:
        labels: the photo's.
        candidates: what was offered.
        chosen: index of the one that was taken; None when the person wrote an own text.
        edited: the text that it became, None when it was taken as it was.
    """

    labels: tuple[str, ...]
    candidates: tuple[str, ...]
    chosen: int | None
    edited: str | None

    @property
    def text(self) -> str:
        """The text that was used in the end."""
        if self.edited is not None:
            return self.edited
        return self.candidates[self.chosen] if self.chosen is not None else ""

    @property
    def options(self) -> tuple[tuple[str, ...], int]:
        """The texts that were compared, and the index of the one preferred."""
        if self.edited is not None:
            return (*self.candidates, self.edited), len(self.candidates)
        return self.candidates, self.chosen or 0


@dataclass(frozen=True)
class Taste:
    """What was learnt: weights (F,) of ``FEATURES``, and the texts that were liked lately."""

    weights: Floats
    liked: tuple[str, ...]

    def worth(self, texts: Sequence[str], labels: Sequence[str]) -> Floats:
        """Return each text's log-odds (N,) of being chosen, around a mean of zero."""
        value = features(texts, labels, self.liked) @ self.weights
        return np.asarray(value - value.mean(), dtype=np.float64)


def features(texts: Sequence[str], labels: Sequence[str], liked: Sequence[str]) -> Floats:
    """Return what is known of each text, (N, F)."""
    return np.array([_row(text, labels, liked) for text in texts], np.float64).reshape(
        len(texts), len(FEATURES)
    )


def learn(choices: Sequence[Choice]) -> Taste:
    """Fit the weights to *choices*, oldest first, by Newton's method."""
    sets: list[tuple[Floats, int, float]] = []
    liked: list[str] = []
    for number, choice in enumerate(choices):
        texts, best = choice.options
        rows = features(texts, choice.labels, liked[-LIKED:])
        sets.append((rows - rows.mean(0), best, FADE ** (len(choices) - 1 - number)))
        liked.append(choice.text)
    weights = np.zeros(len(FEATURES))
    for _ in range(20):
        slope, curve = -PRIOR * weights, PRIOR * np.eye(len(FEATURES))
        for rows, best, counts in sets:
            chance = np.exp(rows @ weights - (rows @ weights).max())
            chance /= chance.sum()
            mean = chance @ rows
            slope += counts * (rows[best] - mean)
            curve += counts * ((rows * chance[:, None]).T @ rows - np.outer(mean, mean))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return Taste(weights, tuple(liked[-LIKED:]))


def _row(text: str, labels: Sequence[str], liked: Sequence[str]) -> tuple[float, ...]:
    named = sum(mentions(label, text) for label in labels)
    return (
        min(len(text), 120) / 20,
        min(_pictures(text), 4) / 2,
        min(text.count("!"), 4) / 2,
        float("?" in text),
        float(bool(_FORMAL.search(text))),
        float(bool(_POLITE.search(text))),
        float(bool(_LAUGHTER.search(text))),
        named / max(len(labels), 1),
        max((_likeness(text, other) for other in liked), default=0.0),
    )


def _pictures(text: str) -> int:
    return sum(unicodedata.category(character) == "So" for character in text)


def _likeness(one: str, other: str) -> float:
    """Return the share of character bigrams and trigrams in common (Dice), in 0..1."""
    a, b = _grams(one), _grams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + n] for n in (2, 3) for i in range(len(text) - n + 1))


# ----------------------------------------------------------------------------------------
# Which comment was chosen or rewritten: kept in the user's data folder, and used at once.

FILE = "comment-choices.json"
MOST = 200
"""Older choices than so many are dropped."""
BOUND = 0.5
"""The most that taste adds to, or takes from, a candidate's worth (its agreement is in 0..1)."""

_VERSION = 1


def _decode(data: dict[str, Any]) -> tuple[tuple[Choice, ...], int]:
    if data["version"] != _VERSION:
        raise ValueError("another version")
    choices, lost = state.entries(data["choices"], _choice)
    return tuple(choices[-MOST:]), lost


def _choice(row: dict[str, Any]) -> Choice:
    labels = tuple(state.text(label) for label in row["labels"])
    candidates = tuple(state.text(candidate) for candidate in row["candidates"])
    chosen, edited = row["chosen"], row["edited"]
    if not candidates or (chosen is None and edited is None):
        raise ValueError("nothing offered or chosen")
    if chosen is not None and (type(chosen) is not int or chosen not in range(len(candidates))):
        raise ValueError("no such candidate")
    return Choice(labels, candidates, chosen, None if edited is None else state.text(edited))


_STATE: state.StateFile[tuple[Choice, ...]] = state.StateFile(
    title=Message("고른 댓글의 기록", "the chosen comments"),
    decode=_decode,
    encode=lambda choices: {
        "version": _VERSION,
        "choices": [asdict(choice) for choice in choices],
    },
    empty=(),
    version=_VERSION,
)

_lock = threading.Lock()
_learned: tuple[tuple[Choice, ...], Taste] | None = None
"""The choices that were learned from last, and what they taught."""


def record(
    labels: Sequence[str],
    candidates: Sequence[str],
    chosen_index: int | None,
    edited: str | None = None,
) -> int:
    """Remember a choice; the next :func:`preference` knows it. Return how many are kept.

    Args:
        labels: the photo's.
        candidates: the comments that were offered.
        chosen_index: which was taken; None for a text of the person's own (*edited*).
        edited: what it was changed to; None, or the same text, when it was not.

    Raises:
        InputError: nothing was offered or chosen, or no such candidate.
        StorageError: the file cannot be written; what was known before stays.
    """
    own = (edited or "").strip() or None
    if chosen_index is not None and not 0 <= chosen_index < len(candidates):
        raise InputError("고른 댓글이 목록에 없어요.", f"There is no candidate {chosen_index}.")
    if chosen_index is not None and own == candidates[chosen_index]:
        own = None
    if not candidates or (chosen_index is None and own is None):
        raise InputError("고른 댓글이 없어요.", "No comment was chosen.")
    choice = Choice(tuple(labels), tuple(candidates), chosen_index, own)
    return len(_STATE.change(_place(), lambda choices: (*choices, choice)[-MOST:]))


def preference(texts: Sequence[str], labels: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return what taste adds to the worth of each text: (N,) within ``BOUND`` of zero.

    Zeros where nothing was recorded; a file that cannot be read is told (``engine.core.state``).

    >>> preference(["강아지가 귀여워요!", "멋져요!"], ("강아지",)).shape
    (2,)
    """
    taste = _taste()
    if not texts or taste is None:
        return np.zeros(len(texts))
    return np.asarray(BOUND * np.tanh(taste.worth(texts, labels) / 2), dtype=np.float64)


def count() -> int:
    """Return how many choices are remembered."""
    return len(_choices())


def forget() -> None:
    """Forget all choices: the order is as if none had been made.

    Raises:
        StorageError: the file cannot be deleted.
    """
    path = _place()
    try:
        with state.locked(path.parent):
            _STATE.place(path).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"취향을 지울 수 없어요: {path} ({error.strerror}). 폴더의 권한을 확인해 주세요.",
            f"Cannot delete {path}: {error.strerror}. Check the folder's permissions.",
        ) from error


def _place() -> Path:
    return paths.data_place() / FILE


def _choices() -> tuple[Choice, ...]:
    """Return the choices in the file; without one that can be read, there are none."""
    try:
        return _STATE.read(_place())
    except StorageError as error:
        state.tell(error.message)
        return ()


def _taste() -> Taste | None:
    """Return what the choices teach, learned again only when they have changed."""
    global _learned
    choices = _choices()
    if not choices:
        return None
    with _lock:
        if _learned is None or _learned[0] is not choices:
            _learned = choices, learn(choices)
        return _learned[1]
