"""Where each character of a folded text came from in the original."""

from __future__ import annotations

import itertools
import unicodedata

import numpy as np
from numpy.typing import NDArray

from engine.text import ngrams
from engine.text.normalize import canonical


def align(text: str) -> tuple[str, NDArray[np.int64]]:
    """Return ``ngrams.fold(text)`` and the spans that its characters stand for.

    The spans are (len(folded), 2): start and end in *text*. The two spaces around a
    folded text have empty spans at its ends.

    >>> folded, spans = align("굿ㅋㅋㅋ!")
    >>> folded, spans.tolist()
    (' 굿ㅋㅋ! ', [[0, 0], [0, 1], [1, 2], [2, 4], [4, 5], [5, 5]])
    """
    folded = ngrams.fold(text)
    pieces = [(part, start, start + len(part)) for start, part in _clusters(text)]
    kept = [_fold_piece(part, start, end) for part, start, end in pieces]
    characters = _collapse([item for piece in kept for item in piece])
    spans = [(0, 0), *((start, end) for _, start, end in characters), (len(text), len(text))]
    if "".join(c for c, _, _ in characters) != folded[1:-1]:
        # an exotic composition: every character stands for all
        spans = [(0, len(text))] * len(folded)
    return folded, np.array(spans, dtype=np.int64).reshape(-1, 2)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Cut *text* where normalising cannot reach across; most pieces are one character."""
    if canonical(text) == text:
        return list(enumerate(text))
    cuts = [0]
    for at, (before, after) in enumerate(itertools.pairwise(text), start=1):
        if not _reaches(before, after):
            cuts.append(at)
    return [(a, text[a:b]) for a, b in itertools.pairwise([*cuts, len(text)])]


def _reaches(before: str, after: str) -> bool:
    """Whether a character may be spelled otherwise because of the one beside it."""
    if before == "\u200d":
        return before in canonical(f"❤{before}{after}")  # two emoji are joined
    if not canonical(after) or unicodedata.category(after)[0] == "M":
        return True  # it is left out, or sits on the character before
    # A syllable of three loose letters composes in two steps: keep vowel and final together.
    if "\u1160" <= after <= "\u11ff" or "\uffa1" <= after <= "\uffdc":
        return not before.isspace()
    return canonical(before + after) != canonical(before) + canonical(after)


def _fold_piece(part: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Fold one piece as ``text.normalize`` would, without its rules on neighbours."""
    found: list[tuple[str, int, int]] = []
    for character in canonical(part):
        control = unicodedata.category(character) == "Cc"
        shown = " " if control or character.isspace() else character
        found += [(c, start, end) for c in shown.lower()]
    return found


def _collapse(characters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Shorten repeats to two, white space to one, and strip."""
    kept: list[tuple[str, int, int]] = []
    for character, run in itertools.groupby(characters, key=lambda item: item[0]):
        items = list(run)
        last = items[-1][2]
        if character == " ":
            kept.append((" ", items[0][1], last))
        elif len(items) > 2 and (character.isalnum() or character == "_"):
            kept += [items[0], (character, items[1][1], last)]
        else:
            kept += items
    while kept and kept[0][0] == " ":
        kept.pop(0)
    while kept and kept[-1][0] == " ":
        kept.pop()
    return kept
