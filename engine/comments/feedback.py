"""Which comment was chosen or rewritten: kept in the user's data folder, and used at once.

>>> preference(["강아지가 귀여워요!", "멋져요!"], ("강아지",)).shape
(2,)
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import paths, state
from engine.comments.taste import Choice, Taste, learn
from engine.errors import InputError, Message, StorageError

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

    Zeros where nothing was recorded; a file that cannot be read is told (``engine.state``).
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
