"""What a labelled set is made of, whichever task it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.errors import InputError, Message

_NONE = frozenset(("", "nan", "none", "null", "na", "n/a", "<na>", "-", "?"))
_LONGEST = 40
_KEPT = 12


@dataclass(frozen=True)
class Item:
    """One labelled text or picture.

    Attributes:
        name: where it is from: a row's number, or a picture's place below the set.
        label: the right answer, ``None`` when only *rating* is known.
        text: the text, for the tasks on texts.
        rating: 1..10, for rated reviews.
        picture: returns the picture, (H, W) or BGR (H, W, 3) uint8; raises ``InputError``.
    """

    name: str
    label: str | None
    text: str = ""
    rating: int | None = None
    picture: Callable[[], Any] | None = None


@dataclass(frozen=True)
class LabelledSet:
    """A set as it was read.

    Attributes:
        files: names of the files, without their folders.
        items: what can be scored, in order.
        unlabelled: how many rows have no label (blank, NaN).
        unknown: how many have a label that is none of the task's, by label.
        notes: what a reader of the figures should know about the data.
    """

    files: tuple[str, ...]
    items: Sequence[Item]
    unlabelled: int
    unknown: dict[str, int]
    notes: tuple[Message, ...] = ()


def is_missing(label: str) -> bool:
    """Whether a cell says that there is no label.

    >>> is_missing(" NaN "), is_missing("0")
    (True, False)
    """
    return label.strip().lower() in _NONE


def short(label: str) -> str:
    """Return *label* on one line of bounded length, to be shown."""
    line = " ".join(label.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def commonest(labels: Counter[str]) -> dict[str, int]:
    """Return the commonest labels; what is beyond the first dozen is counted as one."""
    kept = dict(labels.most_common(_KEPT))
    rest = labels.total() - sum(kept.values())
    return {**kept, "…": rest} if rest else kept


def names_of(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the files' names; the folders above them are nobody's business."""
    return tuple(path.resolve().name for path in paths)


def none_known(
    paths: Iterable[Path], wanted: Sequence[str], unknown: Counter[str], unlabelled: int
) -> InputError:
    """Return the error of a set without a single known label."""
    names = ", ".join(names_of(paths))
    if unknown:
        met = ", ".join(commonest(unknown))
        ko, en = f"있는 라벨: {met}", f"found {met}"
    elif unlabelled:
        ko, en = f"라벨이 빈 줄 {unlabelled:,}개", f"{unlabelled:,} rows without a label"
    else:
        ko, en = "비어 있어요", "it is empty"
    known = ", ".join(wanted)
    return InputError(
        f"{names}에 평가할 수 있는 라벨이 없어요 ({ko}). 쓸 수 있는 라벨: {known}",
        f"{names} holds no label that can be scored ({en}). Known labels: {known}",
    )
