"""The pattern model: short runs of syllables that speak for one side, wherever they stand.

A convolution over characters with one maximum a pattern: because each pattern's
contribution comes from the one place where it fits best, the score is a sum over places
of the text, and so explains itself. Characters become table rows, so that a window's
match is a sum of looked-up rows and no multiplication is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.reviews.result import NEGATIVE, POSITIVE, RuleHit
from engine.text.ngrams import Floats

NEGATIVE_WORDS = (
    "싫어", "별로", "재미없어", "지루해", "실망", "아깝", "아까웠어", "싫었어", "비추",
)  # fmt: skip
POSITIVE_WORDS = (
    "재미있어", "좋았어", "추천", "감동", "완벽", "훌륭", "좋아", "기분좋아", "재밌어",
)  # fmt: skip

_NEGATION = re.compile(r"않|안[가-힣]|없|못|아니|아님|말고|절대|노노|글쎄|ㄴㄴ")
_REACH = 8
"""How many characters after a strong word a negation still turns it (white space apart)."""


def find(text: str) -> RuleHit | None:
    """Return what the recipe's rules say of *text*: negative words first, then positive.

    White space and case do not matter.

    >>> find("정말 재미 있어!").word
    '재미있어'
    >>> find("별로 나쁘지 않다").negated
    True
    """
    places = [i for i, character in enumerate(text) if not character.isspace()]
    # One character each, so that places stay right where lower() makes two of one.
    squeezed = "".join(text[i].lower()[0] for i in places)
    for label, words in ((NEGATIVE, NEGATIVE_WORDS), (POSITIVE, POSITIVE_WORDS)):
        hits = [(squeezed.find(word), -len(word), word) for word in words if word in squeezed]
        if hits:
            at, length, word = min(hits)
            end = at - length
            negated = bool(_NEGATION.search(squeezed[end : end + _REACH]))
            return RuleHit(label, word, places[at], places[end - 1] + 1, negated, False)
    return None


_CHUNK = 5_000
"""Characters that are looked at together: what fits a processor's cache is fastest."""


@dataclass(frozen=True)
class PatternModel:
    """The trained arrays.

    Attributes:
        codes: (V,) known code points, ascending; a text's character number is its place
            plus 2, 1 for an unknown one, 0 for nothing.
        vectors: (V + 2, E) float16, one row a character number.
        taps: (E, sum(widths) * P) float16: by width, then step in the window, then pattern.
        bias: (len(widths) * P,) float32.
        out: (len(widths) * P, H) float32, what each pattern adds to each head.
        offset: (H,) float32.
    """

    codes: NDArray[np.uint32]
    vectors: NDArray[np.float16]
    taps: NDArray[np.float16]
    bias: Floats
    out: Floats
    offset: Floats
    widths: tuple[int, ...]
    rows: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Multiply characters by taps once: (V + 2, sum(widths) * P)."""
        rows = self.vectors.astype(np.float32) @ self.taps.astype(np.float32)
        object.__setattr__(self, "rows", rows)

    @property
    def patterns(self) -> int:
        """Number of patterns of one width."""
        return len(self.bias) // len(self.widths)

    def logits(self, folded: Sequence[str]) -> Floats:
        """Return the (N, H) scores of texts that went through ``ngrams.fold``."""
        best = np.zeros((len(folded), len(self.bias)), np.float32)
        first = 0
        while first < len(folded):
            last, characters = first, 0
            while last < len(folded) and (last == first or characters < _CHUNK):
                characters += len(folded[last])
                last += 1
            best[first:last] = self._pooled(folded[first:last])
            first = last
        return np.asarray(np.maximum(best + self.bias, 0) @ self.out + self.offset, np.float32)

    def contributions(self, folded: str, head: Floats) -> Floats:
        """Return the (len(folded),) share of ``logits @ head`` that each character carries.

        A pattern's contribution is spread evenly over the window where it fits best;
        without the offset.

        Args:
            head: (H,) how much each head counts.
        """
        carried = np.zeros(len(folded), np.float32)
        ids = self._ids([folded])[0]
        for index, width in enumerate(self.widths):
            part = slice(index * self.patterns, (index + 1) * self.patterns)
            match = self._matches(ids, index)[: len(folded)]
            place = match.argmax(axis=0)
            fits = np.maximum(match.max(axis=0) + self.bias[part], 0)
            added = fits * (self.out[part] @ head)
            end = np.minimum(place + width, len(folded))
            for step in range(width):
                inside = place + step < end
                np.add.at(carried, (place + step)[inside], (added / (end - place))[inside])
        return carried

    def _pooled(self, folded: Sequence[str]) -> Floats:
        ids, starts, ends = self._ids(folded)
        edges = np.column_stack([starts, ends]).ravel()
        pooled = [
            np.maximum.reduceat(self._matches(ids, index), edges, axis=0)[::2]
            for index in range(len(self.widths))
        ]
        return np.concatenate(pooled, axis=1)

    def _ids(
        self, folded: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return all character numbers with gaps between the texts, and where each text is."""
        gap = "\0" * max(self.widths)
        joined = gap.join(folded) + gap
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        lengths = np.array([len(item) for item in folded])
        starts = np.concatenate([[0], np.cumsum(lengths + len(gap))[:-1]])
        return numbers(codes, self.codes), starts, starts + lengths

    def _matches(self, ids: NDArray[np.int64], index: int) -> Floats:
        """Return how well each pattern of a width fits at each place: (len(ids), P)."""
        size, width = self.patterns, self.widths[index]
        first = sum(self.widths[:index]) * size
        total = self.rows[ids, first : first + size]
        for step in range(1, width):
            first += size
            total[:-step] += self.rows[ids[step:], first : first + size]
        return total


def numbers(codes: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the character numbers of code points: 0 for U+0000, 1 for unknown ones."""
    place = np.searchsorted(known, codes)
    hit = known[np.minimum(place, len(known) - 1)] == codes
    return np.where(hit, place + 2, np.where(codes == 0, 0, 1))
